using System.Text;
using System.Text.Unicode;

namespace FeedParser.Text;

/// <summary>
/// The last step from UTF-8 to a text for people: no-break spaces at the ends go, and wrong encodings made twice are undone.
/// </summary>
static class Readable
{
    /// <summary>The text, or null when nothing visible is in it.</summary>
    public static string? Finish(ByteBuffer buffer)
    {
        var utf8 = buffer.Span;
        while (utf8.StartsWith("\u00A0"u8))
        {
            utf8 = utf8[2..].TrimStart(" \n"u8);
        }

        while (utf8.EndsWith("\u00A0"u8))
        {
            utf8 = utf8[..^2].TrimEnd(" \n"u8);
        }

        if (utf8.IsEmpty)
        {
            return null;
        }

        var text = buffer.GetString(utf8);
        return LooksTwiceEncoded(utf8) ? Twice(text) ?? WithoutControls(text) : HasControls(utf8) ? WithoutControls(text) : text;
    }

    // UTF-8 that was taken for windows-1252 shows as one of the characters from Â to ô before another one beyond ASCII.
    static bool LooksTwiceEncoded(ReadOnlySpan<byte> utf8)
    {
        while (true)
        {
            int at = utf8.IndexOf((byte)0xC3);
            if (at < 0 || at + 2 >= utf8.Length)
            {
                return false;
            }

            if (utf8[at + 2] >= 0x80)
            {
                return true;
            }

            utf8 = utf8[(at + 2)..];
        }
    }

    // Controls of the C1 range are windows-1252 in truth.
    static bool HasControls(ReadOnlySpan<byte> utf8)
    {
        while (true)
        {
            int at = utf8.IndexOf((byte)0xC2);
            if (at < 0 || utf8[at + 1] < 0xA0)
            {
                return at >= 0;
            }

            utf8 = utf8[(at + 2)..];
        }
    }

    // Only when every character has a place in windows-1252 and the bytes are valid UTF-8, which text as it was meant hardly ever is.
    static string? Twice(string text)
    {
        var bytes = new byte[text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            int b = Entities.ToC1(text[i]);
            if (b < 0)
            {
                return null;
            }

            bytes[i] = (byte)b;
        }

        return Utf8.IsValid(bytes) && !IsCapitalWithMark(text) ? Encoding.UTF8.GetString(bytes) : null;
    }

    // "LIBERTÉ…" alone: the capital ends a word of capitals, and one mark of punctuation stands behind it.
    static bool IsCapitalWithMark(string text)
    {
        int at = text.AsSpan().IndexOfAnyExceptInRange('\0', '\u007F');
        return text.AsSpan(at + 2).IndexOfAnyExceptInRange('\0', '\u007F') < 0 && char.IsUpper(text[at]) && text[at] is not ('Â' or 'Ã')
            && text[at + 1] is '…' or '‘' or '’' or '‚' or '“' or '”' or '„' or '–' or '—' or '›' or '»' or '·' or '™' or '®'
            && (at == 0 || !char.IsAsciiLetterLower(text[at - 1]))
            && (at + 2 == text.Length || !char.IsAsciiLetter(text[at + 2]));
    }

    static string WithoutControls(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\u0080', '\u009F') < 0)
        {
            return text;
        }

        return string.Create(text.Length, text, static (target, source) =>
        {
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = (char)Entities.FromC1(source[i]);
            }
        });
    }
}
