namespace FeedParser.Tests;

public class DiscoveryTests
{
    static readonly Uri Page = new("https://example.com/news/index.html");

    [Theory]
    [InlineData("""<link rel="alternate" type="application/rss+xml" href="/feed">""", "https://example.com/feed")]
    [InlineData("""<LINK REL='ALTERNATE' TYPE='APPLICATION/RSS+XML' HREF='/feed'>""", "https://example.com/feed")]
    [InlineData("""<link href=/feed type=application/atom+xml rel=alternate>""", "https://example.com/feed")]
    [InlineData("""<link rel="alternate home" type="application/rdf+xml" href="feed"/>""", "https://example.com/news/feed")]
    [InlineData("""<link rel="alternate" type="application/feed+json" href="//cdn.example.com/f.json"/>""",
        "https://cdn.example.com/f.json")]
    [InlineData("""<link rel="alternate" type="application/rss+xml; charset=utf-8" href="/a?b=1&amp;c=2"/>""",
        "https://example.com/a?b=1&c=2")]
    [InlineData("""<link rel="alternate" type="application/x.atom+xml" href="/f"/>""", "https://example.com/f")]
    [InlineData("""<link rel="alternate" type="text/xml" href="/rss.xml"/>""", "https://example.com/rss.xml")]
    [InlineData("""<link rel="alternate" type="application/json" href="/feed.json"/>""", "https://example.com/feed.json")]
    [InlineData("""<link rel="feed" href="/f"/>""", "https://example.com/f")]
    [InlineData("""<base href="https://other.example.com/x/"><link rel="alternate" type="application/rss+xml" href="f"/>""",
        "https://other.example.com/x/f")]
    [InlineData("""<link rel="alternate" type="application/rss+xml" href="feed://example.com/f"/>""", "http://example.com/f")]
    public void ADeclaredFeedIsFound(string html, string url)
    {
        var feed = Assert.Single(FeedDiscovery.Find(html, Page));
        Assert.Equal(url, feed.Url);
        Assert.Equal(FeedOrigin.Link, feed.Origin);
    }

    [Theory]
    [InlineData("""<link rel="stylesheet" type="text/css" href="/feed.css">""")]
    [InlineData("""<link rel="alternate" hreflang="ar" href="/ar/">""")]
    [InlineData("""<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1/feed">""")]
    [InlineData("""<link rel="alternate" type="application/json+oembed" href="/oembed">""")]
    [InlineData("""<link rel="alternate" type="application/rss+xml">""")]
    [InlineData("""<link rel="alternate" type="application/rss+xml" href="javascript:x">""")]
    [InlineData("""<!-- <link rel="alternate" type="application/rss+xml" href="/feed"> -->""")]
    [InlineData("""<script>'<link rel="alternate" type="application/rss+xml" href="/feed">'</script>""")]
    [InlineData("""<a href="/about">About</a><a href="#feed">x</a>""")]
    public void WhatIsNoFeedIsPassedOver(string html) =>
        Assert.All(FeedDiscovery.Find(html, Page), f => Assert.Equal(FeedOrigin.Guess, f.Origin));

    [Theory]
    [InlineData("/rss")]
    [InlineData("/news/feed/")]
    [InlineData("/world.rss")]
    [InlineData("/index.rdf")]
    [InlineData("https://feeds.example.com/world")]
    [InlineData("/?feed=rss2")]
    [InlineData("/rss/world.xml")]
    public void AnAnchorThatLooksLikeAFeedIsFound(string href)
    {
        var feed = FeedDiscovery.Find($"""<a href="{href}">World news</a>""", Page)[0];
        Assert.Equal(FeedOrigin.Anchor, feed.Origin);
        Assert.Equal("World news", feed.Title);
    }

    [Fact]
    public void DeclaredFeedsComeBeforeAnchorsAndCommentsLast()
    {
        var feeds = FeedDiscovery.Find("""
            <a href="/world.rss">W</a>
            <link rel="alternate" type="application/rss+xml" href="/comments/feed" title="Comments">
            <link rel="alternate" type="application/rss+xml" href="/feed" title="News">
            <a href="/feed/">again</a>
            """, Page);
        Assert.Equal(["https://example.com/feed", "https://example.com/comments/feed", "https://example.com/world.rss"],
            feeds.Select(f => f.Url));
        Assert.Equal("News", feeds[0].Title);
        Assert.Equal("application/rss+xml", feeds[0].Type);
    }

    [Fact]
    public void APageWithoutDeclaredFeedsGetsGuessesMarkedAsSuch()
    {
        var feeds = FeedDiscovery.Find("<p>nothing</p>", Page);
        Assert.Contains(feeds, f => f.Url == "https://example.com/feed");
        Assert.All(feeds, f => Assert.Equal(FeedOrigin.Guess, f.Origin));
    }

    [Theory]
    [InlineData("codehollow", "https://codehollow.com/", "https://codehollow.com/feed/")]
    [InlineData("heise", "https://www.heise.de/", "https://www.heise.de/rss/heise-atom.xml")]
    [InlineData("japantimes", "https://www.japantimes.co.jp/", "https://www.japantimes.co.jp/feed/topstories")]
    [InlineData("orf", "https://orf.at/", "https://rss.orf.at/news.xml")]
    [InlineData("stackoverflow", "https://stackoverflow.com/", "https://stackoverflow.com/feeds")]
    [InlineData("stadtfeuerwehrweiz", "http://www.stadtfeuerwehr-weiz.at/", "http://www.stadtfeuerwehr-weiz.at/rss/einsaetze.xml")]
    [InlineData("theverge", "https://www.theverge.com/", "https://www.theverge.com/rss/index.xml")]
    public void TheFeedOfARealPageIsFoundFirst(string name, string page, string expected)
    {
        if (RealFeeds.Folder("feeds", "pages") is { } folder)
        {
            Assert.Equal(expected, FeedDiscovery.Find(File.ReadAllText(Path.Combine(folder, name + ".html")), new Uri(page))[0].Url);
        }
    }

    [Fact]
    public void AHostilePageIsReadInLinearTime()
    {
        foreach (var piece in new[] { "<a href=\"", "<link ", "<!--", "<script>", "<a href='/feed'>", "<" })
        {
            FeedDiscovery.Find(string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length)), Page);
        }
    }
}
