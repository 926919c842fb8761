namespace NewsMonitor.Feeds;

/// <summary>How a feed publishes, measured on the dates of the items that it lists.</summary>
/// <param name="Count">Dated items that were measured.</param>
/// <param name="TypicalGap">Median time between two items; null with fewer than three.</param>
/// <param name="LargestGap">The longest pause among them.</param>
/// <param name="Span">From the oldest item to the newest: what is missed when a poll comes later than this.</param>
public sealed record Rhythm(int Count, TimeSpan? TypicalGap, TimeSpan? LargestGap, TimeSpan? Span)
{
    public static readonly Rhythm Unknown = new(0, null, null, null);

    const int FewestToMeasure = 3;
    const int FewestToJudge = 5;
    static readonly TimeSpan FutureSlack = TimeSpan.FromHours(1);
    static readonly TimeSpan ShortestSilence = TimeSpan.FromDays(1);

    /// <summary>Dates of the future are a publisher's mistake or an announcement, and are left out.</summary>
    public static Rhythm Of(IEnumerable<DateTimeOffset> published, DateTimeOffset now)
    {
        var dates = published.Where(d => d <= now + FutureSlack).OrderDescending().Take(100).ToList();
        if (dates.Count < FewestToMeasure) return new Rhythm(dates.Count, null, null, null);
        var gaps = dates.Zip(dates.Skip(1), (newer, older) => newer - older).Order().ToList();
        var span = dates[0] - dates[^1];
        // Feeds that stamp all their items with one time say nothing by it.
        return span == TimeSpan.Zero
            ? new Rhythm(dates.Count, null, null, null) : new Rhythm(dates.Count, Median(gaps, span), gaps[^1], span);
    }

    /// <summary>A feed that usually publishes has stopped: three times its longest pause has passed, and a day at least.</summary>
    public bool IsSilent(DateTimeOffset? lastItem, DateTimeOffset now) =>
        Count >= FewestToJudge && LargestGap is { } largest && lastItem is { } last
        && now - last > (largest * 3 > ShortestSilence ? largest * 3 : ShortestSilence);

    // Items often come in bursts of one time; then the mean tells more than a median of zero.
    static TimeSpan Median(List<TimeSpan> gaps, TimeSpan span)
    {
        var median = gaps[gaps.Count / 2];
        return median > TimeSpan.FromMinutes(1) ? median : span / gaps.Count;
    }
}
