namespace NewsMonitor.Deliveries;

/// <summary>When a recipient's digests are due: at the full hour, or once a day at a local time. One a period, whatever the clocks do.</summary>
public static class DigestTimes
{
    public static readonly TimeOnly DefaultDailyTime = new(8, 0);

    /// <summary>The first moment after <paramref name="now"/> at which a digest is due.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The mode has no digests.</exception>
    public static DateTimeOffset Next(DateTimeOffset now, DeliveryMode mode, TimeOnly daily, TimeZoneInfo zone) => mode switch
    {
        DeliveryMode.Hourly => NextHour(now, zone),
        DeliveryMode.Daily => NextDay(now, daily, zone),
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Only hourly and daily recipients have digests."),
    };

    static DateTimeOffset NextHour(DateTimeOffset now, TimeZoneInfo zone)
    {
        // Some zones stand half an hour off, so the full hour is taken on the wall clock, and the step in real time.
        var local = TimeZoneInfo.ConvertTime(now, zone);
        var past = new TimeSpan(0, 0, local.Minute, local.Second) + TimeSpan.FromTicks(local.Ticks % TimeSpan.TicksPerSecond);
        return (now - past + TimeSpan.FromHours(1)).ToUniversalTime();
    }

    static DateTimeOffset NextDay(DateTimeOffset now, TimeOnly daily, TimeZoneInfo zone)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        for (; ; day = day.AddDays(1))
        {
            var due = LocalTime.ToUtc(day.ToDateTime(daily), zone);
            if (due > now)
            {
                return due;
            }
        }
    }
}
