using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Stories;
using NewsMonitor.Watches;

namespace NewsMonitor.Alerts;

/// <summary>An alert that has news. <c>Key</c> tells one piece of news from another, so that none is told twice.</summary>
public sealed record AlertUpdate(long AlertId, string Key);

/// <summary>Keeps alerts up to date with their stories: growth at thresholds, and hits that the story lacked so far.</summary>
public static class Growing
{
    /// <summary>Must run inside the transaction that raised the alerts. An alert raised in it has no news beyond itself.</summary>
    public static async Task<IReadOnlyList<AlertUpdate>> UpdateAsync(
        MonitorDbContext db, StoryNews news, IReadOnlyList<WatchMatch> matches, IReadOnlyList<Alert> raised, DateTimeOffset now, CancellationToken stop)
    {
        var updates = new List<AlertUpdate>();
        var fresh = raised.Select(a => a.Id).ToHashSet();
        foreach (var growth in news.Grown)
        {
            var alerts = await db.Set<Alert>().Where(a => a.StoryId == growth.Story).Select(a => a.Id).ToListAsync(stop);
            foreach (var alert in alerts.Where(a => !fresh.Contains(a)))
            {
                await NoteAsync(db, alert, AlertChange.Grown, $"{growth.SourcesBefore}", $"{growth.Sources}", now, stop);
                updates.Add(new AlertUpdate(alert, $"grown-{growth.Threshold}"));
            }
        }

        updates.AddRange(await NewHitsAsync(db, matches, fresh, now, stop));
        return updates;
    }

    static async Task<List<AlertUpdate>> NewHitsAsync(
        MonitorDbContext db, IReadOnlyList<WatchMatch> matches, HashSet<long> fresh, DateTimeOffset now, CancellationToken stop)
    {
        var updates = new List<AlertUpdate>();
        var stories = matches.Select(m => m.Article.StoryId).Distinct().ToArray();
        var alerts = stories.Length == 0 ? [] : await db.Set<Alert>().AsNoTracking().Where(a => stories.Contains(a.StoryId)).ToListAsync(stop);
        var known = alerts.Count == 0 ? [] : await KnownTermsAsync(db, alerts, stop);
        foreach (var alert in alerts.Where(a => !fresh.Contains(a.Id)))
        {
            var terms = matches.Where(m => m.Article.StoryId == alert.StoryId && m.Watch.Id == alert.WatchId)
                .SelectMany(m => m.Hits).Select(h => h.Term).Distinct().Where(term => known.Add((alert.Id, term))).Order(StringComparer.Ordinal).ToList();
            if (terms.Count > 0)
            {
                await NoteAsync(db, alert.Id, AlertChange.Hits, null, string.Join(", ", terms), now, stop);
                updates.Add(new AlertUpdate(alert.Id, "hits-" + string.Join('|', terms)));
            }
        }

        return updates;
    }

    /// <summary>The terms that each alert was told of: its own hits', and those that its history adds.</summary>
    static async Task<HashSet<(long Alert, string Term)>> KnownTermsAsync(MonitorDbContext db, List<Alert> alerts, CancellationToken stop)
    {
        var ids = alerts.Select(a => a.Id).ToArray();
        var added = await db.Set<AlertHistory>().Where(h => ids.Contains(h.AlertId) && h.Change == AlertChange.Hits && h.To != null)
            .Select(h => new { h.AlertId, h.To }).ToListAsync(stop);
        return
        [
            .. alerts.SelectMany(a => a.Hits.Select(h => (a.Id, h.Term))),
            .. added.SelectMany(h => h.To!.Split(", ").Select(term => (h.AlertId, term))),
        ];
    }

    // Plain statements: a person may be editing the same alert, and neither should fail because of the other.
    static Task<int> NoteAsync(MonitorDbContext db, long alert, AlertChange change, string? from, string? to, DateTimeOffset now, CancellationToken stop)
        => db.Database.ExecuteSqlAsync($"""
            WITH touched AS (UPDATE alerts SET updated_at = {now} WHERE id = {alert} RETURNING id)
            INSERT INTO alert_history (alert_id, at, actor, change, "from", "to")
            SELECT id, {now}, 'service', {Names.Kebab(change)}, {from}, {to} FROM touched
            """, stop);
}
