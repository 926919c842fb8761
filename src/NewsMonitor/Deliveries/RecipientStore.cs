using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Feeds;
using NewsMonitor.Operations;

namespace NewsMonitor.Deliveries;

/// <summary>From a declaration to the stored recipient, and back as far as it may be shown.</summary>
public static class RecipientStore
{
    public static Recipient Create(RecipientDefinition declared, Secrets secrets, Origin origin, DateTimeOffset now)
    {
        var recipient = new Recipient { Id = declared.Id, Target = "", Origin = origin, CreatedAt = now };
        Apply(recipient, declared, secrets, now);
        return recipient;
    }

    /// <summary>Takes over what is declared. No secrets in the declaration: those that are stored stay, unless the kind is another one.</summary>
    public static void Apply(Recipient recipient, RecipientDefinition declared, Secrets secrets, DateTimeOffset now)
    {
        // What cannot be read stays as it is until something new is given: its key may be put back.
        var stored = recipient.Kind == declared.Kind ? RecipientSecret.TryOpen(recipient, secrets) ?? new() : new();
        var secret = stored;
        var hidden = RecipientSecret.HidesAddress(declared.Kind);
        if (declared.Secrets.Count > 0)
        {
            secret = secret.Replaced(declared.Kind, declared.Secrets, now);
        }
        // What the API showed of a hidden address may come back unchanged.
        if (hidden && declared.Target != recipient.Target)
        {
            secret = secret with { Address = declared.Target };
        }
        var before = (recipient.Kind, recipient.Target, recipient.Mode, recipient.MinSeverity, recipient.Secret, Json(recipient.Settings));
        var target = hidden ? RecipientSecret.Shown(secret.Address ?? declared.Target) : declared.Target;
        if (recipient.Kind != declared.Kind || !secret.IsSameAs(stored))
        {
            recipient.Secret = secret.Seal(secrets);
        }
        (recipient.Kind, recipient.Target, recipient.Mode) = (declared.Kind, target, declared.Mode);
        (recipient.MinSeverity, recipient.Settings) = (declared.MinSeverity, declared.Settings);
        var after = (recipient.Kind, recipient.Target, recipient.Mode, recipient.MinSeverity, recipient.Secret, Json(recipient.Settings));
        if (before != after || recipient.UpdatedAt == default)
        {
            recipient.UpdatedAt = now;
        }
    }

    static string Json(RecipientSettings settings) => JsonSerializer.Serialize(settings, JsonColumn.Options);

    /// <summary>On or off, by somebody's choice: a new beginning, against which old failures don't count.</summary>
    public static async Task SwitchAsync(MonitorDbContext db, Recipient recipient, bool enabled, DateTimeOffset now, CancellationToken stop)
    {
        (recipient.Enabled, recipient.DisabledReason, recipient.UpdatedAt) = (enabled, null, now);
        await db.Set<RecipientLane>().Where(l => l.RecipientId == recipient.Id).ExecuteUpdateAsync(set => set
            .SetProperty(l => l.Failures, 0).SetProperty(l => l.FailingSince, (DateTimeOffset?)null)
            .SetProperty(l => l.PausedUntil, (DateTimeOffset?)null), stop);
    }
}
