using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Database;

namespace NewsMonitor.Deliveries;

/// <summary>Owes <c>alert.updated</c> to those who were told of the alert at once; a digest shows the newest state by itself.</summary>
public static class Updating
{
    /// <summary>Must run inside the transaction that noted the updates. Returns how many messages are owed.</summary>
    public static async Task<int> PlanAsync(MonitorDbContext db, IReadOnlyList<AlertUpdate> updates, DateTimeOffset now, CancellationToken stop)
    {
        if (updates.Count == 0)
        {
            return 0;
        }

        var (alerts, keys) = (updates.Select(u => u.AlertId).ToArray(), updates.Select(u => u.Key).ToArray());
        return await db.Database.ExecuteSqlAsync($"""
            INSERT INTO deliveries (recipient_id, alert_id, event, message_id, key, status, attempts, next_attempt_at, created_at)
            SELECT r.recipient_id, r.alert_id, {MessageEvent.Updated}, 'msg_' || replace(gen_random_uuid()::text, '-', ''),
                {MessageEvent.Updated} || ':' || r.alert_id || ':' || r.recipient_id || ':' || md5(u.key), 'pending', 0, {now}, {now}
            FROM unnest({alerts}, {keys}) WITH ORDINALITY u (alert, key, place)
            JOIN alert_routes r ON r.alert_id = u.alert AND r.decision = 'sent'
            JOIN recipients p ON p.id = r.recipient_id AND p.enabled
            ORDER BY u.place
            ON CONFLICT (key) DO NOTHING
            """, stop);
    }
}
