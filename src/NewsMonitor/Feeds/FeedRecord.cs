using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;

namespace NewsMonitor.Feeds;

/// <param name="Result">How the look counts.</param>
/// <param name="Notice">What to tell people, or null.</param>
public sealed record FeedWritten(FetchResult Result, FeedNotice? Notice);

/// <summary>Writes down what one look at a feed brought, into the caller's unit of work.</summary>
public sealed class FeedRecord(FetchOptions options, CronTimes cron, Random random)
{
    public async Task<FeedWritten> WriteAsync(MonitorDbContext db, Feed feed, FeedLook look, DateTimeOffset now, CancellationToken stop)
    {
        var (fetch, notice) = FeedProgress.Apply(feed, look, new Pacing(options.Pace, random.NextDouble(), (e, at) => cron(e, at)), now);
        if (fetch is not null) db.Add(fetch);
        if (feed.Track.Move is { IsProven: true } move) notice = await AdoptAsync(db, feed, move, stop) ?? notice;
        return new FeedWritten(fetch?.Result ?? FetchResult.Failed, notice);
    }

    // Two feeds can lead to one address; then the second stays where it is and says so, rather than breaking the first.
    static async Task<FeedNotice?> AdoptAsync(MonitorDbContext db, Feed feed, FeedMove move, CancellationToken stop)
    {
        if (await db.Set<Feed>().AnyAsync(f => f.Url == move.To, stop)) return null;
        var old = feed.Url;
        (feed.Url, feed.Track, feed.State) = (move.To, feed.Track with { Move = null }, FeedState.Healthy);
        return new FeedNotice(feed.Id, feed.Url, FeedState.Moved, FeedState.Healthy,
            $"{feed.Title ?? old} has moved from {old} to {feed.Url}; the new address is used.");
    }
}
