namespace TextEngine.Normalisation;

/// <summary>What is left of HTML in a text: a tag or a character reference, read as the sign that it stands for.</summary>
static class Markup
{
    const int LongestTag = 300, LongestName = 8;

    /// <summary>
    /// The code, in terms of <see cref="CharacterFolding.Table"/>, of what starts at an &amp; or &lt;; moves to its last unit. A sign that
    /// starts nothing, and a reference to a letter, break a phrase.
    /// </summary>
    public static ushort Read(ReadOnlySpan<char> text, ref int at) => text[at] == '<' ? Tag(text, ref at) : Reference(text, ref at);

    static ushort Tag(ReadOnlySpan<char> text, ref int at)
    {
        var rest = text.Slice(at + 1, Math.Min(LongestTag, text.Length - at - 1));
        var name = rest.StartsWith("/") ? rest[1..] : rest;
        var end = rest.IndexOfAny('<', '>');
        if (name.Length == 0 || !char.IsAsciiLetter(name[0]) || end < 0 || rest[end] == '<')
        {
            return CharacterFolding.Break;
        }

        at += end + 1;
        var length = 1;
        while (char.IsAsciiLetterOrDigit(name[length]))
        {
            length++;
        }

        return name[..length] switch
        {
            "br" => CharacterFolding.Line,
            "p" or "div" or "li" or "ul" or "ol" or "td" or "tr" or "table" or "blockquote" or "h1" or "h2" or "h3" or "h4" => CharacterFolding.Stop,
            _ => CharacterFolding.Quote,
        };
    }

    static ushort Reference(ReadOnlySpan<char> text, ref int at)
    {
        var rest = text.Slice(at + 1, Math.Min(LongestName, text.Length - at - 1));
        var end = rest.IndexOf(';');
        if (end < 2 || Named(rest[..end]) is not (> (char)0 and var sign))
        {
            return CharacterFolding.Break;
        }

        at += end + 1;
        var code = CharacterFolding.Table[sign];
        return code is CharacterFolding.Surrogate or CharacterFolding.Expansion or CharacterFolding.Standalone or CharacterFolding.Markup
            or >= CharacterFolding.FirstLetter ? CharacterFolding.Break : code;
    }

    static char Named(ReadOnlySpan<char> name)
    {
        if (name[0] == '#')
        {
            var isHex = name[1] is 'x' or 'X';
            return ushort.TryParse(name[(isHex ? 2 : 1)..], isHex ? System.Globalization.NumberStyles.AllowHexSpecifier : System.Globalization.NumberStyles.None,
                System.Globalization.CultureInfo.InvariantCulture, out var number) ? (char)number : '\0';
        }

        return name switch
        {
            "nbsp" or "ensp" or "emsp" or "thinsp" => ' ',
            "zwnj" => '\u200C',
            "zwj" or "lrm" or "rlm" or "shy" => '\u200F',
            "quot" or "ldquo" or "rdquo" or "bdquo" or "laquo" or "raquo" => '"',
            "apos" or "lsquo" or "rsquo" or "prime" => '\'',
            "ndash" or "mdash" => '—',
            "hellip" => '…',
            "amp" or "lt" or "gt" or "bull" or "middot" => ',',
            _ => '\0',
        };
    }
}
