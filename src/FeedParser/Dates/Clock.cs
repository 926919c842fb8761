namespace FeedParser.Dates;

/// <summary>Reads a time of day (RFC 822 section 5.1): hours and minutes, seconds and fractions if given, AM or PM behind.</summary>
static class Clock
{
    public static bool Read(ref ReadOnlySpan<char> text, out TimeSpan time)
    {
        time = default;
        int at = 0;
        int digits = Digits(text);
        int hour, minute = 0, second = 0;
        double fraction = 0;
        if (digits is 4 or 6)
        {
            hour = int.Parse(text[..2]);
            minute = int.Parse(text[2..4]);
            second = digits == 6 ? int.Parse(text[4..6]) : 0;
            at = digits;
        }
        else if (digits is 1 or 2)
        {
            hour = int.Parse(text[..digits]);
            at = digits;
            if (!Part(text, ref at, out minute))
            {
                minute = 0;
            }
            else if (!Part(text, ref at, out second))
            {
                second = 0;
            }
        }
        else
        {
            return false;
        }

        if (at < text.Length - 1 && text[at] is '.' or ',' && char.IsAsciiDigit(text[at + 1]))
        {
            int length = Digits(text[(at + 1)..]);
            fraction = double.Parse(string.Concat("0.", text.Slice(at + 1, Math.Min(length, 7))),
                System.Globalization.CultureInfo.InvariantCulture);
            at += length + 1;
        }

        text = text[at..].TrimStart();
        HalfDay(ref text, ref hour);

        // Broadcasters count their night on to hour 30, second 60 is a leap second; what else ran over is carried as well.
        if (hour > 30)
        {
            return false;
        }

        time = new TimeSpan(hour, minute, second) + TimeSpan.FromMilliseconds((long)(fraction * 1000));
        return true;
    }

    static bool Part(ReadOnlySpan<char> text, ref int at, out int value)
    {
        value = 0;
        if (at >= text.Length || text[at] != ':')
        {
            return false;
        }

        int digits = Digits(text[(at + 1)..]);
        if (digits is not (1 or 2))
        {
            return false;
        }

        value = int.Parse(text.Slice(at + 1, digits));
        at += digits + 1;
        return true;
    }

    static void HalfDay(ref ReadOnlySpan<char> text, ref int hour)
    {
        foreach (var (mark, afternoon) in Marks)
        {
            if (text.StartsWith(mark, StringComparison.OrdinalIgnoreCase)
                && (text.Length == mark.Length || !char.IsLetter(text[mark.Length]))
                && hour is > 0 and <= 12)
            {
                hour = (hour % 12) + (afternoon ? 12 : 0);
                text = text[mark.Length..].TrimStart();
                return;
            }
        }
    }

    static readonly (string Mark, bool Afternoon)[] Marks =
    [
        ("a.m.", false), ("p.m.", true), ("am", false), ("pm", true), ("صباحا", false), ("صباحًا", false), ("مساء", true), ("مساءً", true),
        ("ص", false), ("م", true), ("ق.ظ", false), ("ب.ظ", true), ("오전", false), ("오후", true), ("πμ", false), ("μμ", true),
        ("π.μ.", false), ("μ.μ.", true),
    ];

    static int Digits(ReadOnlySpan<char> text)
    {
        int count = 0;
        while (count < text.Length && char.IsAsciiDigit(text[count]))
        {
            count++;
        }

        return count;
    }
}
