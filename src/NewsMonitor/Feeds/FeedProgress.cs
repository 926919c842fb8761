using Document = FeedParser.Feed;

namespace NewsMonitor.Feeds;

/// <summary>One look at one feed, with what came of it further down the line.</summary>
public sealed record FeedLook(FetchOutcome Outcome)
{
    /// <summary>The body as a feed; null where there was none or it is no feed.</summary>
    public Document? Document { get; init; }

    /// <summary>Why the body is no feed.</summary>
    public string? NoFeed { get; init; }

    /// <summary>A hash over body and content type; null where there was no body.</summary>
    public string? Body { get; init; }

    /// <summary>The body is the one that was read before, so there is nothing in it to learn.</summary>
    public bool Unchanged { get; init; }

    /// <summary>Items that were not known before.</summary>
    public int NewItems { get; init; }
    public TimeSpan Duration { get; init; }

    /// <summary>The time that the look was due at.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>How long after its time the look began.</summary>
    public TimeSpan Late { get; init; }
    public NetworkVerdict Network { get; init; } = NetworkVerdict.Feed;

    /// <summary>True when no validators were sent.</summary>
    public bool Whole { get; init; }
}

/// <summary>Something about a feed that a person should hear of, once.</summary>
public sealed record FeedNotice(long FeedId, string Url, FeedState From, FeedState To, string Message);

/// <summary>Where the schedule's own numbers come from: bounds, chance, and the next time of a cron expression.</summary>
public sealed record Pacing(FetchPace Pace, double Jitter, Func<string, DateTimeOffset, DateTimeOffset?> Cron);

/// <summary>Applies one look to the feed's own record. Pure but for the record that it is given; the caller saves it.</summary>
public static class FeedProgress
{
    static readonly TimeSpan GapStays = TimeSpan.FromDays(1);
    static readonly TimeSpan SecondLook = TimeSpan.FromMinutes(1);
    const int FewestItemsForGap = 3;

    /// <summary>The history row (null where the service's own network is in doubt: nothing was learned) and what to tell people.</summary>
    public static (FeedFetch? Fetch, FeedNotice? Notice) Apply(Feed feed, FeedLook look, Pacing pacing, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(look);
        ArgumentNullException.ThrowIfNull(pacing);
        var before = feed.State;
        // A hub or a person asked for the feed while it was looked at, perhaps too late for this look.
        var asked = look.Due is { } due && feed.NextFetchAt != due;
        var sinceLast = now - feed.LastSuccessAt;
        feed.ClaimedUntil = null;
        if (look.Network != NetworkVerdict.Feed)
        {
            feed.Track = feed.Track with
            {
                DoubtSince = feed.Track.DoubtSince
                ?? now,
                Doubts = feed.Track.Doubts + 1,
                Reason = LookReason.NetworkInDoubt,
                Why = LookReason.NetworkInDoubt.Sentence(feed.Failures),
            };
            feed.NextFetchAt = now + SecondLook * (1 + pacing.Jitter / 4);
            return (null, null);
        }
        feed.LastFetchAt = now;
        feed.Track = feed.Track with { DoubtSince = null, Doubts = 0 };
        var (failure, result) = look.Outcome switch
        {
            FetchOutcome.Gone => (null, FetchResult.Gone),
            FetchOutcome.Failed failed => (failed, FetchResult.Failed),
            _ when look.NoFeed is { } reason =>
                (new FetchOutcome.Failed(FailureKind.Soft, reason) { Fault = FeedFault.NotAFeed }, FetchResult.NotAFeed),
            FetchOutcome.NotModified => (null, FetchResult.NotModified),
            { MovedTo: null } when look.Unchanged => (null, FetchResult.NotModified),
            _ => ((FetchOutcome.Failed?)null, look.Outcome.MovedTo is null ? FetchResult.Fetched : FetchResult.Moved),
        };
        if (result == FetchResult.Gone) Retire(feed);
        else if (failure is not null) Fail(feed, failure);
        else Succeed(feed, look, sinceLast, now);
        Plan(feed, failure, look.Outcome, pacing, now);
        if (asked)
        {
            feed.NextFetchAt = now;
            feed.Track = feed.Track with { Reason = LookReason.AskedFor, Why = LookReason.AskedFor.Sentence(feed.Failures) };
        }
        return (History(feed, look, result, failure?.Message, now), Notice(feed, before));
    }

    static void Retire(Feed feed)
    {
        (feed.State, feed.Enabled) = (FeedState.Gone, false);
        feed.LastError = "The publisher says that this feed has ended (410). It is no longer fetched; enable it again if that is wrong.";
        feed.Track = feed.Track with { Fault = FeedFault.Ended };
    }

    static void Fail(Feed feed, FetchOutcome.Failed failure)
    {
        feed.Failures++;
        (feed.LastError, feed.Track) = (failure.Message, feed.Track with { Fault = failure.Fault });
        var patience = failure.Kind switch { FailureKind.Hard => 1, FailureKind.Soft => 2, _ => 3 };
        if (feed.Failures >= patience) feed.State = FeedState.Failing;
    }

