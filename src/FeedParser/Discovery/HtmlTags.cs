namespace FeedParser.Discovery;

/// <summary>One start tag of a page: its name, its attributes, and the text behind it as far as it is needed.</summary>
readonly record struct HtmlTag(string Name, Dictionary<string, string> Attributes, int End);

/// <summary>
/// Walks the start tags of a page (HTML, section 13.1.2) that matter for finding feeds; comments, scripts and styles are passed over.
/// </summary>
static class HtmlTags
{
    // No page needs more, and the number of feeds it can make us look at stays bounded.
    const int MostTags = 20_000;

    static readonly string[] Wanted = ["link", "a", "base", "script", "style"];

    public static IEnumerable<HtmlTag> Read(string html)
    {
        int at = 0;
        for (int count = 0; count < MostTags && (at = html.IndexOf('<', at)) >= 0;)
        {
            if (string.CompareOrdinal(html, at, "<!--", 0, 4) == 0)
            {
                int end = html.IndexOf("-->", at + 4, StringComparison.Ordinal);
                at = end < 0 ? html.Length : end + 3;
                continue;
            }

            int nameEnd = at + 1;
            while (nameEnd < html.Length && char.IsAsciiLetterOrDigit(html[nameEnd]))
            {
                nameEnd++;
            }

            var name = html.AsSpan(at + 1, nameEnd - at - 1);
            string? wanted = null;
            foreach (var candidate in Wanted)
            {
                wanted = name.Equals(candidate, StringComparison.OrdinalIgnoreCase) ? candidate : wanted;
            }

            at = nameEnd;
            if (wanted is null)
            {
                continue;
            }

            var attributes = ReadAttributes(html, ref at);
            if (wanted is "script" or "style")
            {
                int end = html.IndexOf("</" + wanted, at, StringComparison.OrdinalIgnoreCase);
                at = end < 0 ? html.Length : end;
                continue;
            }

            count++;
            yield return new(wanted, attributes, at);
        }
    }

    static Dictionary<string, string> ReadAttributes(string html, ref int at)
    {
        var attributes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (true)
        {
            while (at < html.Length && (char.IsWhiteSpace(html[at]) || html[at] is '/' or '"' or '\'' or '='))
            {
                at++;
            }

            if (at >= html.Length || html[at] is '>' or '<')
            {
                return attributes;
            }

            int start = at;
            while (at < html.Length && !char.IsWhiteSpace(html[at]) && html[at] is not ('=' or '>' or '/' or '<'))
            {
                at++;
            }

            var name = html[start..at];
            int value = at;
            while (value < html.Length && char.IsWhiteSpace(html[value]))
            {
                value++;
            }

            if (value < html.Length && html[value] == '=')
            {
                at = value + 1;
                attributes.TryAdd(name, System.Net.WebUtility.HtmlDecode(ReadValue(html, ref at)).Trim());
            }
        }
    }

    static string ReadValue(string html, ref int at)
    {
        while (at < html.Length && char.IsWhiteSpace(html[at]))
        {
            at++;
        }

        if (at < html.Length && html[at] is '"' or '\'')
        {
            int close = html.IndexOf(html[at], at + 1);
            int from = at + 1;
            at = close < 0 ? html.Length : close + 1;
            return html[from..(close < 0 ? html.Length : close)];
        }

        int start = at;
        while (at < html.Length && !char.IsWhiteSpace(html[at]) && html[at] != '>')
        {
            at++;
        }

        return html[start..at];
    }
}
