using System.Text;
using FeedParser;
using Feed = NewsMonitor.Feeds.Feed;

namespace NewsMonitor.Articles;

/// <summary>An article as the feed gives it, filled from its page where one was read.</summary>
static class NewArticle
{
    public static Article Of(
        long id, Feed feed, FeedParser.Feed document, FeedItem item, ArticleIdentity identity, IReadOnlyDictionary<string,
            PageContent> pages, DateTimeOffset now)
    {
        var page = item.Link is { } link ? pages.GetValueOrDefault(link) : null;
        var own = ItemText.Of(item);
        var host = Host(feed.Url)!;
        return new Article
        {
            Id = id,
            FeedId = feed.Id,
            ItemId = Storable(identity.ItemId)!,
            Url = Storable(item.Link),
            CanonicalUrl = Storable(identity.CanonicalUrl ?? CanonicalUrl.Of(page?.Metadata.CanonicalUrl)),
            Title = Storable(item.Title ?? page?.Metadata.Title ?? "")!,
            Text = Storable(page is not null && PageText.IsBetter(page.Text, item.Title ?? "", own) ? page.Text : own)!,
            Author = Storable(item.Authors.Count > 0 ? string.Join(", ", item.Authors.Select(a => a.Text)) : page?.Metadata.Author),
            Source = Storable(feed.Title ?? document.Title ?? host)!,
            SourceHost = Storable(Host(item.Link) ?? host)!,
            Language = Storable(item.Language ?? document.Language ?? page?.Metadata.Language ?? feed.Language),
            PublishedAt = (item.Published ?? item.Updated ?? page?.Metadata.Published)?.ToUniversalTime(),
            FetchedAt = now,
            UpdatedAt = now,
            ContentHash = identity.ContentHash,
        };
    }

    // PostgreSQL takes neither NUL nor half a surrogate pair, and a story is worth more than either.
    static string? Storable(string? text)
    {
        if (text is null || !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && !text.Contains('\0', StringComparison.Ordinal))
            return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value != 0) clean.Append(rune);
        return clean.ToString();
    }

    static string? Host(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Host.Length > 0
        ? uri.Host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? uri.Host[4..] : uri.Host
        : null;
}
