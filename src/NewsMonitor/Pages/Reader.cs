using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using NewsMonitor.Operations.Http;

namespace NewsMonitor.Pages;

/// <summary>Who looks at the page, and how they want it: language, theme, time zone and digits come from one cookie.</summary>
sealed class Reader(IHttpContextAccessor http, TimeProvider clock)
{
    public const string CookieName = "nm-view";

    /// <summary>Where the page's script notes the browser's own time zone, for readers who chose none.</summary>
    const string ZoneCookie = "nm-zone";

    static readonly CultureInfo Arabic = CultureInfo.GetCultureInfo("ar-IQ");
    static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    readonly string[] _wishes = (http.HttpContext?.Request.Cookies[CookieName] ?? "").Split('|');

    HttpContext Http => http.HttpContext ?? throw new InvalidOperationException("A page is read over HTTP.");

    public ClaimsPrincipal User => Http.User;
    public string Name => User.Actor();
    public bool MayReview => User.IsInRole(Policies.Reviewer) || MayAdminister;
    public bool MayAdminister => User.IsInRole(Policies.Admin);

    /// <summary>"en" or "ar": chosen, else what the browser asks for first.</summary>
    public string Language => Wish(0) is "en" or "ar" ? Wish(0)! : Asked();
    public bool IsArabic => Language == "ar";
    public string Direction => IsArabic ? "rtl" : "ltr";

    /// <summary>From what was to what is; arrows do not turn round by themselves.</summary>
    public string Arrow => IsArabic ? "←" : "→";
    public CultureInfo Culture => IsArabic ? Arabic : English;

    /// <summary>"light", "dark", or "auto" for what the system says.</summary>
    public string Theme => Wish(1) is "light" or "dark" ? Wish(1)! : "auto";

    /// <summary>Chosen, else the browser's, else UTC.</summary>
    public TimeZoneInfo TimeZone => Zone(Wish(2)) ?? Zone(Http.Request.Cookies[ZoneCookie]) ?? TimeZoneInfo.Utc;
    public string ZoneId => Wish(2) ?? "";

    /// <summary>٠١٢ instead of 012.</summary>
    public bool ArabicDigits => Wish(3) == "arabic";

    /// <summary>The interface text in the reader's language; the English text is the key.</summary>
    public string this[string english] => Words.In(IsArabic, english);

    public string Format(string english, params ReadOnlySpan<object?> values)
    {
        var texts = new object?[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            texts[i] = values[i] is int or long ? Number(Convert.ToInt64(values[i], CultureInfo.InvariantCulture)) : values[i];
        }

        return string.Format(CultureInfo.InvariantCulture, this[english], texts);
    }

    /// <summary>"1 article", "2 articles", "مقالان": a number with its noun in the form that the language wants.</summary>
    public string Count(string noun, long count) =>
        string.Format(CultureInfo.InvariantCulture, Words.Counted(IsArabic, noun, count), Number(count));

    /// <summary>The same where counting stops after <paramref name="most"/>: "100+ alerts".</summary>
    public string Count(string noun, long count, int most) => count <= most ? Count(noun, count)
        : string.Format(CultureInfo.InvariantCulture, Words.Counted(IsArabic, noun, most), Number(most) + "+");

    /// <summary>How many copies a story has, and of how many sources.</summary>
    public string Spread(int articles, int sources) => Count("article", articles) + (IsArabic ? "، " : ", ") + Count("source", sources);

    public string Number(double value, string format = "N0") => Digits(value.ToString(format, CultureInfo.InvariantCulture));

    public string Percent(double share) => Number(share * 100) + (ArabicDigits ? "٪" : "%");

    public string Time(DateTimeOffset at) => Digits(TimeZoneInfo.ConvertTime(at, TimeZone).ToString("d MMM yyyy HH:mm", Culture));

    public string Day(DateOnly day) => Digits(day.ToString("d MMM", Culture));

    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, TimeZone).DateTime);

    /// <summary>When the day begins where the reader is.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);

        // Where the clock goes back over midnight there are two of them; the day begins with the first.
        var offset = TimeZone.IsAmbiguousTime(midnight) ? TimeZone.GetAmbiguousTimeOffsets(midnight).Max()
            : TimeZone.GetUtcOffset(midnight);
        return new DateTimeOffset(midnight, offset).ToUniversalTime();
    }

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>How long ago, in the largest unit that is not zero.</summary>
    public string Age(DateTimeOffset at) => Duration(Now - at);

    public string Duration(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => this["now"],
        { TotalHours: < 1 } => Format("{0} min", (int)time.TotalMinutes),
        { TotalDays: < 1 } => Format("{0} h", (int)time.TotalHours),
        _ => Format("{0} d", (int)time.TotalDays),
    };

    public MarkupString Stamp(DateTimeOffset? at) => at is { } time
        ? new MarkupString($"<time datetime=\"{time.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\">{Time(time)}</time>")
        : new MarkupString("–");

    /// <summary>An age that the page's script keeps true, with the full time on hover.</summary>
    public MarkupString Ago(DateTimeOffset at) =>
        new($"<time datetime=\"{at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\" title=\"{Time(at)}\" data-age>{Age(at)}</time>");

    string Digits(string text) => ArabicDigits ? string.Concat(text.Select(ArabicDigit)) : text;

    static char ArabicDigit(char c) => c switch { >= '0' and <= '9' => (char)(c - '0' + '٠'), ',' => '٬', '.' => '٫', _ => c };

    static TimeZoneInfo? Zone(string? id) => id is { Length: > 0 and < 64 }
        && TimeZoneInfo.TryFindSystemTimeZoneById(Uri.UnescapeDataString(id), out var zone) && zone.HasIanaId ? zone : null;

    string? Wish(int index) => _wishes.Length > index && _wishes[index].Length > 0 ? Uri.UnescapeDataString(_wishes[index]) : null;

    string Asked() => Http.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1)
        .FirstOrDefault()?.Value.Value is { } first
        && first.Split('-')[0].Equals("ar", StringComparison.OrdinalIgnoreCase) ? "ar" : "en";
}
