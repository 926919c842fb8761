using System.Globalization;
using NewsMonitor.Watches;

namespace NewsMonitor.Deliveries;

/// <summary>Our own words in a message; the news itself stays in its language. Arabic counts as "label: number", which needs no plural forms.</summary>
public sealed record Wording
{
    public required string Language { get; init; }
    public bool RightToLeft { get; init; }
    public required string Watch { get; init; }
    public required string Source { get; init; }
    public required string Published { get; init; }
    public required string Why { get; init; }
    public required string SourcesSoFar { get; init; }
    public required string Articles { get; init; }
    public required string ReadArticle { get; init; }
    public required string OpenAlert { get; init; }
    public required string Unsubscribe { get; init; }
    public required string Updated { get; init; }
    public required string Alerts { get; init; }
    public required string More { get; init; }
    public required string TestSubject { get; init; }
    public required string TestNotice { get; init; }
    public required string NoticeSubject { get; init; }
    public required IReadOnlyDictionary<Severity, string> Severities { get; init; }

    static readonly Wording English = new()
    {
        Language = "en",
        Watch = "Watch",
        Source = "Source",
        Published = "Published",
        Why = "Why it matched",
        SourcesSoFar = "Sources so far",
        Articles = "Articles",
        ReadArticle = "Read the article",
        OpenAlert = "Open in News Monitor",
        Unsubscribe = "Unsubscribe",
        Updated = "Update",
        Alerts = "Alerts",
        More = "More alerts not shown here",
        TestSubject = "News Monitor: test message",
        TestNotice = "This is a test message from News Monitor. Whoever reads it will also get its alerts.",
        NoticeSubject = "News Monitor: notice",
        Severities = new Dictionary<Severity, string>
        {
            [Severity.Low] = "low", [Severity.Medium] = "medium", [Severity.High] = "high", [Severity.Critical] = "critical",
        },
    };

    static readonly Wording Arabic = new()
    {
        Language = "ar",
        RightToLeft = true,
        Watch = "المراقبة",
        Source = "المصدر",
        Published = "نُشر في",
        Why = "سبب المطابقة",
        SourcesSoFar = "المصادر حتى الآن",
        Articles = "عدد المقالات",
        ReadArticle = "قراءة المقال",
        OpenAlert = "فتح التنبيه",
        Unsubscribe = "إلغاء الاشتراك",
        Updated = "تحديث",
        Alerts = "عدد التنبيهات",
        More = "تنبيهات أخرى غير معروضة هنا",
        TestSubject = "رسالة تجريبية من News Monitor",
        TestNotice = "هذه رسالة تجريبية من News Monitor. من يقرؤها ستصله التنبيهات أيضًا.",
        NoticeSubject = "إشعار من News Monitor",
        Severities = new Dictionary<Severity, string>
        {
            [Severity.Low] = "منخفض", [Severity.Medium] = "متوسط", [Severity.High] = "عالٍ", [Severity.Critical] = "حرج",
        },
    };

    /// <summary>Arabic for <c>ar</c> and its regions, English for everything else.</summary>
    public static Wording For(string? language) =>
        language is not null && (language == "ar" || language.StartsWith("ar-", StringComparison.OrdinalIgnoreCase)) ? Arabic : English;

    /// <summary>Year first and digits 0 to 9 in both languages: readable everywhere and sorted by eye.</summary>
    public static string Time(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var offset = local.Offset == TimeSpan.Zero
            ? "UTC"
            : "UTC" + (local.Offset < TimeSpan.Zero ? "-" : "+") + local.Offset.ToString("hh\\:mm", CultureInfo.InvariantCulture);
        return local.ToString("yyyy-MM-dd HH:mm ", CultureInfo.InvariantCulture) + offset;
    }
}
