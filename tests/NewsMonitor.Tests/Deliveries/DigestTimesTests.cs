using NewsMonitor.Deliveries;
using static NewsMonitor.Tests.Deliveries.QuietHoursTests;

namespace NewsMonitor.Tests.Deliveries;

public class DigestTimesTests
{
    [Theory]
    [InlineData("Asia/Baghdad", "08:00", "2026-03-29T04:59Z", "2026-03-29T05:00Z")]
    [InlineData("Asia/Baghdad", "08:00", "2026-03-29T05:00Z", "2026-03-30T05:00Z")]
    // 08:00 in Berlin is 07:00 UTC in winter, 06:00 in summer; the day of the change itself has the new offset.
    [InlineData("Europe/Berlin", "08:00", "2026-03-28T07:00Z", "2026-03-29T06:00Z")]
    [InlineData("Europe/Berlin", "08:00", "2026-10-24T06:00Z", "2026-10-25T07:00Z")]
    // 02:30 does not exist on 29 March: the digest comes when the clock jumps, and the next one a day later.
    [InlineData("Europe/Berlin", "02:30", "2026-03-28T20:00Z", "2026-03-29T01:00Z")]
    [InlineData("Europe/Berlin", "02:30", "2026-03-29T01:00Z", "2026-03-30T00:30Z")]
    // 02:30 comes twice on 25 October: one digest, at the first.
    [InlineData("Europe/Berlin", "02:30", "2026-10-24T20:00Z", "2026-10-25T00:30Z")]
    [InlineData("Europe/Berlin", "02:30", "2026-10-25T00:30Z", "2026-10-26T01:30Z")]
    [InlineData("America/New_York", "02:30", "2026-03-08T00:00Z", "2026-03-08T07:00Z")]
    [InlineData("America/New_York", "01:30", "2026-11-01T00:00Z", "2026-11-01T05:30Z")]
    [InlineData("America/New_York", "01:30", "2026-11-01T05:30Z", "2026-11-02T06:30Z")]
    public void ADailyDigestComesAtTheWallClocksTime(string zone, string daily, string now, string due) => Assert.Equal(
        Utc(due),
        DigestTimes.Next(Utc(now), DeliveryMode.Daily, TimeOnly.ParseExact(daily, "HH:mm"), TimeZoneInfo.FindSystemTimeZoneById(zone)));

    [Theory]
    [InlineData("Asia/Baghdad", "2026-03-29T04:59:59.5Z", "2026-03-29T05:00Z")]
    [InlineData("Asia/Baghdad", "2026-03-29T05:00Z", "2026-03-29T06:00Z")]
    [InlineData("Asia/Kolkata", "2026-03-29T05:00Z", "2026-03-29T05:30Z")]
    [InlineData("Europe/Berlin", "2026-10-25T00:20Z", "2026-10-25T01:00Z")]
    [InlineData("Europe/Berlin", "2026-10-25T01:00Z", "2026-10-25T02:00Z")]
    public void AnHourlyDigestComesAtTheFullHour(string zone, string now, string due) => Assert.Equal(
        Utc(due), DigestTimes.Next(Utc(now), DeliveryMode.Hourly, default, TimeZoneInfo.FindSystemTimeZoneById(zone)));

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Asia/Baghdad")]
    public void EveryLocalDayOfAYearHasOneDailyDigest(string id)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(id);
        foreach (var daily in new TimeOnly[] { new(0, 0), new(1, 30), new(2, 0), new(2, 30), new(3, 0), new(23, 59) })
        {
            var days = new List<DateOnly>();
            var at = Utc("2025-12-31T00:00Z");
            for (var i = 0; i < 366; i++)
            {
                at = DigestTimes.Next(at, DeliveryMode.Daily, daily, zone);
                days.Add(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime));
            }
            Assert.Equal(Enumerable.Range(0, 366).Select(i => days[0].AddDays(i)), days);
        }
    }
}
