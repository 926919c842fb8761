using NewsMonitor.Database;

namespace NewsMonitor.Feeds;

/// <summary>Writes down what one look at a feed brought: the feed's own state, when to look next, and a line of its history.</summary>
public sealed class PollOutcome(FetchPace pace, Random random)
{
    public static FetchRequest Request(Feed feed, DateTimeOffset now) => FeedFetcher.IsWholeFetchDue(feed.LastWholeFetchAt, now)
        ? new FetchRequest(new Uri(feed.Url)) { Settings = feed.Settings }
        : new FetchRequest(new Uri(feed.Url), feed.Etag, feed.LastModified) { Settings = feed.Settings };

    public static FetchResult Result(FetchOutcome outcome) => outcome switch
    {
        FetchOutcome.Content => FetchResult.Fetched,
        FetchOutcome.NotModified => FetchResult.NotModified,
        FetchOutcome.Gone => FetchResult.Gone,
        _ => FetchResult.Failed,
    };

    public void Record(
        MonitorDbContext db, Feed feed, FeedParser.Feed? document, FetchOutcome outcome, int newArticles, TimeSpan took, DateTimeOffset now)
    {
        var failed = outcome as FetchOutcome.Failed;
        feed.ClaimedUntil = null;
        feed.LastFetchAt = now;
        feed.LastError = failed?.Message;
        feed.Failures = failed is null ? 0 : feed.Failures + 1;
        feed.State = outcome switch
        {
            FetchOutcome.Gone => FeedState.Gone,
            FetchOutcome.Failed => FeedState.Failing,
            _ => FeedState.Healthy,
        };
        if (failed is null)
        {
            feed.LastSuccessAt = now;
        }

        if (document is not null)
        {
            feed.Title ??= document.Title;
            feed.SiteUrl ??= document.Link;
            feed.Language ??= document.Language;
            feed.LastWholeFetchAt = now;
            (feed.Etag, feed.LastModified) = (outcome.Caching.Etag, outcome.Caching.LastModified);
            feed.LastItemAt = document.Items.Max(i => i.Published ?? i.Updated)?.ToUniversalTime() ?? feed.LastItemAt;
        }

        feed.NextFetchAt = NextFetch.After(new FetchFacts
        {
            Now = now,
            Pace = pace,
            Interval = feed.Settings.Interval,
            Rhythm = document is null ? Rhythm.Unknown : Rhythm.Of(document.Items.Select(i => i.Published ?? i.Updated).OfType<DateTimeOffset>(), now),
            Freshness = outcome.Caching.Freshness,
            UpdateInterval = document?.UpdateInterval,
            Failures = feed.Failures,
            FailureKind = failed?.Kind ?? FailureKind.Temporary,
            RetryAfter = failed?.HostWait,
            Jitter = random.NextDouble(),
        }).At;
        db.Add(new FeedFetch
        {
            FeedId = feed.Id,
            At = now,
            Result = Result(outcome),
            HttpStatus = (int?)outcome.Status,
            DurationMs = (int)took.TotalMilliseconds,
            Bytes = (outcome as FetchOutcome.Content)?.Bytes.Length ?? 0,
            Items = document?.Items.Count ?? 0,
            NewArticles = newArticles,
            Error = failed?.Message,
        });
    }
}
