using System.Globalization;

namespace NewsMonitor.Deliveries;

/// <summary>
/// A stretch of every local day in which a recipient is left alone, such as <c>22:00-06:30</c>; it may pass midnight. Times are those
/// on the recipient's wall clock: where a clock change skips one it is the moment after the gap, where it repeats one, the first.
/// </summary>
public readonly record struct QuietHours(TimeOnly From, TimeOnly To)
{
    /// <summary>Reads <c>HH:mm-HH:mm</c>.</summary>
    /// <exception cref="FormatException">It is something else, or both ends are the same.</exception>
    public static QuietHours Parse(string text)
    {
        var ends = text.Split('-', '–');
        return ends.Length == 2 && Time(ends[0], out var from) && Time(ends[1], out var to) && from != to
            ? new QuietHours(from, to)
            : throw new FormatException($"'{text}' is no stretch of a day; write it as 22:00-06:30.");
    }

    public override string ToString() => $"{From:HH\\:mm}-{To:HH\\:mm}";

    /// <summary>The moment when the quiet that reigns at <paramref name="now"/> ends; null when none does.</summary>
    public DateTimeOffset? QuietUntil(DateTimeOffset now, TimeZoneInfo zone)
    {
        // The quiet of a day may have begun the day before, and a clock change may move either end, so each day is laid out in UTC.
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        for (var day = today.AddDays(-1); day <= today; day = day.AddDays(1))
        {
            var from = LocalTime.ToUtc(day.ToDateTime(From), zone);
            var to = LocalTime.ToUtc((From < To ? day : day.AddDays(1)).ToDateTime(To), zone);
            if (now >= from && now < to)
            {
                return to;
            }
        }
        return null;
    }

    static bool Time(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text.Trim(), ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}
