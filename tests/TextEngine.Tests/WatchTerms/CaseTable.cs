using TextEngine.WatchTerms;

namespace TextEngine.Tests.WatchTerms;

/// <summary>Reads cases.txt; the watches of each of its sets stand here.</summary>
static class CaseTable
{
    public sealed record Line(int Number, string Set, string Language, string Text, string Expected, string Reason);

    public static Dictionary<string, WatchSet> Sets { get; } = new()
    {
        ["owner"] = WatchSet.Compile(Watches.Owner),
        ["arabic"] = WatchSet.Compile(
        [
            new() { Id = "qaani", Terms = ["قاآني", "إسماعيل قاآني"], Context = ["فيلق القدس", "الحرس الثوري"] },
            new() { Id = "quds-force", Terms = ["فيلق القدس"] },
            new() { Id = "kataib-hezbollah", Terms = ["كتائب حزب الله"] },
        ]),
        ["latin"] = WatchSet.Compile(
        [
            new() { Id = "qaani", Terms = ["Qaani", "Esmail Qaani"], Context = ["Quds Force", "IRGC"] },
            new() { Id = "quds-force", Terms = ["Quds Force"] },
            new() { Id = "kataib-hezbollah", Terms = ["Kataib Hezbollah"] },
        ]),
        ["others"] = WatchSet.Compile(
        [
            new() { Id = "nasrallah", Terms = ["حسن نصر الله"] },
            new() { Id = "houthis", Terms = ["الحوثيون", "الحوثيين", "الحوثي"] },
            new() { Id = "asaib", Terms = ["عصائب أهل الحق"] },
            new() { Id = "hashd", Terms = ["الحشد الشعبي"] },
            new() { Id = "germany", Terms = ["ألمانيا"] },
            new() { Id = "hamas", Terms = ["حماس"] },
            new() { Id = "google", Terms = ["Google", "غوغل"] },
            new() { Id = "un", Terms = ["الأمم المتحدة، جنيف"] },
            new() { Id = "irgc", Terms = ["IRGC"] },
            new() { Id = "quds-zh", Terms = ["圣城旅"] },
            new() { Id = "hez-el", Terms = ["Χεζμπολάχ"] },
            new() { Id = "hez-ja", Terms = ["ヒズボラ"] },
        ]),
    };

    public static IEnumerable<Line> Read()
    {
        using var stream = typeof(CaseTable).Assembly.GetManifestResourceStream("cases.txt")!;
        using var reader = new StreamReader(stream);
        var set = "owner";
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.StartsWith("# set: ", StringComparison.Ordinal))
            {
                set = line["# set: ".Length..].Trim();
            }

            if (line.StartsWith('#') || line.Length == 0)
            {
                continue;
            }

            var parts = line.Split(" | ");
            Assert.True(parts.Length == 4, $"cases.txt, line {number}: expected four parts");
            yield return new Line(number, set, parts[0], Unescape(parts[1]), parts[2] == "-" ? "" : Unescape(parts[2]), parts[3]);
        }
    }

    static string Unescape(string text) => text.Replace("\\n", "\n", StringComparison.Ordinal);
}
