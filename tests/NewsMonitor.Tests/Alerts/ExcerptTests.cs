using System.Globalization;
using NewsMonitor.Alerts;
using NewsMonitor.Watches;

namespace NewsMonitor.Tests.Alerts;

public class ExcerptTests
{
    [Fact]
    public void AShortTextIsShownWholeWithItsHighlights()
    {
        var excerpt = Excerpt.Cut("عنوان", "زيارة لقاآني إلى بغداد", [InText("زيارة لقاآني إلى بغداد", "لقاآني")]);
        Assert.Equal("زيارة لقاآني إلى بغداد", excerpt.Text);
        Assert.Equal(["لقاآني"], Marked(excerpt));
    }

    [Fact]
    public void RunsOfWhiteSpaceBecomeOneSpaceAndHighlightsFollow()
    {
        var text = "first\r\n\r\n\tline  with Qaani\u0000\n inside";
        var excerpt = Excerpt.Cut(null, text, [InText(text, "Qaani")]);
        Assert.Equal("first line with Qaani inside", excerpt.Text);
        Assert.Equal(["Qaani"], Marked(excerpt));
    }

    [Fact]
    public void FarApartTermsAreShownInPieces()
    {
        var filler = string.Join(' ', Enumerable.Repeat("filler words here", 60));
        var text = $"{filler} Qaani {filler} Baghdad {filler}";
        var excerpt = Excerpt.Cut("t", text, [InText(text, "Qaani"), InText(text, "Baghdad")]);
        Assert.Equal(["Qaani", "Baghdad"], Marked(excerpt));
        Assert.InRange(excerpt.Text.Length, 100, Excerpt.DefaultLength);
        Assert.StartsWith("… ", excerpt.Text, StringComparison.Ordinal);
        Assert.EndsWith(" …", excerpt.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("… …", excerpt.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void AMatchInTheTitleAloneShowsTheOpening()
    {
        var excerpt = Excerpt.Cut("Qaani speaks", "The opening of the text.", [new("w", "Qaani", "title", 0, 5, "Qaani", "exact")]);
        Assert.Equal("The opening of the text.", excerpt.Text);
        Assert.Empty(excerpt.Highlights);
    }

    [Fact]
    public void WithoutTextTheTitleIsShownWithItsHighlights()
    {
        var excerpt = Excerpt.Cut("Qaani speaks", "", [new("w", "Qaani", "title", 0, 5, "Qaani", "exact")]);
        Assert.Equal(["Qaani"], Marked(excerpt));
    }

    [Fact]
    public void AnyTextIsCutOnWholeCharactersWithinTheLimit()
    {
        var seed = Environment.TickCount;
        Console.WriteLine($"{nameof(AnyTextIsCutOnWholeCharactersWithinTheLimit)} seed {seed}");
        var random = new Random(seed);
        string[] alphabet = ["a", "b", " ", " ", "\n", "م", "مُّ", "ا", "e\u0301\u0302", "😀", "👨‍👩‍👧", "漢", "字", "🇮🇶", "\t", "ك"];
        for (var round = 0; round < 5000; round++)
        {
            var text = "x" + string.Concat(Enumerable.Range(0, random.Next(1, 900)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            var starts = StringInfo.ParseCombiningCharacters(text);
            var hits = Enumerable.Range(0, random.Next(0, 5)).Select(_ =>
            {
                var first = random.Next(starts.Length);
                var last = Math.Min(starts.Length - 1, first + random.Next(1, 6));
                var (start, end) = (starts[first], first == last ? text.Length : starts[last]);
                return new Hit("w", $"t{random.Next(4)}", "text", start, end - start, text[start..end], "");
            }).Where(h => h.Surface.Trim() == h.Surface && h.Length > 0).ToList();
            var limit = random.Next(60, 400);
            var excerpt = Excerpt.Cut("title", text, hits, limit);
            Assert.True(excerpt.Text.Length <= limit, $"round {round}: {excerpt.Text.Length} > {limit}");
            var wanted = StringInfo.ParseCombiningCharacters(excerpt.Text);
            var allowed = starts.Select(s => StringInfo.GetNextTextElement(text, s)).ToHashSet();
            foreach (var at in wanted)
            {
                var element = StringInfo.GetNextTextElement(excerpt.Text, at);
                Assert.True(element is " " or "…" || allowed.Contains(element), $"round {round}: broken character at {at}");
            }
            foreach (var mark in excerpt.Highlights)
            {
                Assert.True(mark.Length > 0 && mark.Start >= 0 && mark.Start + mark.Length <= excerpt.Text.Length, $"round {round}");
            }
            Assert.True(excerpt.Highlights.Zip(excerpt.Highlights.Skip(1), (a, b) => a.Start + a.Length <= b.Start).All(x => x));
            Assert.True(hits.Count == 0 || excerpt.Highlights.Count > 0, $"round {round}: nothing highlighted");
        }
    }

    static Hit InText(string text, string surface) =>
        new("w", surface, "text", text.IndexOf(surface, StringComparison.Ordinal), surface.Length, surface, "exact");

    static IEnumerable<string> Marked(Excerpt excerpt) => excerpt.Highlights.Select(h => excerpt.Text.Substring(h.Start, h.Length));
}
