using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Database;
using NewsMonitor.Review.Triage;

namespace NewsMonitor.Review.Live;

/// <summary>One event of the live stream: the alert as it is now, and the line of history that made the event.</summary>
/// <param name="Type">alert.raised or alert.updated.</param>
public sealed record AlertEvent(string Type, AlertDocument Alert, HistoryLine Change);

/// <summary>The history of all alerts as one numbered sequence.</summary>
static class AlertEvents
{
    const int Batch = 200;
    const long NumberingLock = 0x4e4d_4556_454e;

    /// <summary>
    /// Numbers the lines that have committed since the last call. The lock holds to the commit, so numbers become visible in their order
    /// and a reader who has seen one has been able to see all before it.
    /// </summary>
    public static async Task NumberAsync(MonitorDbContext db, CancellationToken cancel)
    {
        if (!await db.Set<AlertHistory>().AnyAsync(h => h.Event == null, cancel))
        {
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({NumberingLock})", cancel);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE alert_history h SET event = numbered.event
            FROM (SELECT id, nextval('alert_events') AS event FROM (SELECT id FROM alert_history WHERE event IS NULL ORDER BY id) waiting) numbered
            WHERE h.id = numbered.id
            """, cancel);
        await transaction.CommitAsync(cancel);
    }

    public static async Task<long> LastAsync(MonitorDbContext db, CancellationToken cancel) =>
        await db.Set<AlertHistory>().MaxAsync(h => h.Event, cancel) ?? 0;

    /// <summary>
    /// The next events after <paramref name="last"/> that the filter wants, and the number up to which everything has been looked at.
    /// </summary>
    public static async Task<(IReadOnlyList<(long Number, AlertEvent Event)> Events, long Seen)> AfterAsync(
        MonitorDbContext db, long last, AlertFilter filter, CancellationToken cancel)
    {
        var lines = await db.Set<AlertHistory>().AsNoTracking().Where(h => h.Event > last).OrderBy(h => h.Event).Take(Batch)
            .ToListAsync(cancel);
        if (lines.Count == 0)
        {
            return ([], last);
        }

        var ids = lines.Select(h => h.AlertId).Distinct().ToArray();
        var rows = await filter.Among(db, db.Set<Alert>().AsNoTracking().Where(a => ids.Contains(a.Id))).Rows(db)
            .ToDictionaryAsync(r => r.Alert.Id, cancel);
        var events = from line in lines
                     where rows.ContainsKey(line.AlertId)
                     select (line.Event!.Value, new AlertEvent(
                         line.Change == AlertChange.Raised ? "alert.raised" : "alert.updated",
                         rows[line.AlertId].Document(),
                         new HistoryLine(line.Id, line.At, line.Actor, line.Change, line.From, line.To, line.Note)));
        return ([.. events], lines[^1].Event!.Value);
    }
}
