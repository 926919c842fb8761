namespace FeedParser.Dates;

/// <summary>
/// RFC 822 and its relatives (asctime, RFC 850, dates as newsrooms write them) by what their parts are rather than where they stand:
/// a clock, a month by name, numbers for day and year, a zone behind the clock.
/// </summary>
ref struct WordyDate
{
    // Dates in Korean carry no zone, and Korea has but one.
    const int KoreanTime = 540;

    readonly ReadOnlySpan<char> text;
    int at;
    int month, day, year;
    int numbers;
    Number first, second, third;
    TimeSpan time;
    bool hasTime, afternoon, morning, korean;
    int? offset;

    WordyDate(ReadOnlySpan<char> text) => this.text = text;

    public static DateTimeOffset? Parse(string text)
    {
        if (UnixTime(text) is { } moment)
        {
            return moment;
        }

        var date = new WordyDate(text);
        return date.Scan() ? date.Build() : null;
    }

    // Seconds have ten digits from 2001 on, milliseconds thirteen.
    static DateTimeOffset? UnixTime(string text) => text.Length is 9 or 10 or 13 && long.TryParse(text, out long value) && value > 0
        ? text.Length == 13 ? DateTimeOffset.FromUnixTimeMilliseconds(value) : DateTimeOffset.FromUnixTimeSeconds(value)
        : null;

    bool Scan()
    {
        while (at < text.Length)
        {
            char c = text[at];
            if (char.IsAsciiDigit(c))
            {
                if (!ReadNumber())
                {
                    return false;
                }
            }
            else if (char.IsLetter(c))
            {
                ReadWord();
            }
            else if (c is '+' or '-' && hasTime && offset is null && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))
            {
                if (!ReadZone())
                {
                    return false;
                }
            }
            else
            {
                at++;
            }
        }

        return true;
    }

    bool ReadNumber()
    {
        int end = at;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        int length = end - at;
        bool clock = length <= 2 && end + 1 < text.Length && text[end] is ':' or 'h' or 'H' && char.IsAsciiDigit(text[end + 1]);
        if (clock && !hasTime)
        {
            var rest = text[at..];
            string? french = text[end] == ':' ? null : string.Concat(text[at..end], ":", text[(end + 1)..]);
            var source = french is null ? rest : french.AsSpan();
            var left = source;
            if (!Clock.Read(ref left, out time))
            {
                return false;
            }

            hasTime = true;
            at += source.Length - left.Length;
            return true;
        }

        if (length > 4)
        {
            return false;
        }

        int value = int.Parse(text[at..end]);
        char unit = end < text.Length ? text[end] : '\0';
        at = end;
        switch (unit)
        {
            case '년' or '年':
                korean |= unit == '년';
                year = value;
                break;
            case '월' or '月':
                month = value;
                at++;
                break;
            case '일' or '日':
                day = value;
                break;
            default:
                if (hasTime && length == 4 && offset is null && numbers >= (month > 0 ? 2 : 3))
                {
                    // A zone without its sign.
                    offset = ((value / 100) * 60) + (value % 100);
                    return true;
                }

                return Keep(new(value, length, unit));
        }

        return true;
    }

    bool Keep(Number number)
    {
        switch (numbers++)
        {
            case 0:
                first = number;
                return true;
            case 1:
                second = number;
                return true;
            case 2:
                third = number;
                return true;
            default:
                return number.Length == 4;
        }
    }

    void ReadWord()
    {
        int end = WordEnd(at);
        var word = text[at..end];
        int start = at;
        at = end;
        if (month == 0)
        {
            // Names of two words (كانون الثاني) are looked up before the first word alone.
            if (end < text.Length && text[end] == ' ')
            {
                int next = WordEnd(end + 1);
                if (FindMonth(text[start..next], out month))
                {
                    at = next;
                    return;
                }
            }

            if (FindMonth(word, out month) || (word.Length > 3 && word[0] < 128 && FindMonth(word[..3], out month) && !IsWeekday(word)))
            {
                return;
            }
        }

        if (!hasTime)
        {
            morning |= word.SequenceEqual("오전") || word.SequenceEqual("上午");
            korean |= word.SequenceEqual("오전") || word.SequenceEqual("오후");
            afternoon |= word.SequenceEqual("오후") || word.SequenceEqual("下午");
        }
        else if (offset is null && (Zone.IsName(word) || word.Equals("Etc", StringComparison.OrdinalIgnoreCase)))
        {
            at = start;
            ReadZone();
        }
    }

    static bool IsWeekday(ReadOnlySpan<char> word) => word.EndsWith("day", StringComparison.OrdinalIgnoreCase);

    static bool FindMonth(ReadOnlySpan<char> word, out int month) =>
        Months.Numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out month);

    readonly int WordEnd(int from)
    {
        while (from < text.Length && (char.IsLetter(text[from]) || char.GetUnicodeCategory(text[from]) is
            System.Globalization.UnicodeCategory.NonSpacingMark))
        {
            from++;
        }

        return from;
    }

    // The zone ends at a space that a year follows (date's own form: "PDT 2004").
    bool ReadZone()
    {
        int end = at + 1;
        while (end < text.Length && text[end] != ' ')
        {
            end++;
        }

        if (end + 1 < text.Length && text[end + 1] is '+' or '-')
        {
            for (end++; end < text.Length && text[end] != ' '; end++)
            {
            }
        }

        bool read = Zone.Read(text[at..end], out int minutes);
        offset = minutes;
        at = end;
        return read;
    }

    DateTimeOffset? Build()
    {
        if (!(month == 0 || (day > 0 && year > 0) ? Numeric() : Named()))
        {
            return null;
        }

        if (afternoon && time.Hours < 12)
        {
            time += TimeSpan.FromHours(12);
        }
        else if (morning && time.Hours == 12)
        {
            time -= TimeSpan.FromHours(12);
        }

        return Calendars.Day(year, month, day, out var date) ? Moment.At(date, time, offset ?? (korean ? KoreanTime : 0)) : null;
    }

    // A month by name, or by its unit, leaves day and year.
    bool Named()
    {
        if (year == 0 && day == 0 && numbers == 1 && first.Length == 4)
        {
            (year, day) = (first.Value, 1);
            return true;
        }

        if (numbers < 2)
        {
            return false;
        }

        bool yearFirst = first.Length == 4 || first.Value > 31;
        var (years, days) = yearFirst ? (first, second) : (second, first);
        if (years.Length == 3)
        {
            return false;
        }

        (year, day) = (Moment.Century(years.Value), days.Value);
        return true;
    }

    // Numbers alone: the year first, or the day first where dots or a value above 12 say so; what could be either is not read.
    bool Numeric()
    {
        if (year > 0 && day > 0 && month > 0)
        {
            return true;
        }

        if (numbers < 3)
        {
            return false;
        }

        if (first.Length == 4)
        {
            (year, month, day) = (first.Value, second.Value, third.Value);
            return month <= 12;
        }

        if (third.Length is not (2 or 4) || (third.Length == 2 && first.After != '.'))
        {
            return false;
        }

        year = Moment.Century(third.Value);
        bool dayFirst = first.After == '.' || first.Value > 12 || first.Value == second.Value || year is > 1300 and < 1500;
        if (!dayFirst && second.Value <= 12)
        {
            return false;
        }

        (day, month) = dayFirst ? (first.Value, second.Value) : (second.Value, first.Value);
        return month <= 12;
    }

    readonly record struct Number(int Value, int Length, char After);
}
