using System.Globalization;

namespace FeedParser.Dates;

/// <summary>
/// RFC 3339, W3CDTF with missing parts, and ISO 8601's basic, ordinal, week and two-digit forms, with the sloppiness feeds show:
/// a space for the T, one-digit parts, a zone without colon or behind a space.
/// </summary>
static class Iso8601
{
    public static DateTimeOffset? Parse(string text)
    {
        var rest = text.AsSpan();
        if (!ReadDay(ref rest, out var day))
        {
            return null;
        }

        if (rest.IsEmpty)
        {
            return Moment.Utc(day, 0, 0, 0, 0);
        }

        if (rest[0] is 'T' or 't' or ' ' or '_')
        {
            rest = rest[1..].TrimStart();
        }

        return Clock.Read(ref rest, out var time) && Zone.Read(rest, out int offset)
            ? Moment.At(day, time, offset)
            : null;
    }

    static bool ReadDay(ref ReadOnlySpan<char> rest, out DateOnly day)
    {
        day = default;
        if (rest.Length > 2 && rest[0] == '-')
        {
            // "-yy-mm" and "-yymm": the hyphen stands for the century.
            rest = rest[1..];
            return Digits(rest) == 4
                ? TakeDay(ref rest, 4, Moment.Century(Number(rest[..2])), Number(rest[2..4]), 1, out day)
                : Digits(rest) == 2 && ReadDay(ref rest, out day);
        }

        int digits = Digits(rest);
        bool dash = digits < rest.Length && rest[digits] == '-';
        switch (digits)
        {
            case 4 when rest[4..].TrimStart('-') is ['W', _, _, ..]:
                return TakeWeek(ref rest, out day);
            case 4 when dash:
                return ReadMonth(ref rest, Number(rest[..4]), 5, out day);
            case 4 when rest.Length == 4 || rest[4] is 'T' or ' ':
                return TakeDay(ref rest, 4, Number(rest[..4]), 1, 1, out day);
            case 8:
                return TakeDay(ref rest, 8, Number(rest[..4]), Number(rest[4..6]), Number(rest[6..8]), out day);
            case 14:
                // 20031231101455: the clock follows at once.
                return TakeDay(ref rest, 8, Number(rest[..4]), Number(rest[4..6]), Number(rest[6..8]), out day);
            case 7:
                return TakeOrdinal(ref rest, 7, Number(rest[..4]), Number(rest[4..7]), out day);
            case 5:
                return TakeOrdinal(ref rest, 5, Moment.Century(Number(rest[..2])), Number(rest[2..5]), out day);
            case 6:
                return TakeDay(ref rest, 6, Moment.Century(Number(rest[..2])), Number(rest[2..4]), Number(rest[4..6]), out day);
            case 2 when dash:
                return ReadMonth(ref rest, Moment.Century(Number(rest[..2])), 3, out day);
            default:
                return false;
        }
    }

    // Behind "YYYY-": MM-DD, MM, DDD.
    static bool ReadMonth(ref ReadOnlySpan<char> rest, int year, int start, out DateOnly day)
    {
        day = default;
        var tail = rest[start..];
        int digits = Digits(tail);
        if (digits == 3)
        {
            return TakeOrdinal(ref rest, start + 3, year, Number(tail[..3]), out day);
        }

        if (digits == 4)
        {
            return TakeDay(ref rest, start + 4, year, Number(tail[..2]), Number(tail[2..4]), out day);
        }

        if (digits is not (1 or 2))
        {
            return false;
        }

        int month = Number(tail[..digits]);
        if (digits == tail.Length || tail[digits] != '-')
        {
            return TakeDay(ref rest, start + digits, year, month, 1, out day);
        }

        var dayPart = tail[(digits + 1)..];
        int dayDigits = Digits(dayPart);
        return dayDigits is 1 or 2
            && TakeDay(ref rest, start + digits + 1 + dayDigits, year, month, Number(dayPart[..dayDigits]), out day);
    }

    // YYYY-Www-D, YYYYWwwD, YYYY-Www.
    static bool TakeWeek(ref ReadOnlySpan<char> rest, out DateOnly day)
    {
        day = default;
        int year = Number(rest[..4]);
        var tail = rest[4..].TrimStart('-')[1..];
        bool valid = Digits(tail) >= 2 && year is >= 1000 and <= 9998 && Number(tail[..2]) is >= 1 and <= 53;
        if (!valid)
        {
            return false;
        }

        int week = Number(tail[..2]);
        tail = tail[2..];
        var dayPart = tail.TrimStart('-');
        bool hasDay = dayPart is [>= '1' and <= '7', ..];
        rest = hasDay ? dayPart[1..] : tail;
        day = DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, hasDay ? (DayOfWeek)((dayPart[0] - '0') % 7) : DayOfWeek.Monday));
        return true;
    }

    static bool TakeOrdinal(ref ReadOnlySpan<char> rest, int length, int year, int dayOfYear, out DateOnly day)
    {
        day = default;
        if (year is < 1000 or > 9998 || dayOfYear is < 1 or > 366)
        {
            return false;
        }

        rest = rest[length..];
        day = new DateOnly(year, 1, 1).AddDays(dayOfYear - 1);
        return true;
    }

    static bool TakeDay(ref ReadOnlySpan<char> rest, int length, int year, int month, int dayOfMonth, out DateOnly day)
    {
        if (month > 12 || !Calendars.Day(year, month, dayOfMonth, out day))
        {
            day = default;
            return false;
        }

        rest = rest[length..];
        return true;
    }

    static int Digits(ReadOnlySpan<char> text)
    {
        int count = 0;
        while (count < text.Length && char.IsAsciiDigit(text[count]))
        {
            count++;
        }

        return count;
    }

    static int Number(ReadOnlySpan<char> digits) => int.Parse(digits);
}
