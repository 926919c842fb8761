namespace FeedParser.Dates;

/// <summary>Puts the parts of a date together; parts out of range give nothing.</summary>
static class Moment
{
    /// <summary>RFC 2822 section 4.3 puts the turn at 50; feeds hold news, so it lies at 90 here.</summary>
    public static int Century(int year) => year >= 100 ? year : year + (year < 90 ? 2000 : 1900);

    /// <summary>A day that its month does not have is no day.</summary>
    public static bool Day(int year, int month, int day, out DateOnly date)
    {
        date = default;
        if (year is < 1000 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateOnly(year, month, day);
        return true;
    }

    public static DateTimeOffset? Utc(DateOnly day, int hour, int minute, int second, int offsetMinutes) =>
        At(day, new TimeSpan(hour, minute, second), offsetMinutes);

    public static DateTimeOffset? At(DateOnly day, TimeSpan time, int offsetMinutes)
    {
        return new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue) + time - TimeSpan.FromMinutes(offsetMinutes), TimeSpan.Zero);
    }
}
