using System.Text;
using FeedParser;
using NewsMonitor.Articles;

namespace NewsMonitor.Tests.Articles;

public class ArticleIdentityTests
{
    static IReadOnlyList<FeedItem> Items(string items) =>
        FeedReader.Read(Encoding.UTF8.GetBytes($"<rss version='2.0'><channel><title>t</title>{items}</channel></rss>")).Feed!.Items;

    [Theory]
    [InlineData("https://news.example/a", "https://news.example/a")]
    [InlineData("http://www.news.example:80/a/", "https://news.example/a")]
    [InlineData("HTTPS://News.Example/A", "https://news.example/A")]
    [InlineData("https://news.example/a#comments", "https://news.example/a")]
    [InlineData("https://news.example/#!/a", "https://news.example/#!/a")]
    [InlineData("https://news.example/?utm_source=rss&utm_medium=feed", "https://news.example/")]
    [InlineData("https://news.example/a?id=7&utm_source=rss&fbclid=x", "https://news.example/a?id=7")]
    [InlineData("https://news.example/a?id=7&UTM_Campaign=x", "https://news.example/a?id=7")]
    [InlineData("https://news.example/a?at_medium=RSS&at_campaign=KARANGA", "https://news.example/a")]
    [InlineData("https://news.example/a?xtor=RSS-3208", "https://news.example/a")]
    [InlineData("https://news.example/a?maca=ar-rss-ar-all-1091-rdf", "https://news.example/a")]
    [InlineData("https://news.example/a?ref=rss", "https://news.example/a")]
    [InlineData("https://news.example/a?ref=7", "https://news.example/a?ref=7")]
    [InlineData("https://news.example/a?source=reuters", "https://news.example/a?source=reuters")]
    [InlineData("https://news.example/a?&&", "https://news.example/a")]
    [InlineData("https://m.news.example/a", "https://news.example/a")]
    [InlineData("https://mobile.news.example/a", "https://news.example/a")]
    [InlineData("https://amp.news.example/a", "https://news.example/a")]
    [InlineData("https://www.m.news.example/a", "https://news.example/a")]
    [InlineData("https://m.example/a", "https://m.example/a")]
    [InlineData("https://news.example/a/amp", "https://news.example/a")]
    [InlineData("https://news.example/a/amp/", "https://news.example/a")]
    [InlineData("https://news.example/amp/a", "https://news.example/a")]
    [InlineData("https://news.example/a.amp.html", "https://news.example/a.html")]
    [InlineData("https://news.example/a?amp=1", "https://news.example/a")]
    [InlineData("https://news.example/a?outputType=amp", "https://news.example/a")]
    [InlineData("https://news.example/amplifier", "https://news.example/amplifier")]
    [InlineData("https://news-example.cdn.ampproject.org/c/s/www.news.example/a/amp/", "https://news.example/a")]
    [InlineData("https://www.google.com/amp/s/www.news.example/a?x=1", "https://news.example/a?x=1")]
    [InlineData("https://www.google.com/url?rct=j&url=https%3A%2F%2Fnews.example%2Fa%3Futm_source%3Dx&ct=ga", "https://news.example/a")]
    [InlineData("https://news.example/a;jsessionid=12AB", "https://news.example/a")]
    [InlineData("https://news.example:8443/a", "https://news.example:8443/a")]
    [InlineData("https://news.example/خبر", "https://news.example/%D8%AE%D8%A8%D8%B1")]
    [InlineData("https://خبر.example/a", "https://xn--ngblk.example/a")]
    [InlineData("tag:news.example,2025:1", null)]
    [InlineData("/relative", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void OneAddressForOnePage(string? url, string? canonical)
    {
        Assert.Equal(canonical, CanonicalUrl.Of(url));
        if (canonical is not null) Assert.Equal(canonical, CanonicalUrl.Of(canonical));
    }

    [Fact]
    public void AnIdThatIsAnAddressSurvivesHttpsAndTracking()
    {
        var before = ArticleIdentity.Of(Items("<item><title>a</title><guid>http://www.news.example/a?utm_source=rss</guid></item>"));
        var after = ArticleIdentity.Of(Items("<item><title>a</title><guid>https://news.example/a</guid></item>"));
        Assert.Equal(before[0]!.ItemId, after[0]!.ItemId);
    }

    [Fact]
    public void OneIdForSeveralPagesIsToldApart()
    {
        var ids = ArticleIdentity.Of(Items("""
            <item><guid isPermaLink="false">0</guid><title>a</title><link>https://news.example/a</link></item>
            <item><guid isPermaLink="false">0</guid><title>b</title><link>https://news.example/b</link></item>
            """));
        Assert.NotEqual(ids[0]!.ItemId, ids[1]!.ItemId);
    }

    [Fact]
    public void AnItemThatStandsTwiceIsOne()
    {
        const string Item = "<item><guid isPermaLink=\"false\">7</guid><title>a</title><link>https://news.example/a</link></item>";
        var ids = ArticleIdentity.Of(Items(Item + Item));
        Assert.NotNull(ids[0]);
        Assert.Null(ids[1]);
    }

    [Fact]
    public void SpacingMakesNoRevisionAndAWordDoes()
    {
        Assert.Equal(ArticleIdentity.Hash("A  b", "c\n d"), ArticleIdentity.Hash("A b ", "c d"));
        Assert.NotEqual(ArticleIdentity.Hash("A b", "c d"), ArticleIdentity.Hash("A b", "c e"));
        Assert.NotEqual(ArticleIdentity.Hash("A", "b c"), ArticleIdentity.Hash("A b", "c"));
    }

    [Fact]
    public void AVeryLongIdIsKeptShortAndItsOwn()
    {
        var ids = ArticleIdentity.Of(Items(string.Concat("ab".Select(c =>
            $"<item><guid isPermaLink=\"false\">{new string('x', 5000)}{c}</guid><title>{c}</title></item>"))));
        Assert.All(ids, id => Assert.InRange(id!.ItemId.Length, 1, 1000));
        Assert.NotEqual(ids[0]!.ItemId, ids[1]!.ItemId);
    }
}
