using FeedParser.Discovery;
using FeedParser.Links;

namespace FeedParser;

/// <summary>
/// Finds the feeds that an HTML page offers; it reads the page only and fetches nothing. Sources: the autodiscovery convention
/// (rssboard.org/rss-autodiscovery), HTML's <c>link</c> types, JSON Feed 1.1.
/// </summary>
public static class FeedDiscovery
{
    const int MostFeeds = 100;

    // Every media type that feeds are declared with; text/xml and application/json say nothing by themselves and need a hint in the
    // address.
    static readonly HashSet<string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/x.atom+xml",
        "application/x-atom+xml", "application/rss", "application/atom", "application/x-rss+xml", "text/rss+xml", "text/rss",
        "text/atom+xml", "text/atom",
        "application/cdf", "application/x-cdf", "application/x-netcdf",
    };

    static readonly HashSet<string> VagueTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        "application/xml", "text/xml", "application/json", "text/json", "text/plain",
    };

    static readonly string[] CustomaryPaths =
        ["/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feeds/posts/default", "/index.rdf", "/feed.json"];

    /// <summary>
    /// The feeds of a page, each address once: declared ones first, then anchors that look like feeds, then, when nothing is declared,
    /// customary paths as guesses. Feeds of comments come behind the others of their kind.
    /// </summary>
    /// <param name="html">The page.</param>
    /// <param name="page">The page's address; a <c>base</c> element counts more.</param>
    public static IReadOnlyList<DiscoveredFeed> Find(string html, Uri page)
    {
        ArgumentNullException.ThrowIfNull(html);
        ArgumentNullException.ThrowIfNull(page);
        var baseUri = page.OriginalString;
        bool baseSeen = false;
        var found = new List<DiscoveredFeed>();
        foreach (var tag in HtmlTags.Read(html))
        {
            if (tag.Name == "base" && !baseSeen && tag.Attributes.TryGetValue("href", out var href))
            {
                baseSeen = true;
                baseUri = Reference.Nest(baseUri, href) ?? baseUri;
            }
            else if ((tag.Name == "link" ? OfLink(tag) : tag.Name == "a" ? OfAnchor(tag, html) : null) is { } feed
                && Reference.Resolve(baseUri, WithoutFeedScheme(feed.Url)) is { } url && Reference.IsWeb(url) && found.Count < MostFeeds)
            {
                found.Add(feed with { Url = url });
            }
        }

        if (!found.Exists(f => f.Origin == FeedOrigin.Link) && Reference.IsWeb(page.OriginalString))
        {
            found.AddRange(CustomaryPaths
                .Select(p => new DiscoveredFeed(Reference.Resolve(page.OriginalString, p)!, null, null, FeedOrigin.Guess)));
        }

        return [.. found.OrderBy(f => f.Origin).ThenBy(IsOfComments).DistinctBy(f => f.Url.TrimEnd('/'))];
    }

    static DiscoveredFeed? OfLink(HtmlTag tag)
    {
        var rel = tag.Attributes.GetValueOrDefault("rel", "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        bool isFeed = rel.Contains("feed", StringComparer.OrdinalIgnoreCase);
        if (!tag.Attributes.TryGetValue("href", out var href) || (!isFeed && !rel.Contains("alternate", StringComparer.OrdinalIgnoreCase)))
        {
            return null;
        }

        var type = tag.Attributes.GetValueOrDefault("type", "").Split(';')[0].Trim();
        isFeed |= Types.Contains(type)
            || (VagueTypes.Contains(type) && LooksLikeFeed(href) && !href.Contains("wp-json", StringComparison.OrdinalIgnoreCase));
        return isFeed ? new(href, Title(tag), type.Length == 0 ? null : type, FeedOrigin.Link) : null;
    }

    static DiscoveredFeed? OfAnchor(HtmlTag tag, string html)
    {
        if (!tag.Attributes.TryGetValue("href", out var href) || href.Length == 0 || href[0] == '#')
        {
            return null;
        }

        bool typed = tag.Attributes.TryGetValue("type", out var type) && Types.Contains(type);
        return typed || LooksLikeFeed(href)
            ? new(href, Title(tag) ?? TextBehind(html, tag.End), typed ? type : null, FeedOrigin.Anchor)
            : null;
    }

    // A path with a segment or an ending that says feed, a host for feeds, or the query of a blog program.
    static bool LooksLikeFeed(string href)
    {
        if (href.StartsWith("feed:", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var address = href.AsSpan();
        int query = address.IndexOfAny('?', '#');
        var parameters = query < 0 ? default : address[query..];
        var path = (query < 0 ? address : address[..query]).TrimEnd('/');
        foreach (var ending in (ReadOnlySpan<string>)[".rss", ".rdf", ".atom", "/feed", "/rss", "/atom", "/feeds", "feed.json", "feed.xml",
            "rss.xml", "atom.xml", "index.xml", "/rss2", "/feeds/posts/default", "rss.php", "feed.php"])
        {
            if (path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return !path.Contains("/intent/", StringComparison.OrdinalIgnoreCase);
            }
        }

        return address.Contains("://feeds.", StringComparison.OrdinalIgnoreCase)
            || address.Contains("://rss.", StringComparison.OrdinalIgnoreCase)
            || (path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) && (path.Contains("/rss/", StringComparison.OrdinalIgnoreCase)
                || path.Contains("/feed", StringComparison.OrdinalIgnoreCase)))
            || path.Contains("/feed/", StringComparison.OrdinalIgnoreCase)
            || parameters.Contains("feed=rss", StringComparison.OrdinalIgnoreCase)
            || parameters.Contains("feed=atom", StringComparison.OrdinalIgnoreCase)
            || parameters.Contains("format=rss", StringComparison.OrdinalIgnoreCase)
            || parameters.Contains("format=feed", StringComparison.OrdinalIgnoreCase);
    }

    static string WithoutFeedScheme(string url) =>
        !url.StartsWith("feed:", StringComparison.OrdinalIgnoreCase) ? url
        : url.StartsWith("feed://", StringComparison.OrdinalIgnoreCase) ? "http" + url[4..] : url[5..];

    static bool IsOfComments(DiscoveredFeed feed) =>
        feed.Url.Contains("comment", StringComparison.OrdinalIgnoreCase)
            || feed.Title?.Contains("comment", StringComparison.OrdinalIgnoreCase) == true;

    static string? Title(HtmlTag tag) => tag.Attributes.GetValueOrDefault("title") is { Length: > 0 } title ? title : null;

    static string? TextBehind(string html, int tagEnd)
    {
        int start = html.IndexOf('>', tagEnd) + 1;
        int end = start == 0 ? -1 : html.IndexOf('<', start);
        var text = end < 0 || end - start > 200 ? "" : System.Net.WebUtility.HtmlDecode(html[start..end]).Trim();
        return text.Length == 0 ? null : text;
    }
}
