using TextEngine.WatchTerms;

namespace TextEngine.Tests.WatchTerms;

/// <summary>Reads cases.txt; the watches of each of its sets stand in <see cref="CaseSets"/>.</summary>
static class CaseTable
{
    public sealed record Line(int Number, string Set, string Language, string Text, string Expected, string Reason)
    {
        /// <summary>The text as an article: "title @@ text", and "&lt;&lt;source&gt;&gt;text".</summary>
        public ArticleText Article
        {
            get
            {
                var end = Text.IndexOf(">>", StringComparison.Ordinal);
                var source = end > 0 ? Text[2..end] : null;
                var parts = (end > 0 ? Text[(end + 2)..] : Text).Split(" @@ ");
                return new ArticleText(parts.Length > 1 ? parts[0] : null, parts[^1], source, Language);
            }
        }
    }

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

    static string Unescape(string text) => text.Replace("\\n", "\n", StringComparison.Ordinal)
        .Replace("\\r", "\r", StringComparison.Ordinal);
}
