namespace TextEngine.Tests.NearDuplicates;

/// <summary>What newsrooms do to a text that they take over.</summary>
static class GoldEdits
{
    public static IEnumerable<(string Edit, string Title, string Text)> Of(GoldFamily family, GoldFamily other, string background)
    {
        var p = family.Paragraphs;
        yield return ("original", family.Title, Lines(p));
        yield return ("retitled", family.OtherTitle, Dateline(family.Language) + Lines(p));
        yield return ("cut", family.Title, Lines(p[..2]));
        yield return ("extended", family.OtherTitle, Lines([.. p, background, .. ReadAlso(family.Language, other)]));
        yield return ("respelled", family.Title, Respelled(family.Language, Lines(p)));
        yield return ("reordered", family.OtherTitle, Lines([p[0], p[3], p[1], p[2]]));
        yield return ("merged", family.OtherTitle, Lines([p[0], other.Paragraphs[2], p[1], p[2], p[3]]));
        yield return ("machine-translated tail", family.Title, Lines([p[0], p[1], Foreign(family.Language)]));
        if (family.Rewrite.Count > 0)
        {
            yield return ("rewritten", family.OtherTitle, Lines(family.Rewrite));
        }
    }

    static string Lines(IEnumerable<string> paragraphs) => string.Join('\n', paragraphs);

    static string Dateline(string language) => language switch
    {
        "ar" => "الساحل (واس) - ",
        "fa" => "به گزارش ایسنا - ",
        _ => "PORT HALDEN (Reuters) - ",
    };

    static string[] ReadAlso(string language, GoldFamily other) => language switch
    {
        "ar" => ["اقرأ أيضا:", other.Title, other.OtherTitle, "تابعونا على قنواتنا"],
        "fa" => ["بیشتر بخوانید:", other.Title, other.OtherTitle, "انتهای پیام"],
        _ => ["Read also:", other.Title, other.OtherTitle, "Follow us on our channels"],
    };

    // What a machine makes of a third paragraph: the same matter, but no word of the original's language.
    static string Foreign(string language) => language == "en"
        ? "Selon les autorités locales, la suite des travaux dépendra du budget de l'année prochaine, et une réunion publique est prévue."
        : "According to local officials, the next steps depend on the budget of the coming year, and a public meeting is planned.";

    static string Respelled(string language, string text) => language switch
    {
        "ar" => Swap(text, ("أ", "ا"), ("إ", "ا"), ("ة ", "ه "), ("ى", "ي"), ("آ", "ا"), ("،", ","), (" ال", " الـ")),
        "fa" => Swap(text, ("ی", "ي"), ("ک", "ك"), ("هٔ", "ه"), ("\u200C", " ")),
        _ => Swap(text, ("metres", "meters"), ("centre", "center"), ("programme", "program"), ("harbour", "harbor"), ("per cent", "percent")),
    };

    static string Swap(string text, params (string From, string To)[] pairs)
        => pairs.Aggregate(text, (t, pair) => t.Replace(pair.From, pair.To, StringComparison.Ordinal));
}
