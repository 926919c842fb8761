using NewsMonitor.Feeds;

namespace NewsMonitor.Tests.Feeds;

public class NextFetchTests
{
    // A Wednesday.
    static readonly DateTimeOffset Noon = new(2025, 3, 5, 12, 0, 0, TimeSpan.Zero);

    static TimeSpan M(double minutes) => TimeSpan.FromMinutes(minutes);

    static Rhythm Every(double minutes, int items = 20) => new(items, M(minutes), M(minutes * 3), M(minutes * (items - 1)));

    public static TheoryData<string, FetchFacts, double> Table => new()
    {
        { "unknown rhythm", new() { Now = Noon }, 15 },
        { "an item every 40 minutes", new() { Now = Noon, Rhythm = Every(40) }, 20 },
        { "an item a minute", new() { Now = Noon, Rhythm = Every(1, 100) }, 5 },
        { "an item a week", new() { Now = Noon, Rhythm = Every(7 * 24 * 60) }, 120 },
        { "ttl above the default", new() { Now = Noon, Ttl = M(60) }, 60 },
        { "ttl below the default", new() { Now = Noon, Ttl = M(5) }, 15 },
        { "ttl of a year", new() { Now = Noon, Ttl = TimeSpan.FromDays(365) }, 24 * 60 },
        { "ttl against the feed's own doing", new() { Now = Noon, Ttl = M(60), Rhythm = Every(20) }, 20 },
        { "sy:update daily", new() { Now = Noon, UpdateInterval = TimeSpan.FromDays(1) }, 24 * 60 },
        { "sy:update hourly and ttl 90", new() { Now = Noon, UpdateInterval = M(60), Ttl = M(90) }, 90 },
        { "sy:update hourly on a busy site", new() { Now = Noon, UpdateInterval = M(60), Rhythm = Every(12) }, 12 },
        { "max-age 30 minutes", new() { Now = Noon, Freshness = M(30) }, 30 },
        { "max-age of a minute", new() { Now = Noon, Freshness = M(1) }, 15 },
        { "max-age of a day counts an hour", new() { Now = Noon, Freshness = TimeSpan.FromDays(1) }, 60 },
        { "max-age holds on a busy site too", new() { Now = Noon, Freshness = M(20), Rhythm = Every(10) }, 20 },
        { "no wish lets items scroll out", new() { Now = Noon, Freshness = M(60), Ttl = M(60), Rhythm = new(10, M(4), M(8), M(36)) }, 18 },
        { "own interval against all hints", new() { Now = Noon, Interval = M(3), Ttl = M(60), Freshness = M(60), Rhythm = Every(40) }, 3 },
        { "own interval under the bound", new() { Now = Noon, Interval = TimeSpan.FromSeconds(5) }, 1 },
        { "own interval over the bound", new() { Now = Noon, Interval = TimeSpan.FromDays(9) }, 24 * 60 },
        { "cron", new() { Now = Noon, CronNext = Noon.AddMinutes(77), Ttl = M(300), Jitter = 1 }, 77 },
        { "cron within the minute", new() { Now = Noon, CronNext = Noon.AddSeconds(10) }, 1 },
        { "skipHours 12 and 13", new() { Now = Noon, SkipHours = [12, 13] }, 120 },
        { "skipHours elsewhere", new() { Now = Noon, SkipHours = [3, 4] }, 15 },
        { "skipHours over midnight", new() { Now = Noon.AddHours(11.5), SkipHours = [23, 0, 1] }, 150 },
        { "skipHours all", new() { Now = Noon, SkipHours = [.. Enumerable.Range(0, 24)] }, 15 },
        { "skipDays", new() { Now = Noon, SkipDays = [DayOfWeek.Wednesday] }, 12 * 60 },
        { "skipDays all", new() { Now = Noon, SkipDays = [.. Enum.GetValues<DayOfWeek>()] }, 15 },
        { "skipDays for half a week stay within a day",
            new() { Now = Noon, SkipDays = [DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday] }, 24 * 60 },
        { "own interval ignores skipHours", new() { Now = Noon, Interval = M(10), SkipHours = [12] }, 10 },
        { "a hub pushes", new() { Now = Noon, Pushed = true }, 60 },
        { "a hub pushes a slow feed", new() { Now = Noon, Pushed = true, Rhythm = Every(6 * 60) }, 240 },
        { "a hub pushes, but the person chose", new() { Now = Noon, Pushed = true, Interval = M(5) }, 5 },
        { "items were missed", new() { Now = Noon, GapAfter = M(16), Ttl = M(60) }, 8 },
        { "items were missed at the quickest pace", new() { Now = Noon, GapAfter = M(1) }, 1 },
        { "first temporary failure", new() { Now = Noon, Failures = 1, Rhythm = Every(4) }, 5 },
        { "second temporary failure of a quick feed", new() { Now = Noon, Failures = 2, Interval = M(1) }, 4 },
        { "fifth temporary failure", new() { Now = Noon, Failures = 5 }, 32 },
        { "first soft failure", new() { Now = Noon, Failures = 1, FailureKind = FailureKind.Soft, Interval = M(1) }, 10 },
        { "third soft failure", new() { Now = Noon, Failures = 3, FailureKind = FailureKind.Soft }, 40 },
        { "first hard failure", new() { Now = Noon, Failures = 1, FailureKind = FailureKind.Hard }, 60 },
        { "third hard failure", new() { Now = Noon, Failures = 3, FailureKind = FailureKind.Hard }, 240 },
        { "backoff grows to a day", new() { Now = Noon, Failures = 12 }, 24 * 60 },
        { "and stays there", new() { Now = Noon, Failures = 5000, FailureKind = FailureKind.Hard, Jitter = 1 }, 24 * 60 },
        { "backoff does not hurry a slow feed", new() { Now = Noon, Failures = 1, Interval = M(180) }, 180 },
        { "Retry-After", new() { Now = Noon, Failures = 1, RetryAfter = M(50) }, 50 },
        { "Retry-After shorter than the pace", new() { Now = Noon, Failures = 1, RetryAfter = M(1) }, 15 },
        { "Retry-After over an own interval", new() { Now = Noon, Interval = M(2), Failures = 1, RetryAfter = M(30) }, 30 },
        { "Retry-After of a month", new() { Now = Noon, Failures = 1, RetryAfter = TimeSpan.FromDays(30) }, 24 * 60 },
        { "jitter down", new() { Now = Noon, Interval = M(10), Jitter = 0 }, 9 },
        { "jitter up", new() { Now = Noon, Interval = M(10), Jitter = 1 }, 11 },
        { "jitter never cuts a Retry-After", new() { Now = Noon, Failures = 1, RetryAfter = M(50), Jitter = 0 }, 50 },
        { "other bounds", new() { Now = Noon, Pace = FetchPace.Standard with { Min = M(30) } }, 30 },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void TheNextLookComesWhenTheFactsSay(string name, FetchFacts facts, double minutes)
    {
        var next = NextFetch.After(facts);
        Assert.True(Math.Abs((next.At - facts.Now).TotalMinutes - minutes) < 0.001,
            $"{name}: {(next.At - facts.Now).TotalMinutes} min ({next.Why})");
        Assert.NotEmpty(next.Why);
    }

    [Fact]
    public void WhateverTheFactsTheNextLookStaysWithinItsBounds()
    {
        const int Seed = 20250305;
        Console.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        TimeSpan? Some() => random.Next(2) == 0 ? null : TimeSpan.FromSeconds(Math.Exp(random.NextDouble() * 20));
        for (var i = 0; i < 20_000; i++)
        {
            var facts = new FetchFacts
            {
                Now = Noon.AddMinutes(random.Next(100_000)), Interval = random.Next(4) == 0
                    ? Some() : null, Ttl = Some(), Freshness = Some(),
                UpdateInterval = Some(), RetryAfter = Some(), GapAfter = random.Next(4) == 0
                    ? Some() : null, Failures = random.Next(3) * random.Next(40),
                FailureKind = (FailureKind)random.Next(3), Jitter = random.NextDouble(), Pushed = random.Next(2) == 0,
                Rhythm = new Rhythm(9, Some(), Some(), Some()), SkipHours = [random.Next(24), random.Next(24)],
                SkipDays = [(DayOfWeek)random.Next(7)],
            };
            Assert.InRange(NextFetch.After(facts).At - facts.Now, facts.Pace.Min, facts.Pace.Max);
        }
    }

    [Fact]
    public void RhythmIsMeasuredOnTheDatesOfTheItems()
    {
        var dates = Enumerable.Range(0, 10).Select(i => Noon.AddMinutes(-30 * i)).Append(Noon.AddDays(40));
        var rhythm = Rhythm.Of(dates, Noon);
        Assert.Equal(new Rhythm(10, M(30), M(30), M(270)), rhythm);
        Assert.Null(Rhythm.Of([Noon, Noon, Noon, Noon], Noon).TypicalGap);
        Assert.Null(Rhythm.Of([Noon], Noon).TypicalGap);
    }

    [Fact]
    public void SilenceIsJudgedByTheFeedsOwnRhythm()
    {
        var daily = Rhythm.Of(Enumerable.Range(0, 10).Select(i => Noon.AddDays(-i)), Noon);
        Assert.False(daily.IsSilent(Noon, Noon.AddDays(2.9)));
        Assert.True(daily.IsSilent(Noon, Noon.AddDays(3.1)));
        var busy = Rhythm.Of(Enumerable.Range(0, 50).Select(i => Noon.AddMinutes(-10 * i)), Noon);
        Assert.False(busy.IsSilent(Noon, Noon.AddHours(20)));
        Assert.True(busy.IsSilent(Noon, Noon.AddHours(25)));
        Assert.False(Rhythm.Unknown.IsSilent(Noon, Noon.AddYears(1)));
    }
}
