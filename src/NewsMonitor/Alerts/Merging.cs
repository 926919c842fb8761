using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Stories;

namespace NewsMonitor.Alerts;

/// <summary>
/// What becomes of alerts when two stories turn out to be one. An alert moves to the story that remains, with its review and its history.
/// Where that story has an alert of the same watch, both stay as people left them: the one that remains says where the other is, and
/// nothing is told a second time.
/// </summary>
public static class Merging
{
    /// <summary>Must run inside the transaction that assigned the stories, before alerts are raised.</summary>
    public static async Task ApplyAsync(MonitorDbContext db, StoryNews news, DateTimeOffset now, CancellationToken stop)
    {
        foreach (var (from, into) in news.Merged)
        {
            await db.Database.ExecuteSqlAsync($"""
                WITH twin AS (
                    SELECT gone.id AS gone, kept.id AS kept FROM alerts gone JOIN alerts kept ON kept.watch_id = gone.watch_id AND kept.story_id = {into}
                    WHERE gone.story_id = {from}),
                moved AS (
                    UPDATE alerts SET story_id = {into}, updated_at = {now}
                    WHERE story_id = {from} AND id NOT IN (SELECT gone FROM twin) RETURNING id)
                INSERT INTO alert_history (alert_id, at, actor, change, "from", "to", note)
                SELECT id, {now}, 'service', 'merged', {from}::text, {into}::text, 'its story turned out to be one that was known before' FROM moved
                UNION ALL
                SELECT kept, {now}, 'service', 'merged', {from}::text, {into}::text, 'alert ' || gone || ' told of the same story' FROM twin
                UNION ALL
                SELECT gone, {now}, 'service', 'merged', {from}::text, {into}::text, 'alert ' || kept || ' told of the same story' FROM twin
                """, stop);
        }
    }
}
