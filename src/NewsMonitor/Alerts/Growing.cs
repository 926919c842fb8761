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
    const string Between = ", ";

    /// <summary>Must run inside the transaction that raised the alerts. An alert raised in it has no news beyond itself.</summary>
    public static async Task<IReadOnlyList<AlertUpdate>> UpdateAsync(
        MonitorDbContext db, StoryNews news, IReadOnlyList<WatchMatch> matches, IReadOnlyList<Alert> raised, DateTimeOffset now, CancellationToken stop)
    {
        List<News> all = [.. await GrownAsync(db, news.Grown, stop), .. await NewHitsAsync(db, matches, [.. raised.Select(a => a.Id)], stop)];
        await NoteAsync(db, all, now, stop);
        return [.. all.Select(n => n.Update)];
    }

    // Alerts that are raised in this transaction are not in the table yet.
    static async Task<IEnumerable<News>> GrownAsync(MonitorDbContext db, IReadOnlyList<StoryGrowth> grown, CancellationToken stop)
    {
        var stories = grown.Select(g => g.Story).ToArray();
        var alerts = stories.Length == 0 ? [] : await db.Set<Alert>().Where(a => stories.Contains(a.StoryId)).OrderBy(a => a.Id)
            .Select(a => new { a.Id, a.StoryId }).ToListAsync(stop);
        return alerts.Join(grown, a => a.StoryId, g => g.Story, (alert, growth) => new News(
            new AlertUpdate(alert.Id, $"grown-{growth.Threshold}"), AlertChange.Grown, $"{growth.SourcesBefore}", $"{growth.Sources}"));
    }

    static async Task<List<News>> NewHitsAsync(MonitorDbContext db, IReadOnlyList<WatchMatch> matches, HashSet<long> fresh, CancellationToken stop)
    {
        var updates = new List<News>();
        var stories = matches.Select(m => m.Article.StoryId).Distinct().ToArray();
        var alerts = stories.Length == 0 ? [] : await db.Set<Alert>().AsNoTracking().Where(a => stories.Contains(a.StoryId)).ToListAsync(stop);
        var told = await ToldAsync(db, [.. alerts.Select(a => a.Id)], stop);
        foreach (var alert in alerts.Where(a => !fresh.Contains(a.Id)))
        {
            var terms = matches.Where(m => m.Article.StoryId == alert.StoryId && m.Watch.Id == alert.WatchId)
                .SelectMany(m => m.Hits).Select(h => h.Term).Distinct().Where(term => !IsKnown(alert, term))
                .Order(StringComparer.Ordinal).ToList();
            if (terms.Count > 0)
            {
                updates.Add(new News(
                    new AlertUpdate(alert.Id, "hits-" + string.Join('|', terms)), AlertChange.Hits, null, string.Join(Between, terms)));
            }
        }

        return updates;

        // A term may hold the sign between two terms itself, so it is looked for as a whole.
        bool IsKnown(Alert alert, string term) => alert.Hits.Exists(h => h.Term == term)
            || told[alert.Id].Any(terms => $"{Between}{terms}{Between}".Contains($"{Between}{term}{Between}", StringComparison.Ordinal));
    }

    /// <summary>The terms that the histories add to the alerts' own hits, those of one line together.</summary>
    static async Task<ILookup<long, string>> ToldAsync(MonitorDbContext db, long[] alerts, CancellationToken stop)
    {
        var lines = alerts.Length == 0 ? [] : await db.Set<AlertHistory>()
            .Where(h => alerts.Contains(h.AlertId) && h.Change == AlertChange.Hits && h.To != null)
            .Select(h => new { h.AlertId, h.To }).ToListAsync(stop);
        return lines.ToLookup(l => l.AlertId, l => l.To!);
    }

    // A plain statement: a person may be editing the same alert, and neither should fail because of the other.
    static async Task NoteAsync(MonitorDbContext db, List<News> news, DateTimeOffset now, CancellationToken stop)
    {
        if (news.Count == 0)
        {
            return;
        }

        var alerts = news.Select(n => n.Update.AlertId).ToArray();
        var changes = news.Select(n => Names.Kebab(n.Change)).ToArray();
        var (from, to) = (news.Select(n => n.From).ToArray(), news.Select(n => n.To).ToArray());
        await db.Database.ExecuteSqlAsync($"""
            WITH touched AS (UPDATE alerts SET updated_at = {now} WHERE id = ANY({alerts}) RETURNING id)
            INSERT INTO alert_history (alert_id, at, actor, change, "from", "to")
            SELECT n.alert, {now}, 'service', n.change, n."from", n."to"
            FROM unnest({alerts}, {changes}, {from}, {to}) WITH ORDINALITY n (alert, change, "from", "to", place) JOIN touched ON touched.id = n.alert
            ORDER BY n.place
            """, stop);
    }

    sealed record News(AlertUpdate Update, AlertChange Change, string? From, string To);
}
