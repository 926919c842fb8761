namespace FeedParser.Dates;

/// <summary>Reads a time zone: an offset, or a name of RFC 822 and those seen in feeds. No zone is UTC.</summary>
static class Zone
{
    static readonly Dictionary<string, int> Hours = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UT"] = 0, ["UTC"] = 0, ["GMT"] = 0, ["Z"] = 0, ["WET"] = 0, ["WEST"] = 60, ["BST"] = 60, ["IST"] = 330, ["CET"] = 60,
        ["CEST"] = 120,
        ["MET"] = 60, ["MEST"] = 120, ["MEZ"] = 60, ["MESZ"] = 120, ["EET"] = 120, ["EEST"] = 180, ["MSK"] = 180, ["MSD"] = 240,
        ["TRT"] = 180,
        ["SAST"] = 120, ["CAT"] = 120, ["EAT"] = 180, ["WAT"] = 60, ["GST"] = 240, ["PKT"] = 300, ["IRST"] = 210, ["IRDT"] = 270,
        ["SGT"] = 480, ["HKT"] = 480, ["AWST"] = 480, ["PHT"] = 480, ["WIB"] = 420, ["ICT"] = 420, ["JST"] = 540, ["KST"] = 540,
        ["ACST"] = 570, ["ACDT"] = 630, ["AEST"] = 600, ["AEDT"] = 660, ["NZST"] = 720, ["NZDT"] = 780,
        ["NST"] = -210, ["NDT"] = -150, ["AST"] = -240, ["ADT"] = -180, ["AT"] = -240, ["EST"] = -300, ["EDT"] = -240, ["ET"] = -300,
        ["CST"] = -360, ["CDT"] = -300, ["CT"] = -360, ["MST"] = -420, ["MDT"] = -360, ["MT"] = -420, ["PST"] = -480, ["PDT"] = -420,
        ["PT"] = -480, ["AKST"] = -540, ["AKDT"] = -480, ["HST"] = -600, ["HADT"] = -540, ["BRT"] = -180, ["BRST"] = -120, ["ART"] = -180,
        ["CLT"] = -240, ["CLST"] = -180, ["COT"] = -300, ["PET"] = -300, ["VET"] = -240,
        ["A"] = -60, ["M"] = -720, ["N"] = 60, ["Y"] = 720,
    };

    public static bool IsName(ReadOnlySpan<char> word) => Hours.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(word);

    public static bool Read(ReadOnlySpan<char> text, out int minutes)
    {
        minutes = 0;
        text = text.Trim();
        if (text.IsEmpty)
        {
            return true;
        }

        // A comment behind the zone, as in "+0200 (CEST)", says nothing more.
        int comment = text.IndexOf('(');
        if (comment == 0)
        {
            return Read(text.Trim("()"), out minutes);
        }

        if (comment > 0)
        {
            text = text[..comment].TrimEnd();
        }

        if (text.StartsWith("Etc/", StringComparison.OrdinalIgnoreCase))
        {
            text = text[4..];
            if (text.IsEmpty)
            {
                return true;
            }
        }

        foreach (var universal in (ReadOnlySpan<string>)["GMT", "UTC", "Z "])
        {
            if (text.StartsWith(universal, StringComparison.OrdinalIgnoreCase)
                && text[universal.Length..].TrimStart() is ['+' or '-', ..] offset)
            {
                return Offset(offset, out minutes);
            }
        }

        if (text[0] is '+' or '-')
        {
            return Offset(text, out minutes);
        }

        int end = text.IndexOf(' ');
        var name = end < 0 ? text : text[..end];

        // An unknown name counts as UTC: the day is right then in nearly every case, which a missing date is not.
        Hours.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name.TrimEnd('.'), out minutes);
        return name.IndexOfAnyInRange('0', '9') < 0;
    }

    static bool Offset(ReadOnlySpan<char> text, out int minutes)
    {
        minutes = 0;
        int sign = text[0] == '-' ? -1 : 1;
        text = text[1..].TrimStart();
        int end = 0;
        Span<char> digits = stackalloc char[4];
        int count = 0;
        int colon = -1;
        for (; end < text.Length && count < 4 && (char.IsAsciiDigit(text[end]) || text[end] == ':'); end++)
        {
            if (text[end] == ':')
            {
                colon = count;
            }
            else
            {
                digits[count++] = text[end];
            }
        }

        if (count == 0)
        {
            return false;
        }

        int hourDigits = colon > 0 ? colon : count <= 2 ? count : count - 2;
        int hours = int.Parse(digits[..hourDigits]);
        int rest = hourDigits < count ? int.Parse(digits[hourDigits..count]) : 0;
        minutes = sign * ((hours * 60) + rest);
        return hours <= 24 && rest < 60;
    }
}
