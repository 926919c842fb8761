using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using Document = FeedParser.Feed;
using Feed = NewsMonitor.Feeds.Feed;

namespace NewsMonitor.Articles;

/// <summary>What a fetched feed holds that was not known: new articles, and known ones that now read differently.</summary>
public sealed record Intake(IReadOnlyList<Article> New, IReadOnlyList<Article> Changed)
{
    public static Intake Nothing { get; } = new([], []);

    /// <summary>Sorts the items of a feed into new, changed and known. Changed articles are tracked by <paramref name="db"/>.</summary>
    /// <param name="db">Inside the transaction that stores the articles.</param>
    /// <param name="feed">Where they come from.</param>
    /// <param name="document">What it brought.</param>
    /// <param name="pages">Pages that were fetched for the full text, by the items' links.</param>
    /// <param name="kept">Since when articles are kept; null for ever.</param>
    /// <param name="now">When it was fetched.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<Intake> SortAsync(
        MonitorDbContext db, Feed feed, Document document, IReadOnlyDictionary<string, PageContent> pages, DateTimeOffset? kept,
        DateTimeOffset now, CancellationToken stop)
    {
        var items = await CompareAsync(db, feed, document, kept, stop);
        var fresh = items.Where(i => i.Stored is null).ToList();
        var articleIds = await db.NextIdsAsync("articles", fresh.Count, stop);
        var added = fresh.Select((item, i) => NewArticle.Of(articleIds[i], feed, document, item.Item, item.Identity, pages, now)).ToList();
        var changed = new List<Article>();
        var known = items.Where(i => i.Stored is not null && (i.IsChanged || i.IsRenamed)).ToDictionary(i => i.Stored!.Id);
        if (known.Count > 0)
        {
            var ids = known.Keys.ToArray();
            foreach (var old in await db.Set<Article>().Where(a => ids.Contains(a.Id)).ToListAsync(stop))
            {
                var item = known[old.Id];
                (old.ItemId, old.CanonicalUrl) = (item.Identity.ItemId, item.Identity.CanonicalUrl ?? old.CanonicalUrl);
                if (!item.IsChanged) continue;
                Revise(db, old, NewArticle.Of(old.Id, feed, document, item.Item, item.Identity, pages, now), now);
                changed.Add(old);
            }
        }
        return new Intake(added, changed);
    }

    /// <summary>Links of the items that are new or changed: the pages worth fetching for their full text.</summary>
    public static async Task<IReadOnlyList<string>> LinksToReadAsync(MonitorDbContext db, Feed feed, Document document,
        DateTimeOffset? kept, CancellationToken stop) =>
        [.. (await CompareAsync(db, feed, document, kept, stop)).Where(i => i.Stored is null || i.IsChanged).Select(i => i.Item.Link)
            .OfType<string>().Distinct()];

    static async Task<List<Compared>> CompareAsync(
        MonitorDbContext db, Feed feed, Document document, DateTimeOffset? kept, CancellationToken stop)
    {
        var identities = ArticleIdentity.Of(document.Items);
        // The newest items stand first in a feed; stories read better when the oldest is taken first.
        var seen = document.Items.Zip(identities).Where(i => i.Second is not null).Select(i => (Item: i.First, Identity: i.Second!))
            .Reverse().ToList();
        var stored = await StoredAsync(db, feed, seen.ConvertAll(s => s.Identity), stop);
        var matches = Recognition.Match(seen.ConvertAll(s => s.Identity), stored);
        var compared = seen.Zip(matches, (s, match) => new Compared(s.Item, s.Identity, match));
        // What a feed lists at its first look is stored however old it is. Later on an unknown item from before the time that is kept is
        // one that aged out, and would be raised as news again.
        return [.. feed.LastSuccessAt is null ? compared : compared.Where(c => c.Stored is not null || !(c.LastDate < kept))];
    }

    static async Task<List<KnownArticle>> StoredAsync(MonitorDbContext db, Feed feed, List<ArticleIdentity> items, CancellationToken stop)
    {
        var ids = items.Select(i => i.ItemId).ToArray();
        var articles = db.Set<Article>().AsNoTracking().Where(a => a.FeedId == feed.Id);
        var stored = await articles.Where(a => ids.Contains(a.ItemId))
            .Select(a => new KnownArticle(a.Id, a.ItemId, a.CanonicalUrl, a.ContentHash)).ToListAsync(stop);
        var known = stored.Select(s => s.ItemId).ToHashSet(StringComparer.Ordinal);
        var unknown = items.Where(i => !known.Contains(i.ItemId)).ToList();
        // Before its first success a feed has nothing that could be recognised.
        if (unknown.Count == 0 || feed.LastSuccessAt is null) return stored;
        var urls = unknown.Select(i => i.CanonicalUrl).OfType<string>().ToArray();
        var hashes = unknown.Select(i => i.ContentHash).ToArray();
        stored.AddRange(await articles.Where(a => !ids.Contains(a.ItemId)
            && (urls.Contains(a.CanonicalUrl) || hashes.Contains(a.ContentHash)))
            .OrderByDescending(a => a.Id).Take(1000).Select(a => new KnownArticle(a.Id, a.ItemId, a.CanonicalUrl, a.ContentHash))
                .ToListAsync(stop));
        return stored;
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

    sealed record Compared(FeedParser.FeedItem Item, ArticleIdentity Identity, KnownArticle? Stored)
    {
        public bool IsChanged => Stored is not null && !Stored.ContentHash.AsSpan().SequenceEqual(Identity.ContentHash);

        public DateTimeOffset? LastDate => Item.Published > Item.Updated ? Item.Published : Item.Updated ?? Item.Published;

        public bool IsRenamed => Stored is not null && Stored.ItemId != Identity.ItemId;
    }
}
