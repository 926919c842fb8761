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
        var file = RecipientFile.Read(yaml);
        if (file.Problems.Count > 0)
        {
            return (null, [.. file.Problems.Select(p => p.ToString())]);
        }

        var known = await db.Set<Recipient>().ToDictionaryAsync(r => r.Id, stop);
        foreach (var declared in file.Recipients)
        {
            if (!known.TryGetValue(declared.Id, out var recipient))
            {
                recipient = new Recipient { Id = declared.Id, Target = declared.Target, Origin = origin, CreatedAt = now, UpdatedAt = now };
                db.Add(recipient);
            }

            (recipient.Kind, recipient.Target, recipient.Mode) = (declared.Kind, declared.Target, declared.Mode);
            (recipient.MinSeverity, recipient.Settings) = (declared.MinSeverity, declared.Settings);
            recipient.Secret = declared.Secrets.Count == 0 ? recipient.Secret : secrets.Protect(string.Join('\n', declared.Secrets));
        }

        return ($"{file.Recipients.Count} recipients", []);
    }
}
