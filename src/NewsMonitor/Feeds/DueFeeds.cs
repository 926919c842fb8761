using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;

namespace NewsMonitor.Feeds;

/// <summary>Hands out the feeds whose time has come, each to one worker.</summary>
public sealed class DueFeeds(IDbContextFactory<MonitorDbContext> databases, TimeProvider clock)
{
    /// <summary>After it another worker takes a dead worker's feed; a living worker renews it while it fetches.</summary>
    public static readonly TimeSpan Claim = Leases.Length;

    /// <summary>Claims feeds that are due; those who have waited longest come first.</summary>
    public async Task<List<Feed>> ClaimAsync(int atMost, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var now = clock.GetUtcNow();
        var claimed = await db.Set<Feed>().FromSql($"""
            UPDATE feeds SET claimed_until = {now + Claim}
            WHERE id IN (
                SELECT id FROM feeds
                WHERE enabled AND next_fetch_at <= {now} AND (claimed_until IS NULL OR claimed_until < {now})
                ORDER BY next_fetch_at
                LIMIT {atMost}
                FOR UPDATE SKIP LOCKED)
            RETURNING *, xmin
            """).AsNoTracking().ToListAsync(stop);
        // Where many are due at one time, as after "refresh all", a host's next turn is for the feed that has waited longest for one.
        return [.. claimed.OrderBy(feed => feed.NextFetchAt).ThenBy(feed => feed.LastFetchAt)];
    }
}
