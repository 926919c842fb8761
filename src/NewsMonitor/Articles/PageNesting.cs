using System.Text;

namespace NewsMonitor.Articles;

/// <summary>
/// A quick look at how deep a page's elements nest, before a parser whose time grows with the square of that is let at it. Counts open
/// tags by name over the bytes; ends of tags may be left out for some names, and those are not counted.
/// </summary>
static class PageNesting
{
    const int Deepest = 1000;
    const int LongestName = 40;

    static readonly HashSet<string> NotNesting = new(StringComparer.Ordinal)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p", "li", "dt",
        "dd", "option",
        "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "rt", "rp", "html", "head", "body", "path", "circle", "rect",
        "use",
    };

    public static bool IsTooDeep(ReadOnlySpan<byte> html)
    {
        var open = new Dictionary<string, int>(StringComparer.Ordinal);
        var depth = 0;
        while (html.IndexOf((byte)'<') is var start and >= 0)
        {
            html = html[(start + 1)..];
            var ends = html.Length > 0 && html[0] == '/';
            if (ends) html = html[1..];
            var name = Name(html);
            if (name.Length == 0 || NotNesting.Contains(name)) continue;
            if (!ends && name is "script" or "style") html = After(html, "</" + name);
            else if (!ends && !(IsSelfClosed(html) && IsForeign(open)))
            {
                open[name] = open.GetValueOrDefault(name) + 1;
                if (++depth > Deepest) return true;
            }
            else if (ends && open.GetValueOrDefault(name) > 0)
            {
                open[name]--;
                depth--;
            }
        }
        return false;
    }

    static string Name(ReadOnlySpan<byte> html)
    {
        var length = 0;
        while (length < html.Length && length < LongestName && (char.IsAsciiLetterOrDigit((char)html[length]) || html[length] == '-'))
            length++;
        return length == 0 || !char.IsAsciiLetter((char)html[0]) ? "" : Encoding.ASCII.GetString(html[..length]).ToLowerInvariant();
    }

    // Only within SVG and MathML does a slash end an element; elsewhere it is ignored.
    static bool IsForeign(Dictionary<string, int> open) => open.GetValueOrDefault("svg") > 0 || open.GetValueOrDefault("math") > 0;

    static bool IsSelfClosed(ReadOnlySpan<byte> html) => html.IndexOf((byte)'>') is var end and > 0 && html[end - 1] == '/';

    static ReadOnlySpan<byte> After(ReadOnlySpan<byte> html, string text)
    {
        var found = html.IndexOf(Encoding.ASCII.GetBytes(text));
        return found < 0 ? html : html[found..];
    }
}
