using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Outbound;

namespace NewsMonitor.Feeds;

/// <param name="Result">How the look counts.</param>
/// <param name="Notice">What to tell people, or null.</param>
public sealed record FeedWritten(FetchResult Result, FeedNotice? Notice);

/// <summary>Writes down what one look at a feed brought, by itself or into the caller's unit of work.</summary>
public sealed class FeedRecord(QuietLooks quiet, FetchOptions options, CronTimes cron, Random random)
{
    Pacing Pacing => new(options.Pace, random.NextDouble(), (e, at) => cron(e, at));

    /// <summary>
    /// The short way, for a look that brought no document and nothing to tell. Null where it is not to be taken: what the look made of the
    /// feed is not kept then, and the feed must be read anew.
    /// </summary>
    public async Task<FeedWritten?> WriteQuietAsync(Feed claimed, FeedLook look, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(claimed);
        var before = claimed.Track;
        var (fetch, notice) = FeedProgress.Apply(claimed, look, Pacing, now);
        var kept = notice is null && claimed.Track.Move is not { IsProven: true } && await quiet.WriteAsync(claimed, before, fetch);
        return kept ? new FeedWritten(fetch?.Result ?? FetchResult.Failed, null) : null;
    }

    public async Task<FeedWritten> WriteAsync(MonitorDbContext db, Feed feed, FeedLook look, DateTimeOffset now, CancellationToken stop)
    {
        var (fetch, notice) = FeedProgress.Apply(feed, look, Pacing, now);
        if (fetch is not null) db.Add(fetch);
        if (feed.Track.Move is { IsProven: true } move) notice = await AdoptAsync(db, feed, move, stop) ?? notice;
        return new FeedWritten(fetch?.Result ?? FetchResult.Failed, notice);
    }

    // Two feeds can lead to one address; then the second stays where it is and says so, rather than breaking the first.
    static async Task<FeedNotice?> AdoptAsync(MonitorDbContext db, Feed feed, FeedMove move, CancellationToken stop)
    {
        if (await db.Set<Feed>().AnyAsync(f => f.Url == move.To, stop)) return null;
        var old = feed.Url;
        (feed.Url, feed.State) = (move.To, FeedState.Healthy);
        feed.Track = feed.Track with { Move = null, Former = [.. feed.Track.Former.Where(f => f != feed.Url), old] };
        // It was led here without what was given for the old place alone, and goes on without it.
        if (!RedirectFollower.IsSameOrigin(new Uri(old), new Uri(feed.Url)))
        {
            feed.Settings = feed.Settings with
            {
                User = null,
                Password = null,
                Headers = feed.Settings.Headers is { } headers ? RedirectFollower.Harmless(headers).ToDictionary() : null,
            };
        }
        return new FeedNotice(feed.Id, feed.Url, FeedState.Moved, FeedState.Healthy,
            $"{feed.Title ?? old} has moved from {old} to {feed.Url}; the new address is used.");
    }
}
