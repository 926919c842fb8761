using TextEngine.WatchTerms;

namespace TextEngine.Tests.WatchTerms;

/// <summary>What a hit says of itself: the term, and why it counts.</summary>
public class ReasonTests
{
    [Theory]
    [InlineData("زار قائد فيلق القدس بغداد", "فيلق القدس")]
    [InlineData("بيان كتائب حزب الله", "كتائب حزب الله")]
    [InlineData("فرمانده سپاه قدس آمد", "سپاه قدس")]
    [InlineData("the Quds Force commander", "Quds Force")]
    [InlineData("زيارة قاآني", "قاآني")]
    public void AMentionAsATermHasItIsThatTermsAsWritten(string text, string term)
    {
        var hit = Assert.Single(WatchSet.Compile(Watches.Owner).Match(new ArticleText(null, text)));
        Assert.Equal((term, term, "as written"), (hit.Surface, hit.Term, hit.Why));
    }

    [Theory]
    [InlineData("رئيس هيئة الحشد الشعبي", "الحشد الشعبي", "الحشد الشعبي")]
    [InlineData("وصل إلى أربيل", "أربيل", "أربيل")]
    public void AlsoWhereAnotherLanguageWritesTheSame(string text, string term, string surface)
    {
        var hit = Assert.Single(WatchSet.Compile([new WatchDefinition { Id = "w", Terms = [term] }]).Match(new ArticleText(null, text)));
        Assert.Equal((surface, "as written"), (hit.Surface, hit.Why));
    }

    [Theory]
    [InlineData("سپاه قدس", "فيلق القدس")]
    [InlineData("فيلق القدس", "سپاه قدس")]
    public void AMentionThatASpaceBreaksIsTheTermsThatHasItsWords(string first, string second)
    {
        var set = WatchSet.Compile([new WatchDefinition { Id = "w", Terms = [first, second] }]);
        var hit = Assert.Single(set.Match(new ArticleText(null, "قائد فيلق القد س في بغداد")));
        Assert.Equal(("فيلق القد س", "فيلق القدس", "joined parts"), (hit.Surface, hit.Term, hit.Why));
    }

    [Fact]
    public void ANameOfAnotherLanguageIsSaidToBeOne()
    {
        var hit = Assert.Single(WatchSet.Compile([new WatchDefinition { Id = "w", Terms = ["فيلق القدس"] }]).Match(new ArticleText(null, "Jerusalem Force")));
        Assert.Equal("the name in another language", hit.Why);
    }
}
