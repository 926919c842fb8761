using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Database;
using NewsMonitor.Watches;

namespace NewsMonitor.Deliveries;

/// <summary>
/// Critical alerts that nobody touched go to a second recipient, once, and their history says so. What has been silenced meanwhile does not;
/// quiet hours do not hold it back.
/// </summary>
public sealed class Escalating(IDbContextFactory<MonitorDbContext> databases, TimeProvider clock)
{
    static readonly TimeSpan Oldest = TimeSpan.FromDays(7);
    const int Batch = 1000;

    /// <summary>Returns how many messages are owed for it.</summary>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var now = clock.GetUtcNow();
        var recipients = await db.Set<Recipient>().AsNoTracking().ToDictionaryAsync(r => r.Id, stop);
        var silences = await Planning.SilencesAsync(db, now, stop);
        var owed = 0;
        foreach (var recipient in recipients.Values.Where(r => r.Settings.Escalate is not null))
        {
            var (to, minutes) = (recipient.Settings.Escalate!.To, recipient.Settings.Escalate.AfterMinutes);
            if (!recipients.TryGetValue(to, out var second) || !second.Enabled)
            {
                continue;
            }
            var (latest, earliest) = (now.AddMinutes(-minutes), now - Oldest);
            List<Alert> alerts;
            for (var last = 0L; ; last = alerts[^1].Id)
            {
                alerts = await (
                    from alert in db.Set<Alert>().AsNoTracking()
                    where alert.Id > last && alert.Severity == Severity.Critical && alert.Status == AlertStatus.New
                        && alert.RaisedAt <= latest && alert.RaisedAt > earliest
                    join route in db.Set<AlertRoute>() on alert.Id equals route.AlertId
                    where route.RecipientId == recipient.Id && (route.Decision == RouteDecision.Sent || route.Decision == RouteDecision.Grouped
                        || route.Decision == RouteDecision.Digest || route.Decision == RouteDecision.HeldQuietHours)
                    where !db.Set<Delivery>().Any(d => d.AlertId == alert.Id && d.RecipientId == to)
                    orderby alert.Id
                    select alert).Take(Batch).ToListAsync(stop);
                foreach (var routed in (await Planning.RoutedAsync(db, alerts, stop)).Where(r => !silences.Exists(s => Route.Covers(s, r))))
                {
                    owed += await EscalateAsync(db, routed.Alert.Id, recipient.Id, to, minutes, now, stop);
                }
                if (alerts.Count < Batch)
                {
                    break;
                }
            }
        }
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return owed;
    }

    static async Task<int> EscalateAsync(
        MonitorDbContext db, long alert, string from, string to, int minutes, DateTimeOffset now, CancellationToken stop)
    {
        var key = Planning.KeyOf("escalated", alert, to);
        if (db.ChangeTracker.Entries<Delivery>().Any(e => e.Entity.Key == key))
        {
            return 0;
        }
        db.Add(Planning.Owe(to, MessageEvent.Raised, key, now, alert));
        db.Add(new AlertHistory
        {
            AlertId = alert, At = now, Actor = "service", Change = AlertChange.Escalated, From = from, To = to, Note = $"nobody reacted within {minutes} minutes",
        });
        if (await db.Set<AlertRoute>().FindAsync([alert, to], stop) is { } route)
        {
            (route.Decision, route.SilenceId, route.SilenceReason, route.At) = (RouteDecision.Escalated, null, null, now);
        }
        else
        {
            db.Add(new AlertRoute { AlertId = alert, RecipientId = to, Decision = RouteDecision.Escalated, At = now });
        }
        return 1;
    }
}