    static void Succeed(Feed feed, FeedLook look, TimeSpan? sinceLast, DateTimeOffset now)
    {
        (feed.Failures, feed.LastError, feed.LastSuccessAt) = (0, null, now);
        var outcome = look.Outcome;
        if (look.Whole && outcome is FetchOutcome.Content) feed.LastWholeFetchAt = now;
        if (outcome is FetchOutcome.Content) (feed.Etag, feed.LastModified) = (outcome.Caching.Etag, outcome.Caching.LastModified);
        if (look.Document is { } document) Learn(feed, document, look, sinceLast, now);
        feed.Track = feed.Track with { Move = FeedMove.Seen(feed.Track.Move, outcome.MovedTo, now), Fault = null };
        if (feed.Track.GapAt is { } gap && now - gap > GapStays) feed.Track = feed.Track with { GapAt = null, GapAfter = null };
        feed.State = feed.Track.GapAt is not null ? FeedState.Gap
            : feed.Track.Rhythm.IsSilent(feed.LastItemAt, now) ? FeedState.Silent
            : feed.Track.Move is not null ? FeedState.Moved
            : FeedState.Healthy;
    }

    static void Learn(Feed feed, Document document, FeedLook look, TimeSpan? sinceLast, DateTimeOffset now)
    {
        feed.Title ??= document.Title;
        feed.SiteUrl ??= document.Link;
        feed.Description ??= document.Description;
        feed.Language ??= document.Language;
        var dates = document.Items.Select(i => i.Published ?? i.Updated).OfType<DateTimeOffset>().ToList();
        // Nothing of this poll was there at the last one: what stood between the two has probably scrolled out.
        var missed = feed.LastItemAt is not null && document.Items.Count >= FewestItemsForGap && look.NewItems >= document.Items.Count;
        var newest = dates.Where(d => d <= now).DefaultIfEmpty().Max();
        if (newest > (feed.LastItemAt ?? default)) feed.LastItemAt = newest;
        if (look.NewItems > 0 && dates.Count == 0) feed.LastItemAt = now;
        feed.Track = feed.Track with
        {
            Rhythm = Rhythm.Of(dates, now),
            Body = look.Body,
            UpdateInterval = document.UpdateInterval,
            SkipHours = [.. document.SkipHours.Distinct()],
            SkipDays = [.. document.SkipDays.Distinct()],
            Hub = document.Hub,
            Topic = document.SelfLink,
            GapAt = missed ? now : feed.Track.GapAt,
            GapAfter = missed ? sinceLast : feed.Track.GapAfter,
        };
    }

    static void Plan(Feed feed, FetchOutcome.Failed? failure, FetchOutcome outcome, Pacing pacing, DateTimeOffset now)
    {
        var next = NextFetch.After(new FetchFacts
        {
            Now = now,
            Pace = pacing.Pace,
            Jitter = pacing.Jitter,
            Interval = feed.Settings.Interval,
            CronNext = feed.Settings.Cron is { } cron ? pacing.Cron(cron, now) : null,
            Rhythm = feed.Track.Rhythm,
            Freshness = outcome.Caching.Freshness,
            UpdateInterval = feed.Track.UpdateInterval,
            SkipHours = feed.Track.SkipHours,
            SkipDays = feed.Track.SkipDays,
            Pushed = feed.Track.PushedUntil > now,
            GapAfter = feed.Track.GapAfter,
            Failures = feed.Failures,
            FailureKind = failure?.Kind ?? FailureKind.Temporary,
            RetryAfter = failure?.HostWait,
        });
        feed.NextFetchAt = next.At;
        feed.Track = feed.Track with { Reason = next.Reason, Why = next.Why };
    }

    static FeedFetch History(Feed feed, FeedLook look, FetchResult result, string? error, DateTimeOffset now) => new()
    {
        FeedId = feed.Id,
        At = now,
        Result = result,
        HttpStatus = (int?)look.Outcome.Status,
        DurationMs = (int)look.Duration.TotalMilliseconds,
        LateMs = (int)Math.Clamp(look.Late.TotalMilliseconds, 0, int.MaxValue),
        Bytes = look.Outcome is FetchOutcome.Content content ? content.Bytes.Length : 0,
        Items = look.Document?.Items.Count ?? 0,
        NewArticles = look.NewItems,
        Error = error,
    };

    static FeedNotice? Notice(Feed feed, FeedState before)
    {
        if (feed.State == before) return null;
        var name = feed.Title ?? feed.Url;
        var message = feed.State switch
        {
            FeedState.Failing => $"{name} cannot be fetched: {feed.LastError} It is tried again, ever more rarely, at least once a day.",
            FeedState.Silent => $"{name} has stopped publishing: the last item is of {feed.LastItemAt:yyyy-MM-dd HH:mm} UTC.",
            FeedState.Gap => $"{name} publishes faster than it was looked at; items were probably missed. It is looked at more often now.",
            FeedState.Moved => $"{name} redirects to {feed.Track.Move?.To}. "
                + $"The new address is adopted when this holds on {FeedMove.DaysToAdopt} days.",
            FeedState.Gone => $"{name} has ended: {feed.LastError}",
            _ => $"{name} is healthy again.",
        };
        return new FeedNotice(feed.Id, feed.Url, before, feed.State, message);
    }
}
