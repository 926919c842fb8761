using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace NewsMonitor.Articles;

/// <summary>What a page says of its article, for the fields that a feed leaves empty.</summary>
public sealed record PageMetadata(string? Title, string? Author, DateTimeOffset? Published, string? CanonicalUrl, string? Language)
{
    internal static PageMetadata Read(IHtmlDocument document, JsonLdArticle? article, Uri page) => new(
        article?.Headline ?? Meta(document, "og:title", "twitter:title", "dc.title", "dcterms.title") ?? Text(document.QuerySelector("h1"))
            ?? Clean(document.Title),
        article?.Author ?? Byline(document),
        article?.Published ?? Date(Meta(document, "article:published_time", "og:published_time", "datepublished", "date", "dc.date",
            "dcterms.created", "pubdate"))
            ?? Date(document.QuerySelector("article time[datetime], time[pubdate], time[itemprop=datePublished], time[datetime]")
                ?.GetAttribute("datetime")),
        Link(document, page),
        Clean(document.DocumentElement.GetAttribute("lang")) ?? article?.Language
            ?? Meta(document, "og:locale", "content-language")?.Replace('_', '-'));

    static string? Byline(IHtmlDocument document)
    {
        var name = Meta(document, "author", "article:author", "dc.creator", "parsely-author", "sailthru.author")
            ?? Text(document.QuerySelector(
                "[rel=author], [itemprop=author] [itemprop=name], [itemprop=author], .byline__name, .author-name"));
        // Some sites give the address of the author's profile instead of a name.
        return name is null || name.Contains("://", StringComparison.Ordinal) || name.Length > 200 ? null : name;
    }

    // A canonical link to another site or to the front page is a template's mistake more often than not.
    static string? Link(IHtmlDocument document, Uri page)
    {
        var given = document.QuerySelector("link[rel~=canonical]")?.GetAttribute("href") ?? Meta(document, "og:url");
        return given is not null && Uri.TryCreate(page, given, out var uri) && uri.Scheme is "http" or "https"
            && (uri.AbsolutePath.Length > 1 || uri.Query.Length > 1) ? uri.AbsoluteUri : null;
    }

    static string? Meta(IHtmlDocument document, params ReadOnlySpan<string> names)
    {
        var metas = document.Head?.QuerySelectorAll("meta") ?? document.QuerySelectorAll("meta");
        foreach (var name in names)
            foreach (var meta in metas)
            {
                var key = meta.GetAttribute("property") ?? meta.GetAttribute("name") ?? meta.GetAttribute("itemprop")
                    ?? meta.GetAttribute("http-equiv");
                if (name.Equals(key, StringComparison.OrdinalIgnoreCase) && Clean(meta.GetAttribute("content")) is { } content)
                    return content;
            }
        return null;
    }

    static string? Text(IElement? element) => element is null ? null : Clean(element.TextContent);

    static string? Clean(string? text) =>
        text is null ? null : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } clean
            ? clean : null;

    internal static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var date)
        && date.Year is > 1990 and < 2200 ? date : null;
}
