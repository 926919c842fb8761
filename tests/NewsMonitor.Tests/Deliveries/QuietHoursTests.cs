using System.Globalization;
using NewsMonitor.Deliveries;

namespace NewsMonitor.Tests.Deliveries;

public class QuietHoursTests
{
    [Theory]
    // Iraq has no daylight saving: always three hours ahead.
    [InlineData("Asia/Baghdad", "22:00-06:30", "2026-03-28T19:00Z", "2026-03-29T03:30Z")]
    [InlineData("Asia/Baghdad", "22:00-06:30", "2026-03-29T03:29Z", "2026-03-29T03:30Z")]
    [InlineData("Asia/Baghdad", "22:00-06:30", "2026-03-29T03:30Z", null)]
    [InlineData("Asia/Baghdad", "12:00-13:00", "2026-07-01T09:30Z", "2026-07-01T10:00Z")]
    // Berlin, 29 March 2026: 02:00 becomes 03:00. The night is an hour shorter.
    [InlineData("Europe/Berlin", "22:00-06:00", "2026-03-28T21:00Z", "2026-03-29T04:00Z")]
    [InlineData("Europe/Berlin", "22:00-06:00", "2026-03-29T04:00Z", null)]
    // The end falls into the gap: quiet ends when the clock jumps.
    [InlineData("Europe/Berlin", "22:00-02:30", "2026-03-29T00:59Z", "2026-03-29T01:00Z")]
    [InlineData("Europe/Berlin", "22:00-02:30", "2026-03-29T01:00Z", null)]
    // The whole stretch falls into the gap: there is no quiet that day.
    [InlineData("Europe/Berlin", "02:10-02:50", "2026-03-29T01:00Z", null)]
    // Berlin, 25 October 2026: 03:00 becomes 02:00. An end of 02:30 is the first 02:30.
    [InlineData("Europe/Berlin", "22:00-02:30", "2026-10-25T00:29Z", "2026-10-25T00:30Z")]
    [InlineData("Europe/Berlin", "22:00-02:30", "2026-10-25T01:15Z", null)]
    [InlineData("Europe/Berlin", "22:00-06:00", "2026-10-24T20:00Z", "2026-10-25T05:00Z")]
    // New York, 8 March and 1 November 2026.
    [InlineData("America/New_York", "23:00-07:00", "2026-03-08T04:00Z", "2026-03-08T11:00Z")]
    [InlineData("America/New_York", "23:00-07:00", "2026-11-01T03:00Z", "2026-11-01T12:00Z")]
    [InlineData("America/New_York", "23:00-07:00", "2026-11-01T02:59Z", null)]
    public void QuietEndsAtTheWallClocksTime(string zone, string hours, string now, string? until)
    {
        var end = QuietHours.Parse(hours).QuietUntil(Utc(now), TimeZoneInfo.FindSystemTimeZoneById(zone));
        Assert.Equal(until is null ? null : Utc(until), end);
    }

    [Theory]
    [InlineData("22:00")]
    [InlineData("22:00-22:00")]
    [InlineData("25:00-06:00")]
    [InlineData("quiet")]
    public void WhatIsNoStretchOfADayIsRefused(string text) => Assert.Throws<FormatException>(() => QuietHours.Parse(text));

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Asia/Baghdad")]
    public void EveryMinuteOfAYearIsQuietExactlyWhenTheWallClockSaysSo(string id)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(id);
        var quiet = QuietHours.Parse("22:15-06:45");
        for (var now = Utc("2026-01-01T00:00Z"); now < Utc("2027-01-01T00:00Z"); now = now.AddMinutes(7))
        {
            var clock = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
            var expected = clock >= quiet.From || clock < quiet.To;
            Assert.True(quiet.QuietUntil(now, zone) is not null == expected, $"{now:o} in {id}");
        }
    }

    internal static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
