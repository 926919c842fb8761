using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using NewsMonitor.Operations.Http;

namespace NewsMonitor.Pages;

/// <summary>Who looks at the page, and how they want it: language, theme and time zone come from one cookie.</summary>
sealed class Reader(IHttpContextAccessor http, TimeProvider clock)
{
    public const string CookieName = "nm-view";

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
    public CultureInfo Culture => IsArabic ? Arabic : English;

    /// <summary>"light", "dark", or "auto" for what the system says.</summary>
    public string Theme => Wish(1) is "light" or "dark" ? Wish(1)! : "auto";
    public TimeZoneInfo TimeZone => TimeZoneInfo.TryFindSystemTimeZoneById(Wish(2) ?? "UTC", out var zone) ? zone : TimeZoneInfo.Utc;
    public string ZoneId => Wish(2) ?? "";

    /// <summary>The interface text in the reader's language; the English text is the key.</summary>
    public string this[string english] => Words.In(IsArabic, english);

    public string Format(string english, params ReadOnlySpan<object?> values) => string.Format(Culture, this[english], values);

    public string Number(long value) => value.ToString("N0", Culture);

    public string Time(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, TimeZone).ToString("d MMM yyyy HH:mm", Culture);

    /// <summary>How long ago, in the largest unit that is not zero.</summary>
    public string Age(DateTimeOffset at)
    {
        var age = clock.GetUtcNow() - at;
        return age switch
        {
            { TotalMinutes: < 1 } => this["now"],
            { TotalHours: < 1 } => Format("{0} min", (int)age.TotalMinutes),
            { TotalDays: < 1 } => Format("{0} h", (int)age.TotalHours),
            _ => Format("{0} d", (int)age.TotalDays),
        };
    }

    public MarkupString Stamp(DateTimeOffset? at) => at is { } time
        ? new MarkupString($"<time datetime=\"{time.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\">{Time(time)}</time>")
        : new MarkupString("–");

    string? Wish(int index) => _wishes.Length > index && _wishes[index].Length > 0 ? Uri.UnescapeDataString(_wishes[index]) : null;

    string Asked() => Http.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).FirstOrDefault()?.Value.Value is { } first
        && first.StartsWith("ar", StringComparison.OrdinalIgnoreCase) ? "ar" : "en";
}
