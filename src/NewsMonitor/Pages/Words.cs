using System.Collections.Frozen;

namespace NewsMonitor.Pages;

/// <summary>The interface's own texts in Arabic, by their English.</summary>
static class Words
{
    public static readonly FrozenDictionary<string, string> Arabic = new Dictionary<string, string>
    {
        ["News Monitor"] = "راصد الأخبار",
        ["Skip to content"] = "إلى المحتوى",
        ["Main"] = "الرئيسية",
        ["Alerts"] = "التنبيهات",
        ["Overview"] = "نظرة عامة",
        ["Watches"] = "المراقبات",
        ["Feeds"] = "الخلاصات",
        ["Recipients"] = "المستلمون",
        ["Silences"] = "فترات الصمت",
        ["Sign in"] = "تسجيل الدخول",
        ["Sign out"] = "تسجيل الخروج",
        ["Language and view"] = "اللغة والعرض",
        ["API key"] = "مفتاح الواجهة",
        ["Nothing here"] = "لا شيء هنا",
        ["To the alerts"] = "إلى التنبيهات",
        ["Filter"] = "تصفية",
        ["Search"] = "بحث",
        ["Status"] = "الحالة",
        ["Severity"] = "الأهمية",
        ["Watch"] = "المراقبة",
        ["Any"] = "الكل",
        ["Clear"] = "مسح",
        ["New"] = "جديد",
        ["Acknowledged"] = "تم الاطلاع",
        ["Investigating"] = "قيد التحقق",
        ["Confirmed"] = "مؤكد",
        ["Dismissed"] = "مستبعد",
        ["Low"] = "منخفضة",
        ["Medium"] = "متوسطة",
        ["High"] = "عالية",
        ["Critical"] = "حرجة",
        ["now"] = "الآن",
        ["{0} min"] = "{0} د",
        ["{0} h"] = "{0} س",
        ["{0} d"] = "{0} ي",
        ["{0} open"] = "{0} مفتوحة",
        ["{0} articles, {1} sources"] = "{0} مقالات، {1} مصادر",
        ["Older alerts"] = "تنبيهات أقدم",
    }.ToFrozenDictionary();
}
