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
            if (known.TryGetValue(declared.Id, out var recipient))
            {
                RecipientStore.Apply(recipient, declared, secrets, now);
            }
            else
            {
                db.Add(RecipientStore.Create(declared, secrets, origin, now));
            }
        }

        return ($"{file.Recipients.Count} recipients", []);
    }
}
