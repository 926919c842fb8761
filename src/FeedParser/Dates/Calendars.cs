using System.Globalization;

namespace FeedParser.Dates;

/// <summary>
/// Days of the Gregorian, Jalali and Hijri calendars. The year tells which: no news is from the Gregorian 1300s and 1400s, and the years
/// that the Jalali and the Hijri calendar have lately gone through do not overlap.
/// </summary>
static class Calendars
{
    static readonly PersianCalendar Jalali = new();
    static readonly UmAlQuraCalendar Hijri = new();

    /// <summary>The day; months from 21 are Jalali, from 41 Hijri, as <see cref="Months"/> numbers them.</summary>
    public static bool Day(int year, int month, int day, out DateOnly date)
    {
        if (month > 40)
        {
            return InHijri(year, month - 40, day, out date);
        }

        if (month > 20)
        {
            return InJalali(year, month - 20, day, out date);
        }

        return year switch
        {
            >= 1370 and <= 1415 => InJalali(year, month, day, out date),
            >= 1420 and <= 1470 => InHijri(year, month, day, out date),
            _ => Moment.Day(year, month, day, out date),
        };
    }

    static bool InJalali(int year, int month, int day, out DateOnly date)
    {
        date = default;
        bool valid = year is >= 1300 and < 1500 && month is >= 1 and <= 12 && day >= 1 && day <= Jalali.GetDaysInMonth(year, month);
        if (valid)
        {
            date = DateOnly.FromDateTime(Jalali.ToDateTime(year, month, day, 0, 0, 0, 0));
        }

        return valid;
    }

    // A Hijri month that a sighting made 30 days long counts on into the next.
    static bool InHijri(int year, int month, int day, out DateOnly date)
    {
        date = default;
        bool valid = year is >= 1320 and <= 1499 && month is >= 1 and <= 12 && day is >= 1 and <= 30;
        if (valid)
        {
            date = DateOnly.FromDateTime(Hijri.ToDateTime(year, month, 1, 0, 0, 0, 0).AddDays(day - 1));
        }

        return valid;
    }
}
