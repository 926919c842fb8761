namespace NewsMonitor.Tests.Outbound;

/// <summary>A clock that moves when told to, beside timers that run in real time (limits stay limits).</summary>
sealed class ManualTime(DateTimeOffset? start = null) : TimeProvider
{
    DateTimeOffset _now = start ?? new DateTimeOffset(2025, 3, 1, 12, 0, 0, TimeSpan.Zero);
    long _ahead;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => System.GetTimestamp() + _ahead;

    public void Advance(TimeSpan by)
    {
        _now += by;
        _ahead += (long)(by.TotalSeconds * TimestampFrequency);
    }
}
