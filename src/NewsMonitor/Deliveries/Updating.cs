using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Database;

namespace NewsMonitor.Deliveries;

/// <summary>
/// Owes <c>alert.updated</c> to those who were told of the alert, unless it is silent by now; where it is night, once in the morning. A
/// digest, or any message that still gathers or waits, shows the newest state by itself.
/// </summary>
public static class Updating
{
    /// <summary>What is due sooner may be on its way already, without this news.</summary>
    static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    static readonly RouteDecision[] Told = [RouteDecision.Sent, RouteDecision.Grouped, RouteDecision.HeldQuietHours, RouteDecision.Escalated];

    /// <summary>Must run inside the transaction that noted the updates. Returns how many messages are owed.</summary>
    public static async Task<int> PlanAsync(MonitorDbContext db, IReadOnlyList<AlertUpdate> updates, DateTimeOffset now, CancellationToken stop)
    {
        var ids = updates.Select(u => u.AlertId).Distinct().ToArray();
        var told = ids.Length == 0 ? [] : await db.Set<AlertRoute>().AsNoTracking().Where(r => ids.Contains(r.AlertId) && Told.Contains(r.Decision)
            && !db.Set<Delivery>().Any(d => d.RecipientId == r.RecipientId && d.AlertId == null && d.Status == DeliveryStatus.Pending
                && d.ClaimedUntil == null && db.Set<DeliveryAlert>().Any(l => l.DeliveryId == d.Id && l.AlertId == r.AlertId))).ToListAsync(stop);
        if (told.Count == 0)
        {
            return 0;
        }
        var recipients = await db.Set<Recipient>().AsNoTracking().ToDictionaryAsync(r => r.Id, stop);
        var silences = await Planning.SilencesAsync(db, now, stop);
        var alerts = await db.Set<Alert>().AsNoTracking().Where(a => ids.Contains(a.Id)).ToListAsync(stop);
        var routed = (await Planning.RoutedAsync(db, alerts, stop)).ToDictionary(r => r.Alert.Id);
        var owed = new List<(string Recipient, long Alert, string Key, DateTimeOffset Due)>();
        foreach (var (alert, key) in updates)
        {
            foreach (var recipient in told.Where(r => r.AlertId == alert).Select(r => recipients.GetValueOrDefault(r.RecipientId)).OfType<Recipient>())
            {
                var route = Route.Of(routed[alert], recipient, named: true, silences, now);
                var due = route.Decision switch
                {
                    RouteDecision.Sent or RouteDecision.Grouped => now,
                    RouteDecision.HeldQuietHours => route.Due,
                    _ => null,
                };
                if (due is { } at)
                {
                    owed.Add((recipient.Id, alert, key, at.ToUniversalTime()));
                }
            }
        }

        owed = [.. owed.Where(o => o.Due <= now), .. owed.Where(o => o.Due > now).DistinctBy(o => (o.Recipient, o.Alert))];
        var (to, about, keys, dues) = (owed.Select(o => o.Recipient).ToArray(), owed.Select(o => o.Alert).ToArray(), owed.Select(o => o.Key).ToArray(),
            owed.Select(o => o.Due).ToArray());
        return owed.Count == 0 ? 0 : await db.Database.ExecuteSqlAsync($"""
            INSERT INTO deliveries (recipient_id, alert_id, event, message_id, key, status, attempts, next_attempt_at, created_at)
            SELECT u.recipient, u.alert, {MessageEvent.Updated}, 'msg_' || replace(gen_random_uuid()::text, '-', ''),
                {MessageEvent.Updated} || ':' || u.alert || ':' || u.recipient || ':' || md5(u.key), 'pending', 0, u.due, {now}
            FROM unnest({to}, {about}, {keys}, {dues}) WITH ORDINALITY u (recipient, alert, key, due, place)
            WHERE NOT EXISTS (SELECT FROM deliveries d WHERE d.alert_id = u.alert AND d.recipient_id = u.recipient
                AND d.event = {MessageEvent.Updated} AND d.status = 'pending' AND d.attempts = 0 AND d.next_attempt_at > {now + Soon})
            ORDER BY u.place
            ON CONFLICT (key) DO NOTHING
            """, stop);
    }
}
