namespace TextEngine.Tests.NearDuplicates;

/// <summary>
/// A second gold set, written after the thresholds stood: shorter texts, and other edits than the first. Forty families in three
/// languages in eleven versions each; forty hard negatives: bulletins of two days, texts with one paragraph in common, other accounts of
/// the same events.
/// </summary>
static class SecondGoldSet
{
    public static List<GoldFamily> Families { get; } =
        [.. new[] { "ar", "fa", "en" }.SelectMany(language => GoldFamily.Read(language, File.ReadAllLines(GoldSet.File(language + "2.txt"))))];

    public static List<GoldArticle> Negatives { get; } =
    [
        .. File.ReadAllLines(GoldSet.File("negatives2.txt")).Select((line, i) => (Parts: line.Split('\t'), i))
            .Select(n => new GoldArticle($"negative {n.i}", "negative", n.Parts[0], n.Parts[1])),
        .. Families.Where(f => f.OtherAccount is not null)
            .Select(f => new GoldArticle(f.Title + " (other account)", "other account", f.OtherTitle, f.OtherAccount!)),
    ];

    public static IReadOnlyList<GoldArticle> All { get; } = GoldSet.Mixed([.. Families.SelectMany(Copies), .. Negatives], 11);

    static IEnumerable<GoldArticle> Copies(GoldFamily family, int place)
    {
        var other = Families[(place + 1) % Families.Count];
        return Of(family, other).Select(v => new GoldArticle(family.Title, v.Edit, v.Title, v.Text));
    }

    static IEnumerable<(string Edit, string Title, string Text)> Of(GoldFamily family, GoldFamily other)
    {
        var (language, p, lead) = (family.Language, family.Paragraphs, family.Rewrite[0]);
        var words = string.Join(' ', p).Split(' ');
        yield return ("original", family.Title, Lines(p));
        yield return ("agency", family.OtherTitle, Say(language, "بغداد/ رويترز: ", "تهران - ایرنا: ", "VARN, April 3 (AP) — ") + Lines(p)
            + Say(language, " (رويترز)", " / ایرنا", " (AP)"));
        yield return ("teaser", Say(language, "عاجل | ", "فوری | ", "BREAKING: ") + family.Title, string.Join(' ', words[..(words.Length * 2 / 5)]) + "…");
        yield return ("another lead", family.OtherTitle, Lines([lead, p[1], p[2]]));
        yield return ("cut, with a link inside", family.Title + Say(language, " - صحيفة الساحل", " - روزنامهٔ ساحل", " | The Coast Herald"),
            Lines([p[0], Say(language, "اقرأ أيضا: ", "بیشتر بخوانید: ", "Read more: ") + other.Title, p[2]]));
        yield return ("with another account", family.OtherTitle, Lines([.. p, family.OtherAccount ?? other.Paragraphs[2]]));
        yield return ("respelled", family.Title, Respelled(language, Lines(p)));
        yield return ("reordered", family.OtherTitle, Lines([p[1], p[2], p[0]]));
        yield return ("machine-translated tail", family.Title, Lines([p[0], p[1].Split('،', ',')[0], Say(language,
            "The administration of the place has promised to give more of details in the coming days.",
            "وقالت السلطات إنها ستقدم تفاصيل في الأيام القادمة.",
            "Les autorités ont promis de donner davantage de détails dans les jours à venir.")]));
        yield return ("words dropped", family.OtherTitle, string.Join(' ', words.Where((_, i) => i % 12 != 7)));
        yield return ("a title and a line", family.Title, p[0]);
    }

    static string Lines(IEnumerable<string> paragraphs) => string.Join('\n', paragraphs);

    static string Say(string language, string arabic, string persian, string english) => language switch { "ar" => arabic, "fa" => persian, _ => english };

    static string Respelled(string language, string text) => language switch
    {
        "ar" => Swap(text, "أا", "إا", "آا", "ىي", "،,", "0٠", "1١", "2٢", "3٣").Replace("ة ", "ه ", StringComparison.Ordinal),
        "fa" => Swap(text, "یي", "کك", "۰0", "۱1", "۲2", "۳3", "۴4").Replace("\u200C", " ", StringComparison.Ordinal),
        _ => Swap(text, "'’", "-‑").Replace("licence", "license", StringComparison.Ordinal).Replace("metres", "meters", StringComparison.Ordinal)
            .Replace(" per cent", " percent", StringComparison.Ordinal).Replace(", ", " , ", StringComparison.Ordinal),
    };

    static string Swap(string text, params string[] pairs) => pairs.Aggregate(text, (t, pair) => t.Replace(pair[0], pair[1]));
}
