namespace NewsMonitor.Tests.Review;

/// <summary>A clock that stands until it is moved.</summary>
sealed class TestClock : TimeProvider
{
    long _ticks = new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero).UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
