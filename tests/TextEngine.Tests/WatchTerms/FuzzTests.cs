using TextEngine.WatchTerms;

namespace TextEngine.Tests.WatchTerms;

public class FuzzTests
{
    static WatchSet Everything { get; } = WatchSet.Compile(
    [
        .. Watches.Owner,
        new() { Id = "latin", Terms = ["Qaani", "Esmail Qaani", "Kataib Hezbollah"], Context = ["Quds"] },
        new() { Id = "query", Query = "(قاآني OR Qaani*) NEAR/30 (baghdad~ OR =بغداد) NOT title:x" },
        new() { Id = "near", Query = "\"فيلق القدس حزب\"~9 OR a NEAR/5 b" },
    ]);

    [Fact]
    public void RandomTextNeverThrowsAndHitsAreCutOutOfIt()
    {
        const int seed = 20261122;
        var random = new Random(seed);
        string[] pieces = ["قاآني", "قاني", "فيلق", "القدس", "فليق", "كتائب", "حزب", "الله", "Qaani", "Ghani", "Esmail", "Quds", "Force", "Каани", "קאאני", "بەغدا", "a", "b",
            "'", "-", "\u200C", "\u200F", " ", " ", " ", ".", "،", "\n", "«", "»", "\u0651", "\uD83D", "\uDE00", "𝐐", "ﷲ", "ﻻ", "e\u0301", "圣"];
        for (var round = 0; round < 800; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ =>
                random.Next(4) == 0 ? ((char)random.Next(0x10000)).ToString() : pieces[random.Next(pieces.Length)]));
            foreach (var hit in Everything.Match(new ArticleText(text, text)))
            {
                Assert.True(hit.Start >= 0 && hit.Length > 0 && hit.Start + hit.Length <= text.Length, $"seed {seed}, round {round}");
                Assert.Equal(text.Substring(hit.Start, hit.Length), hit.Surface);
                Assert.NotEmpty(hit.Why);
            }
        }
    }

    [Theory]
    [InlineData("ق", 10_000_000)]
    [InlineData("ق'", 20_000)]
    [InlineData("\u064E", 1_000_000)]
    [InlineData("فيلق ", 20_000)]
    [InlineData("كتائب حزب ", 20_000)]
    [InlineData("قاني ", 20_000)]
    [InlineData("a b ", 20_000)]
    [InlineData("Ghani ", 20_000)]
    [InlineData("\uD800", 1_000_000)]
    [InlineData("باءا", 2_500_000)]
    [InlineData("abcdefgh", 1_250_000)]
    [InlineData("א'", 100_000)]
    [InlineData("e\u0301", 1_000_000)]
    [InlineData("أحمر قاني ", 100_000)]
    [InlineData("Kataeb-Hezbollah ", 20_000)]
    [InlineData("عبدال", 1_000_000)]
    [InlineData("al ", 1_000_000)]
    [InlineData("Quds al ", 1_000_000)]
    [InlineData("فيلق علي ", 1_000_000)]
    public void HugeAndHostileTextsAreMatchedToTheirEnd(string piece, int times)
    {
        var text = string.Concat(Enumerable.Repeat(piece, times)) + " قاآني";
        Assert.Contains(Everything.Match(new ArticleText(null, text)), hit => hit.Watch == "qaani" && hit.Start == text.Length - 5);
    }

    [Fact]
    public void ManyThreadsMatchWithOneSet()
    {
        var expected = Everything.Match(new ArticleText(null, "قائد فيلق القدس قاآني")).Select(hit => hit.ToString()).ToList();
        Parallel.For(0, 2000, _ => Assert.Equal(expected, Everything.Match(new ArticleText(null, "قائد فيلق القدس قاآني")).Select(hit => hit.ToString())));
    }
}
