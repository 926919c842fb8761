using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Watches;

namespace NewsMonitor.Alerts;

/// <summary>Turns matches into alerts: one for each watch and story, however many copies the story has.</summary>
public static class Raising
{
    /// <summary>Must run inside the transaction that assigned the stories, under its lock. Returns the alerts that are new.</summary>
    /// <param name="fromArchiveBy">Who asked for alerts of articles that were stored before; null for new articles.</param>
    public static async Task<IReadOnlyList<Alert>> RaiseAsync(
        MonitorDbContext db, IReadOnlyList<WatchMatch> matches, DateTimeOffset now, CancellationToken stop, string? fromArchiveBy = null)
    {
        if (matches.Count == 0)
        {
            return [];
        }

        var fromArchive = fromArchiveBy is not null;
        await KeepAsync(db, matches, now, stop);
        var storyIds = matches.Select(m => m.Article.StoryId).Distinct().ToArray();
        var known = (await db.Set<Alert>().Where(a => storyIds.Contains(a.StoryId)).Select(a => new { a.WatchId, a.StoryId }).ToListAsync(stop))
            .Select(a => (a.WatchId, a.StoryId)).ToHashSet();
        var fresh = matches.Where(m => known.Add((m.Watch.Id, m.Article.StoryId))).ToList();
        var ids = await db.NextIdsAsync("alerts", fresh.Count, stop);
        var alerts = fresh.Select((match, i) => Raise(ids[i], match, fromArchive, now)).ToList();
        db.AddRange(alerts);
        db.AddRange(alerts.Select(a => new AlertHistory
        {
            AlertId = a.Id,
            At = now,
            Actor = fromArchiveBy ?? "service",
            Change = AlertChange.Raised,
            Note = fromArchive ? "from the archive" : null,
        }));
        return alerts;
    }

    // An article that was changed, or comes from the archive, may have been matched before.
    static Task<int> KeepAsync(MonitorDbContext db, IReadOnlyList<WatchMatch> matches, DateTimeOffset now, CancellationToken stop)
    {
        var articles = matches.Select(m => m.Article.Id).ToArray();
        var watches = matches.Select(m => m.Watch.Id).ToArray();
        var revisions = matches.Select(m => m.Watch.Revision).ToArray();
        var hits = matches.Select(m => JsonSerializer.Serialize(m.Hits, JsonColumn.Options)).ToArray();
        return db.Database.ExecuteSqlAsync($"""
            INSERT INTO matches (article_id, watch_id, watch_revision, hits, matched_at)
            SELECT article, watch, revision, hits::jsonb, {now} FROM unnest({articles}, {watches}, {revisions}, {hits}) m (article, watch, revision, hits)
            ON CONFLICT (article_id, watch_id) DO UPDATE
            SET watch_revision = EXCLUDED.watch_revision, hits = EXCLUDED.hits, matched_at = EXCLUDED.matched_at
            """, stop);
    }

    static Alert Raise(long id, WatchMatch match, bool fromArchive, DateTimeOffset now)
    {
        var article = match.Article;
        return new Alert
        {
            Id = id,
            WatchId = match.Watch.Id,
            WatchRevision = match.Watch.Revision,
            StoryId = article.StoryId,
            ArticleId = article.Id,
            Severity = match.Watch.Severity,
            Title = article.Title,
            Url = article.Url,
            Source = article.Source,
            Language = article.Language,
            PublishedAt = article.PublishedAt,
            RaisedAt = now,
            UpdatedAt = now,
            FromArchive = fromArchive,
            Hits = match.Hits,
            Excerpt = JsonSerializer.Serialize(Excerpt.Cut(article.Title, article.Text, match.Hits), JsonColumn.Options),
        };
    }
}
