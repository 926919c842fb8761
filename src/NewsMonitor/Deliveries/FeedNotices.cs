using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Feeds;

namespace NewsMonitor.Deliveries;

/// <summary>Owes the recipients whom the configuration names a notice when a feed's state changes.</summary>
public static class FeedNotices
{
    /// <summary>Belongs to the unit of work that changed the feed: the notice is owed exactly when the change is kept.</summary>
    /// <returns>How many are owed.</returns>
    public static async Task<int> PlanAsync(
        MonitorDbContext db, FeedNotice? notice, FetchOptions options, DateTimeOffset now, CancellationToken stop)
    {
        var names = options.NotifyRecipients.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        if (notice is null || names.Length == 0)
        {
            return 0;
        }

        var told = await db.Set<Recipient>().Where(r => r.Enabled && names.Contains(r.Id)).Select(r => r.Id).ToListAsync(stop);
        foreach (var recipient in told)
        {
            var key = $"feed:{notice.FeedId}:{Names.Kebab(notice.To)}:{now.UtcTicks}:{recipient}";
            db.Add(Planning.Owe(recipient, MessageEvent.Notice, key, now, notice: notice.Message));
        }

        return told.Count;
    }
}
