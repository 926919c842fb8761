using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Database;
using NewsMonitor.Watches;

namespace NewsMonitor.Deliveries;

/// <summary>Writes down, for every new alert, who is to be told: the outbox rows, and for each recipient why or why not.</summary>
public static class Planning
{
    /// <summary>Must run inside the transaction that raised the alerts. Returns how many deliveries are owed.</summary>
    public static async Task<int> PlanAsync(
        MonitorDbContext db, IReadOnlyList<Alert> alerts, DateTimeOffset now, CancellationToken stop)
    {
        if (alerts.Count == 0)
        {
            return 0;
        }

        var owed = 0;
        var recipients = await db.Set<Recipient>().AsNoTracking().ToListAsync(stop);
        var watchIds = alerts.Select(a => a.WatchId).Distinct().ToArray();
        var watches = await db.Set<Watch>().AsNoTracking().Where(w => watchIds.Contains(w.Id)).ToDictionaryAsync(w => w.Id, stop);
        foreach (var alert in alerts)
        {
            foreach (var recipient in Told(recipients, WatchEntry.FromJson(watches[alert.WatchId].Definition).Recipients))
            {
                var decision = Decide(alert, recipient);
                db.Add(new AlertRoute { AlertId = alert.Id, RecipientId = recipient.Id, Decision = decision, At = now });
                if (decision == RouteDecision.Sent)
                {
                    db.Add(Owe(recipient, alert, "alert.raised", now));
                    owed++;
                }
            }
        }

        return owed;
    }

    // A watch that names nobody goes to the default recipients, and where none is marked as such to everybody: an alert
    // that silently reaches no one is the worst of the choices.
    static IEnumerable<Recipient> Told(List<Recipient> recipients, IReadOnlyList<string> named) => named.Count > 0
        ? recipients.Where(r => named.Contains(r.Id))
        : recipients.Any(r => r.Settings.Default) ? recipients.Where(r => r.Settings.Default) : recipients;

    static RouteDecision Decide(Alert alert, Recipient recipient) =>
        !recipient.Enabled ? RouteDecision.RecipientDisabled
        : alert.Severity < recipient.MinSeverity ? RouteDecision.BelowSeverity
        : RouteDecision.Sent;

    static Delivery Owe(Recipient recipient, Alert alert, string @event, DateTimeOffset now) => new()
    {
        RecipientId = recipient.Id,
        AlertId = alert.Id,
        Event = @event,
        MessageId = "msg_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
        Key = $"{@event}:{alert.Id}:{recipient.Id}",
        NextAttemptAt = now,
        CreatedAt = now,
    };
}
