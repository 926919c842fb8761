using NewsMonitor.Watches;

namespace NewsMonitor.Pages;

/// <summary>Why a stretch of text is a hit, in the reader's language. The engine says it in English, in parts that "; " separates.</summary>
static class Reasons
{
    const string Proclitic = "proclitic ", Script = " script";

    /// <summary>One line for a highlight.</summary>
    public static string In(Reader reader, Hit hit) => reader.Format("{0}: {1}", hit.Term, In(reader, hit.Why));

    public static string In(Reader reader, string why) => string.Join(reader.IsArabic ? "؛ " : "; ", why.Split("; ").Select(part =>
        part.StartsWith(Proclitic, StringComparison.Ordinal) ? reader.Format("proclitic {0}", part[Proclitic.Length..])
        : part.EndsWith(Script, StringComparison.Ordinal) ? reader.Format("{0} script", part[..^Script.Length])
        : reader[part]));
}
