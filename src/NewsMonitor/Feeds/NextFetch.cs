namespace NewsMonitor.Feeds;

/// <summary>Bounds of the schedule; section <c>Monitor:Fetch</c>.</summary>
/// <param name="Min">No feed is asked more often.</param>
/// <param name="Max">No feed is asked less often, not even one that fails.</param>
/// <param name="Default">For a feed whose rhythm is not known.</param>
/// <param name="FastestByRate">The quickest pace that a publication rate alone leads to.</param>
/// <param name="SlowestByRate">The slowest pace that a publication rate alone leads to.</param>
public sealed record FetchPace(TimeSpan Min, TimeSpan Max, TimeSpan Default, TimeSpan FastestByRate, TimeSpan SlowestByRate)
{
    public static readonly FetchPace Standard = new(
        TimeSpan.FromMinutes(1), TimeSpan.FromHours(24), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(5), TimeSpan.FromHours(2));
}

/// <summary>Everything that bears on when to look at a feed again.</summary>
public sealed record FetchFacts
{
    public required DateTimeOffset Now { get; init; }
    public FetchPace Pace { get; init; } = FetchPace.Standard;

    /// <summary>The person's choice; it replaces rhythm and hints.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>The next time of the person's cron expression; it replaces rhythm and hints.</summary>
    public DateTimeOffset? CronNext { get; init; }

    public Rhythm Rhythm { get; init; } = Rhythm.Unknown;
    public TimeSpan? Freshness { get; init; }
    public TimeSpan? Ttl { get; init; }

    /// <summary>sy:updatePeriod divided by sy:updateFrequency.</summary>
    public TimeSpan? UpdateInterval { get; init; }

    /// <summary>Hours 0 to 23 in UTC.</summary>
    public IReadOnlyCollection<int> SkipHours { get; init; } = [];
    public IReadOnlyCollection<DayOfWeek> SkipDays { get; init; } = [];

    /// <summary>A hub pushes this feed, so polling is a safety net.</summary>
    public bool Pushed { get; init; }

    /// <summary>The last two polls did not overlap; then the time between them.</summary>
    public TimeSpan? GapAfter { get; init; }

    /// <summary>Failures in a row, 0 after a success.</summary>
    public int Failures { get; init; }
    public FailureKind FailureKind { get; init; }

    /// <summary>Retry-After of this answer or the pause that the host asked for.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>0 to 1; .5 is no jitter.</summary>
    public double Jitter { get; init; } = 0.5;
}

/// <param name="At">When to look next.</param>
/// <param name="Reason">What decided.</param>
/// <param name="Why">The same in a few words.</param>
public sealed record NextFetchTime(DateTimeOffset At, LookReason Reason, string Why);

/// <summary>When to look at a feed again: one pure function.</summary>
public static class NextFetch
{
    static readonly TimeSpan LongestFreshness = TimeSpan.FromHours(1);
    static readonly TimeSpan SlowestPushed = TimeSpan.FromHours(4);
    const int PushedSlowdown = 4;
    const double JitterShare = 0.1;

    public static NextFetchTime After(FetchFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var (delay, why, jitter) = Usual(facts);
        if (facts.Failures > 0 && Backoff(facts) is var backoff && backoff > delay)
            (delay, why, jitter) = (backoff, LookReason.Failures, true);
        if (jitter) delay *= 1 - JitterShare + 2 * JitterShare * facts.Jitter;
        if (facts.RetryAfter is { } wait && wait > delay) (delay, why) = (wait, LookReason.HostAskedToWait);
        return new NextFetchTime(facts.Now + Bound(delay, facts.Pace), why, why.Sentence(facts.Failures));
    }

    static (TimeSpan Delay, LookReason Why, bool Jitter) Usual(FetchFacts facts)
    {
        if (facts.CronNext is { } cron) return (cron - facts.Now, LookReason.OwnSchedule, false);
        if (facts.Interval is { } interval) return (interval, LookReason.OwnInterval, true);
        var (delay, why) = ByRhythm(facts);
        if (Asked(facts) is var (asked, hint) && asked > delay) (delay, why) = (asked, hint);
        if (facts.GapAfter is { } between && between / 2 < delay) return (between / 2, LookReason.ItemsMissed, true);
        if (facts.Pushed) (delay, why) = (Min(delay * PushedSlowdown, Max(delay, SlowestPushed)), LookReason.HubPushes);
        var allowed = AfterSkipped(facts.Now + delay, facts);
        return allowed > facts.Now + delay ? (allowed - facts.Now, LookReason.SkippedTimes, false) : (delay, why, true);
    }

    static (TimeSpan Delay, LookReason Why) ByRhythm(FetchFacts facts)
    {
        if (facts.Rhythm.TypicalGap is not { } gap) return (facts.Pace.Default, LookReason.RhythmUnknown);
        return (Min(Max(gap / 2, facts.Pace.FastestByRate), facts.Pace.SlowestByRate), LookReason.PublicationRate);
    }

    // The publisher's wishes are lower bounds, with two limits: a feed that visibly publishes more often than its ttl or sy:update* says
    // (many programs write a fixed value) is believed by what it does, and no wish may let items scroll out of the feed unseen.
    static (TimeSpan Delay, LookReason Why)? Asked(FetchFacts facts)
    {
        (TimeSpan Delay, LookReason Why) asked = (TimeSpan.Zero, LookReason.Ttl);
        if (facts.Ttl is { } ttl) asked = (ttl, LookReason.Ttl);
        if (facts.UpdateInterval is { } update && update > asked.Delay) asked = (update, LookReason.UpdatePeriod);
        if (facts.Rhythm.TypicalGap is { } gap && gap < asked.Delay)
            asked = (gap, asked.Why == LookReason.Ttl ? LookReason.RateAgainstTtl : LookReason.RateAgainstUpdatePeriod);
        if (facts.Freshness is { } fresh && Min(fresh, LongestFreshness) is var held && held > asked.Delay)
            asked = (held, LookReason.Freshness);
        if (facts.Rhythm.Span is { } span && span / 2 < asked.Delay) asked = (span / 2, LookReason.ItemsWouldScrollOut);
        return asked.Delay > TimeSpan.Zero ? asked : null;
    }

    static TimeSpan Backoff(FetchFacts facts)
    {
        var first = facts.FailureKind switch
        {
            FailureKind.Temporary => TimeSpan.FromMinutes(2),
            FailureKind.Soft => TimeSpan.FromMinutes(10),
            _ => TimeSpan.FromHours(1),
        };
        return Min(first * Math.Pow(2, Math.Min(facts.Failures - 1, 20)), facts.Pace.Max);
    }

    static DateTimeOffset AfterSkipped(DateTimeOffset at, FetchFacts facts)
    {
        // A feed that skips everything skips nothing.
        for (var hours = 0; hours <= 24 && facts.SkipHours.Count < 24 && facts.SkipDays.Count < 7; hours++)
        {
            var utc = at.UtcDateTime;
            if (!facts.SkipHours.Contains(utc.Hour) && !facts.SkipDays.Contains(utc.DayOfWeek)) return at;
            at = new DateTimeOffset(utc.Date.AddHours(utc.Hour + 1), TimeSpan.Zero);
        }
        return at;
    }

    static TimeSpan Bound(TimeSpan delay, FetchPace pace) => Min(Max(delay, pace.Min), pace.Max);

    static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
