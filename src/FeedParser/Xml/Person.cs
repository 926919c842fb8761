namespace FeedParser.Xml;

/// <summary>An author in the making: from separate elements, or from a byline in one of the customary forms.</summary>
struct Person
{
    public string? Name;
    public string? Email;
    public string? Url;
    public string? Text;

    /// <summary>
    /// The person, or null when nothing is known. Bylines: <c>mail (name)</c>, <c>name (mail)</c>, <c>name &lt;mail&gt;</c>.
    /// </summary>
    public readonly FeedPerson? Build()
    {
        if (Name is not null || Email is not null)
        {
            return new(Name, Email, Url, Name is null ? Email! : Email is null ? Name : $"{Name} ({Email})");
        }

        if (string.IsNullOrWhiteSpace(Text))
        {
            return Url is null ? null : new(null, null, Url, Url);
        }

        var (start, length) = FindEmail(Text);
        if (length == 0)
        {
            return new(Text, null, Url, Text);
        }

        var email = Text.Substring(start, length);
        int end = start + length;

        // "mail?subject=…" is part of the address for a mail program only.
        if (end < Text.Length && Text[end] == '?')
        {
            int space = Text.IndexOf(' ', end);
            end = space < 0 ? Text.Length : space;
        }

        var before = Text[..start];
        if (before.EndsWith("mailto:", StringComparison.OrdinalIgnoreCase))
        {
            before = before[..^7];
        }

        var name = (before + Text[end..]).Replace("()", "").Replace("<>", "").Replace("[]", "").Trim(' ', ',', '-', ';', '"');
        if (name is ['(', .., ')'])
        {
            name = name[1..^1].Trim();
        }

        return new(name.Length == 0 ? null : name, email, Url, Text);
    }

    // An addr-spec of RFC 5322 section 3.4.1, in the forms that people have.
    static (int Start, int Length) FindEmail(string text)
    {
        int at = text.IndexOf('@');
        if (at < 1)
        {
            return default;
        }

        int start = at, end = at + 1;
        while (start > 0 && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is '.' or '_' or '-' or '+' or '%'))
        {
            start--;
        }

        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '.' or '-'))
        {
            end++;
        }

        while (end > at + 1 && text[end - 1] is '.' or '-')
        {
            end--;
        }

        bool domain = text.AsSpan(at, end - at).Contains('.');
        return start < at && end > at + 2 && domain ? (start, end - start) : default;
    }
}
