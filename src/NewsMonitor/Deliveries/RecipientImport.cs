using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Feeds;
using NewsMonitor.Operations;

namespace NewsMonitor.Deliveries;

/// <summary>Creates or updates the recipients that a file declares.</summary>
public static class RecipientImport
{
    public static async Task<(string? Done, IReadOnlyList<string> Problems)> ApplyAsync(
        MonitorDbContext db, Secrets secrets, string yaml, Origin origin, DateTimeOffset now, CancellationToken stop)
    {
        var known = await db.Set<Recipient>().ToDictionaryAsync(r => r.Id, stop);
        var file = RecipientFile.Read(yaml, known);
        if (file.Problems.Count > 0)
        {
            return (null, [.. file.Problems.Select(p => p.ToString())]);
        }

        foreach (var declared in file.Recipients)
        {
            if (known.TryGetValue(declared.Id, out var recipient))
            {
                RecipientStore.Apply(recipient, declared, secrets, now);
            }
            else
            {
                recipient = RecipientStore.Create(declared, secrets, origin, now);
                db.Add(recipient);
            }

            if (declared.Enabled is { } enabled && enabled != recipient.Enabled)
            {
                await RecipientStore.SwitchAsync(db, recipient, enabled, now, stop);
            }
        }

        return ($"{file.Recipients.Count} recipients", []);
    }
}
