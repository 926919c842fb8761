namespace FeedParser.Links;

/// <summary>
/// Resolves references as RFC 3986 section 5.2 has it, on strings: what is absolute already stays exactly as the feed writes it,
/// which <see cref="Uri"/> would not grant.
/// </summary>
static class Reference
{
    // Schemes that run code or carry data are no links to follow.
    static readonly string[] Refused = ["javascript", "vbscript", "data", "about"];

    /// <summary>The reference against the base; unchanged without a base, null when it is empty or of a scheme that is no link.</summary>
    public static string? Resolve(string? baseUri, string? reference)
    {
        reference = reference is null ? null : WithoutControls(reference);
        if (string.IsNullOrWhiteSpace(reference))
        {
            return null;
        }

        reference = Clean(reference);
        int scheme = SchemeLength(reference);
        if (scheme > 0)
        {
            return IsRefused(reference.AsSpan(0, scheme)) ? null : reference;
        }

        return string.IsNullOrEmpty(baseUri) ? reference : Join(baseUri, reference);
    }

    static bool IsRefused(ReadOnlySpan<char> scheme)
    {
        foreach (var refused in Refused)
        {
            if (scheme.Equals(refused, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A nested base: <c>xml:base</c> against the base outside of it.</summary>
    public static string? Nest(string? outer, string inner) => Resolve(outer, inner) ?? outer;

    /// <summary>Whether the text is an absolute address on the web.</summary>
    public static bool IsWeb(string? text) =>
        text is not null && (text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) && !text.Contains(' ');

    /// <summary>
    /// No address or identifier holds controls: databases refuse NUL, XML 1.0 (section 2.2) most others, and browsers pass them over
    /// before a scheme.
    /// </summary>
    public static string WithoutControls(string text) =>
        text.AsSpan().IndexOfAnyInRange('\0', '\u001F') < 0 ? text : string.Concat(text.Where(c => c > '\u001F' || char.IsWhiteSpace(c)));

    static string Clean(string reference)
    {
        reference = reference.Trim();
        if (reference.AsSpan().IndexOfAny('\n', '\r', '\t') >= 0)
        {
            reference = reference.Replace("\n", "").Replace("\r", "").Replace("\t", "");
        }

        // "http:////host" has two slashes too many.
        int slashes = reference.IndexOf("///", StringComparison.Ordinal);
        if (slashes is 5 or 6 && reference.StartsWith("http", StringComparison.OrdinalIgnoreCase))
        {
            reference = string.Concat(reference.AsSpan(0, slashes + 2), reference.AsSpan(slashes + 2).TrimStart('/'));
        }

        return reference;
    }

    static int SchemeLength(string text)
    {
        if (text.Length == 0 || !char.IsAsciiLetter(text[0]))
        {
            return 0;
        }

        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] == ':')
            {
                return i;
            }

            if (!char.IsAsciiLetterOrDigit(text[i]) && text[i] is not ('+' or '-' or '.'))
            {
                return 0;
            }
        }

        return 0;
    }

    static string Join(string baseUri, string reference)
    {
        // A base that is itself relative, as a lone xml:base="dir/", has neither scheme nor authority.
        int scheme = SchemeLength(baseUri);
        scheme = scheme == 0 ? 0 : scheme + 1;
        if (reference.StartsWith("//", StringComparison.Ordinal))
        {
            return string.Concat(baseUri.AsSpan(0, scheme), reference);
        }

        int pathStart = scheme;
        if (baseUri.AsSpan(scheme).StartsWith("//"))
        {
            int slash = baseUri.AsSpan(scheme + 2).IndexOfAny('/', '?', '#');
            pathStart = slash < 0 ? baseUri.Length : scheme + 2 + slash;
        }

        var authority = baseUri.AsSpan(0, pathStart);
        int fragment = baseUri.IndexOf('#', pathStart);
        var withoutFragment = fragment < 0 ? baseUri : baseUri[..fragment];
        int query = withoutFragment.IndexOf('?', pathStart);
        var path = query < 0 ? withoutFragment[pathStart..] : withoutFragment[pathStart..query];
        if (reference[0] == '#')
        {
            return withoutFragment + reference;
        }

        if (reference[0] == '?')
        {
            return string.Concat(authority, path, reference);
        }

        int tail = reference.AsSpan().IndexOfAny('?', '#');
        var rest = tail < 0 ? "" : reference[tail..];
        var target = tail < 0 ? reference : reference[..tail];
        if (target[0] != '/')
        {
            int directory = path.LastIndexOf('/');
            target = directory >= 0 ? path[..(directory + 1)] + target : authority.IsEmpty ? target : "/" + target;
        }

        return string.Concat(authority, RemoveDots(target), rest);
    }

    // RFC 3986 section 5.2.4.
    static string RemoveDots(string path)
    {
        if (!path.Contains("/."))
        {
            return path;
        }

        var kept = new List<string>();
        var parts = path.Split('/');
        for (int i = 0; i < parts.Length; i++)
        {
            bool last = i == parts.Length - 1;
            if (parts[i] == "..")
            {
                if (kept.Count > (path[0] == '/' ? 1 : 0))
                {
                    kept.RemoveAt(kept.Count - 1);
                }
            }
            else if (parts[i] != ".")
            {
                kept.Add(parts[i]);
                continue;
            }

            if (last)
            {
                kept.Add("");
            }
        }

        return string.Join('/', kept);
    }
}
