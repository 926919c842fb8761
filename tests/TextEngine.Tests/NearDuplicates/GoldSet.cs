using System.Text;

namespace TextEngine.Tests.NearDuplicates;

/// <summary>An article of the gold set: articles of one family are copies of one text, and of nothing else.</summary>
sealed record GoldArticle(string Family, string Edit, string Title, string Text);

/// <summary>
/// The gold set: sixty families in three languages, edited as newsrooms edit, and hard negatives. The prose is ours and its events are
/// made up; the edits are deterministic, so that every run sees the same articles.
/// </summary>
static class GoldSet
{
    static readonly string Folder = FindFolder();

    static readonly string[] Days = ["Monday", "Tuesday", "Thursday", "Sunday"], ArabicDays = ["الأحد", "الثلاثاء", "الأربعاء", "السبت"],
        PersianDays = ["شنبه", "دوشنبه", "چهارشنبه", "جمعه"], Months = ["March", "April", "June", "October"],
        ArabicMonths = ["آذار", "نيسان", "حزيران", "تشرين الأول"], PersianMonths = ["فروردین", "خرداد", "مهر", "بهمن"];

    public static List<GoldFamily> Families { get; } =
        [.. new[] { "ar", "fa", "en" }.SelectMany(language =>
            GoldFamily.Read(language, System.IO.File.ReadAllLines(Path.Combine(Folder, language + ".txt"))))];

    static readonly ILookup<string, string> Backgrounds =
        System.IO.File.ReadAllLines(Path.Combine(Folder, "background.txt")).ToLookup(l => l[..2], l => l[3..]);

    /// <summary>Every edit of every family, and all negatives, in an order that mixes them.</summary>
    public static IReadOnlyList<GoldArticle> All { get; } =
        Mixed([.. Families.SelectMany(Copies), .. OtherAccounts(), .. SharedBackground(), .. Bulletins()], 7);

    public static IEnumerable<GoldArticle> Copies(GoldFamily family)
    {
        var other = Families[(Families.IndexOf(family) + 1) % Families.Count];
        foreach (var (edit, title, text) in GoldEdits.Of(family, other, Backgrounds[family.Language].First()))
        {
            yield return new GoldArticle(family.Title, edit, title, text);
        }
    }

    /// <summary>The same event told by somebody else, in other words.</summary>
    public static IEnumerable<GoldArticle> OtherAccounts()
        => Families.Where(f => f.OtherAccount is not null)
            .Select(f => new GoldArticle(f.Title + " (other account)", "other account", f.OtherTitle, f.OtherAccount!));

    /// <summary>Two made-up briefs of different matters that end with the same paragraph: pairs of them are hard negatives.</summary>
    public static IEnumerable<GoldArticle> SharedBackground()
        => Families.Where(f => f.OtherAccount is null).Select((family, i) => (family, i)).Select(p => new GoldArticle(
            p.family.Title, "background", p.family.Title,
            string.Join('\n', p.family.Paragraphs) + "\n" + Backgrounds[p.family.Language].ElementAt(p.i % 2)));

    /// <summary>Each form filled in for four days.</summary>
    public static IEnumerable<GoldArticle> Bulletins()
    {
        var forms = System.IO.File.ReadAllLines(Path.Combine(Folder, "bulletins.txt"));
        for (var form = 0; form < forms.Length; form++)
        {
            for (var day = 0; day < 4; day++)
            {
                var parts = FillIn(forms[form], form, day).Split('\t');
                yield return new GoldArticle($"bulletin {form} of day {day}", "bulletin", parts[0], parts[1]);
            }
        }
    }

    static string FillIn(string form, int seed, int day)
    {
        var random = new Random((seed * 100) + day);
        form = form.Replace("{day}", Days[day], StringComparison.Ordinal).Replace("{يوم}", ArabicDays[day], StringComparison.Ordinal)
            .Replace("{روز}", PersianDays[day], StringComparison.Ordinal).Replace("{month}", Months[day], StringComparison.Ordinal)
            .Replace("{شهر}", ArabicMonths[day], StringComparison.Ordinal).Replace("{ماه}", PersianMonths[day], StringComparison.Ordinal);
        var filled = new StringBuilder();
        var pieces = form.Split("{n}");
        for (var i = 0; i < pieces.Length; i++)
        {
            filled.Append(i == 0 ? "" : random.Next(2, 90).ToString(System.Globalization.CultureInfo.InvariantCulture)).Append(pieces[i]);
        }

        return filled.ToString();
    }

    public static string File(string name) => Path.Combine(Folder, name);

    public static List<GoldArticle> Mixed(List<GoldArticle> articles, int seed)
    {
        var random = new Random(seed);
        return [.. articles.OrderBy(_ => random.Next())];
    }

    static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var gold = Path.Combine(folder.FullName, "tests", "TextEngine.Tests", "NearDuplicates", "Gold");
            if (Directory.Exists(gold))
            {
                return gold;
            }
        }

        throw new DirectoryNotFoundException("tests/TextEngine.Tests/NearDuplicates/Gold is not above " + AppContext.BaseDirectory);
    }
}
