using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;

namespace NewsMonitor.Deliveries;

/// <summary>What the service itself must tell people: that it stopped sending to somebody.</summary>
public sealed class Notices(IDbContextFactory<MonitorDbContext> databases, TimeProvider clock, ILogger<Notices> log)
{
    /// <summary>
    /// Switches a recipient off, ends what was still owed to it (replay brings it back), and tells the default recipients; all or nothing.
    /// </summary>
    public async Task DisableAsync(string recipientId, string reason, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var now = clock.GetUtcNow();
        var disabled = await db.Set<Recipient>().Where(r => r.Id == recipientId && r.Enabled).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.Enabled, false).SetProperty(r => r.DisabledReason, reason).SetProperty(r => r.UpdatedAt, now), stop);
        if (disabled == 0)
        {
            return;
        }
        var why = $"the recipient was disabled: {reason}";
        var ended = await db.Set<Delivery>().Where(d => d.RecipientId == recipientId && d.Status == DeliveryStatus.Pending)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.Status, DeliveryStatus.Dead).SetProperty(d => d.LastResponse, why), stop);
        var others = await db.Set<Recipient>().AsNoTracking().Where(r => r.Enabled && r.Id != recipientId).ToListAsync(stop);
        var told = others.Where(r => r.Settings.Default).ToList();
        var text = $"Nothing more is sent to '{recipientId}': {reason} Deliveries ended: {ended}. Enable the recipient again when it is mended.";
        foreach (var recipient in told.Count > 0 ? told : others)
        {
            db.Add(Planning.Owe(recipient.Id, MessageEvent.Notice, $"disabled:{recipientId}:{now.UtcTicks}:{recipient.Id}", now, notice: text));
        }
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        log.LogWarning("Recipient {Recipient} is disabled: {Reason}", recipientId, reason);
    }
}
