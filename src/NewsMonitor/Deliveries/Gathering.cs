using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;

namespace NewsMonitor.Deliveries;

/// <summary>
/// Messages that gather alerts until they are due: bursts, digests, what quiet hours held back. One stays open until the sender seals it;
/// both lock its row, so an alert stands either in it or in the next one.
/// </summary>
static class Gathering
{
    public static async Task AddAsync(
        MonitorDbContext db, IReadOnlyDictionary<(string Recipient, RouteDecision Why, DateTimeOffset Due), List<long>> gathered, DateTimeOffset now,
        CancellationToken stop)
    {
        foreach (var ((recipient, why, due), alerts) in gathered)
        {
            var delivery = await OpenAsync(db, recipient, why, due, now, stop);
            if (delivery is null)
            {
                var key = string.Create(CultureInfo.InvariantCulture, $"{Names.Kebab(why)}:{recipient}:{due.UtcTicks}:{alerts[0]}");
                delivery = Planning.Owe(recipient, MessageEvent.Digest, key, now, due: due.ToUniversalTime());
                db.Add(delivery);
                await db.SaveChangesAsync(stop);
            }
            db.AddRange(alerts.Select(id => new DeliveryAlert { DeliveryId = delivery.Id, AlertId = id }));
        }
    }

    static async Task<Delivery?> OpenAsync(
        MonitorDbContext db, string recipient, RouteDecision why, DateTimeOffset due, DateTimeOffset now, CancellationToken stop)
    {
        var prefix = $"{Names.Kebab(why)}:{recipient}:";
        // A burst joins whatever waits already; digest and summary belong to their very moment.
        var latest = due.ToUniversalTime();
        var earliest = why == RouteDecision.Grouped ? now.ToUniversalTime() : latest;
        return await db.Set<Delivery>().FromSql($"""
            SELECT * FROM deliveries
            WHERE recipient_id = {recipient} AND status = 'pending' AND event = 'digest' AND starts_with(key, {prefix})
                AND next_attempt_at >= {earliest} AND next_attempt_at <= {latest} AND claimed_until IS NULL
            ORDER BY id LIMIT 1 FOR UPDATE
            """).AsNoTracking().FirstOrDefaultAsync(stop);
    }
}
