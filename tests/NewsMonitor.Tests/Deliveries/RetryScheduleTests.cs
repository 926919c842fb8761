using NewsMonitor.Deliveries;

namespace NewsMonitor.Tests.Deliveries;

public class RetryScheduleTests
{
    [Fact]
    public void WaitsAreThoseOfTheStandardAndThenItEnds()
    {
        var waits = Enumerable.Range(1, 10).Select(n => RetrySchedule.After(n, 0)).ToList();
        Assert.Equal(
            [
                TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
                TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24), null,
            ],
            waits);
        Assert.Equal(10, RetrySchedule.MostAttempts);
    }

    [Fact]
    public void JitterLengthensByUpToATenth() => Assert.Equal(TimeSpan.FromSeconds(5.5), RetrySchedule.After(1, 1));

    [Fact]
    public void TheOtherSidesWishIsHonouredWhereItIsLonger()
    {
        Assert.Equal(TimeSpan.FromSeconds(90), RetrySchedule.After(1, 0, TimeSpan.FromSeconds(90)));
        Assert.Equal(TimeSpan.FromMinutes(5), RetrySchedule.After(2, 0, TimeSpan.FromSeconds(90)));
        Assert.Equal(TimeSpan.FromHours(24), RetrySchedule.After(1, 0, TimeSpan.FromDays(365)));
    }

    [Theory]
    [InlineData(1, 5, 5)]
    [InlineData(2, 300, 30)]
    [InlineData(5, 18_000, 30)]
    public void AMessageThatIsRefusedAgainHoldsUpTheOthersForHalfAMinute(int attempts, int waits, int pauses)
    {
        var now = new DateTimeOffset(2026, 11, 27, 8, 0, 0, TimeSpan.Zero);
        var outcome = Outcome.Of(Verdict.Retry(500, "HTTP 500"), attempts, null, now, jitter: 0, TimeSpan.FromDays(5));
        Assert.Equal(now.AddSeconds(waits), outcome.NextAttemptAt);
        Assert.Equal(now.AddSeconds(pauses), outcome.PausedUntil);
    }
}
