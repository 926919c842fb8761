using System.Security.Cryptography;
using System.Text;
using FeedParser;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using Feed = NewsMonitor.Feeds.Feed;

namespace NewsMonitor.Articles;

/// <summary>What a fetched feed holds that was not known: new articles, and known ones that now read differently.</summary>
public sealed record Intake(IReadOnlyList<Article> New, IReadOnlyList<Article> Changed)
{
    public static Intake Nothing { get; } = new([], []);

    /// <summary>Sorts the items of a feed into new, changed and known. Changed articles are tracked by <paramref name="db"/>.</summary>
    public static async Task<Intake> SortAsync(
        MonitorDbContext db, Feed feed, FeedParser.Feed document, DateTimeOffset now, CancellationToken stop)
    {
        // The newest items stand first in a feed; stories read better when the oldest is taken first.
        var seen = document.Items.Select(item => Read(feed, document, item, now)).DistinctBy(a => a.ItemId).Reverse().ToList();
        var ids = seen.Select(a => a.ItemId).ToArray();
        var known = await db.Set<Article>().Where(a => a.FeedId == feed.Id && ids.Contains(a.ItemId)).ToDictionaryAsync(a => a.ItemId, stop);
        var fresh = seen.Where(a => !known.ContainsKey(a.ItemId)).ToList();
        var articleIds = await db.NextIdsAsync("articles", fresh.Count, stop);
        for (var i = 0; i < fresh.Count; i++)
        {
            fresh[i].Id = articleIds[i];
        }

        var changed = new List<Article>();
        foreach (var article in seen)
        {
            if (known.TryGetValue(article.ItemId, out var old) && !old.ContentHash.AsSpan().SequenceEqual(article.ContentHash))
            {
                Revise(db, old, article, now);
                changed.Add(old);
            }
        }

        return new Intake(fresh, changed);
    }

    static void Revise(MonitorDbContext db, Article old, Article now, DateTimeOffset at)
    {
        db.Add(new ArticleRevision
        {
            ArticleId = old.Id, Revision = old.Revision, Title = old.Title, Text = old.Text, SeenAt = old.UpdatedAt,
        });
        (old.Title, old.Text, old.ContentHash) = (now.Title, now.Text, now.ContentHash);
        (old.Url, old.Author, old.Revision, old.UpdatedAt) = (now.Url, now.Author, old.Revision + 1, at);
    }

    static Article Read(Feed feed, FeedParser.Feed document, FeedItem item, DateTimeOffset now)
    {
        var title = item.Title ?? "";
        var text = Text(item);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(title + "\n" + text))[..16];
        return new Article
        {
            FeedId = feed.Id,
            ItemId = item.Id,
            Url = item.Link,
            CanonicalUrl = item.Link,
            Title = title,
            Text = text,
            Author = item.Authors.Count == 0 ? null : string.Join(", ", item.Authors.Select(a => a.Text)),
            Source = feed.Title ?? document.Title ?? Host(feed.Url)!,
            SourceHost = Host(item.Link) ?? Host(feed.Url)!,
            Language = item.Language ?? document.Language ?? feed.Language,
            PublishedAt = (item.Published ?? item.Updated)?.ToUniversalTime(),
            FetchedAt = now,
            UpdatedAt = now,
            ContentHash = hash,
        };
    }

    // Some newsrooms put the lead only into the summary: nothing that a watch could find may be dropped.
    static string Text(FeedItem item) => (item.Summary, item.Content) switch
    {
        (null or "", var content) => content ?? "",
        (var summary, null or "") => summary,
        var (summary, content) when content.Contains(summary, StringComparison.Ordinal) => content,
        var (summary, content) when summary.Contains(content, StringComparison.Ordinal) => summary,
        var (summary, content) => summary + "\n\n" + content,
    };

    static string? Host(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Host.Length > 0
        ? uri.Host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? uri.Host[4..] : uri.Host
        : null;
}
