using NewsMonitor.Articles;

namespace NewsMonitor.Tests.Articles;

public class RecognitionTests
{
    static byte[] Hash(string text) => ArticleIdentity.Hash(text, "");

    static ArticleIdentity Item(string id, string? page, string text) => new(id, CanonicalUrl.Of(page), Hash(text));

    static KnownArticle Known(long id, string itemId, string? page, string text) => new(id, itemId, CanonicalUrl.Of(page), Hash(text));

    static string Page(int n) => $"https://news.example/{n}";

    [Fact]
    public void TheFeedsOwnIdComesFirst()
    {
        var match = Recognition.Match([Item("1", Page(2), "other")], [Known(10, "1", Page(1), "one"), Known(20, "2", Page(2), "two")]);
        Assert.Equal(10, match[0]!.Id);
    }

    [Fact]
    public void AnUnknownIdOnAKnownPageIsThatArticle()
    {
        var match = Recognition.Match([Item("new-1", Page(1), "corrected")], [Known(10, "old-1", Page(1), "one")]);
        Assert.Equal(10, match[0]!.Id);
    }

    [Theory]
    [InlineData("http://[2001:db8::1]/a")]
    [InlineData("http://[2001:db8::1]:8080/a?b=c")]
    [InlineData("http://./a")]
    [InlineData("http://www../a")]
    [InlineData("http://user:word@news.example/a")]
    public void AnyAddressThatCanBeReadIsAPage(string page)
    {
        var match = Recognition.Match([Item("new-1", page, "corrected")], [Known(10, "old-1", page, "one")]);
        Assert.Equal(CanonicalUrl.Of(page) is null ? null : 10, match[0]?.Id);
    }

    [Fact]
    public void AFeedThatChangesAllItsIdsAndAddressesRaisesNothingAgain()
    {
        var stored = Enumerable.Range(1, 20).Select(n => Known(n, $"old-{n}", Page(n), $"text {n}")).ToList();
        var items = Enumerable.Range(1, 20).Select(n => Item($"new-{n}", $"https://other.example/{n}", $"text {n}"))
            .Append(Item("new-21", null, "fresh")).ToList();
        var match = Recognition.Match(items, stored);
        Assert.Equal(Enumerable.Range(1, 20).Select(n => (long?)n).Append(null), match.Select(m => m?.Id));
    }

    [Fact]
    public void TwoStoriesWithTheSameWordsStayTwo()
    {
        var match = Recognition.Match([Item("2", Page(2), "Weather update")], [Known(10, "1", Page(1), "Weather update")]);
        Assert.Null(match[0]);
    }

    [Fact]
    public void ThePageOfSeveralItemsTellsNothing()
    {
        Assert.Null(Recognition.Match([Item("2", Page(1), "b"), Item("3", Page(1), "c")], [Known(10, "1", Page(1), "a")])[0]);
        Assert.Null(Recognition.Match([Item("3", Page(1), "c")], [Known(10, "1", Page(1), "a"), Known(20, "2", Page(1), "b")])[0]);
    }

    [Fact]
    public void AnArticleThatStillStandsUnderItsOwnIdIsNobodyElse()
    {
        var match = Recognition.Match([Item("1", Page(1), "a"), Item("2", Page(1), "a")], [Known(10, "1", Page(1), "a")]);
        Assert.Equal(10, match[0]!.Id);
        Assert.Null(match[1]);
    }

    [Fact]
    public void AFrontPageIsNoPage() =>
        Assert.Null(Recognition.Match([Item("2", "https://news.example/", "b")], [Known(10, "1", "https://news.example/", "a")])[0]);

    [Fact]
    public void OneStoredArticleIsTakenOnce()
    {
        var stored = Enumerable.Range(1, 3).Select(n => Known(n, $"old-{n}", null, "same words")).ToList();
        var match = Recognition.Match([.. Enumerable.Range(1, 4).Select(n => Item($"new-{n}", null, "same words"))], stored);
        Assert.Equal(3, match.Select(m => m?.Id).OfType<long>().Distinct().Count());
        Assert.Null(match[3]);
    }
}
