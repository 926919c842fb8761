using NewsMonitor.Feeds;

namespace NewsMonitor.Tests.Feeds;

public class OpmlFileTests
{
    static OpmlResult Body(string outlines) =>
        OpmlFile.Read($"<?xml version='1.0'?>\n<opml version='2.0'><body>\n{outlines}\n</body></opml>");

    [Fact]
    public void FoldersNestAndEnd()
    {
        var read = Body("""
            <outline text="العراق"><outline text="صحف">
              <outline type="rss" text="المدى" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/" language="ar"/>
            </outline><outline text="B" xmlUrl="https://b.example/feed"></outline></outline>
            <outline text="C" xmlUrl="https://c.example/feed"/>
            """);
        Assert.Empty(read.Problems);
        Assert.Equal(["العراق / صحف", "العراق", null], read.Feeds.Select(f => f.Folder));
        Assert.Equal("ar", read.Feeds[0].Language);
        Assert.Equal("المدى", read.Feeds[0].Title);
        Assert.Equal(4, read.Feeds[0].Line);
    }

    [Theory]
    [InlineData("<outline xmlUrl='https://a.example/?a=1&b=2'/>", "https://a.example/?a=1&b=2")]
    [InlineData("<outline xmlUrl='https://a.example/?a=1&amp;b=2'/>", "https://a.example/?a=1&b=2")]
    [InlineData("<outline XMLURL=' https://a.example/ '/>", "https://a.example/")]
    [InlineData("<outline xmlUrl='feed://a.example/x'/>", "http://a.example/x")]
    [InlineData("<outline xmlUrl='feed:https://a.example/x'/>", "https://a.example/x")]
    [InlineData("<Outline xmlUrl='https://a.example/&#233;'/>", "https://a.example/%C3%A9")]
    public void AddressesAreReadAsExportsWriteThem(string outline, string url)
    {
        var read = Body(outline);
        Assert.Empty(read.Problems);
        Assert.Equal(url, Assert.Single(read.Feeds).Url.AbsoluteUri);
    }

    [Fact]
    public void AFolderMayCarryAnEmptyAddress()
    {
        var read = Body("<outline text='Iraq' xmlUrl='' htmlUrl=''><outline text='A' xmlUrl='https://a.example/'/></outline>");
        Assert.Empty(read.Problems);
        Assert.Equal("Iraq", Assert.Single(read.Feeds).Folder);
    }

    [Fact]
    public void AFeedListedTwiceIsTakenOnce()
    {
        Assert.Single(Body("<outline xmlUrl='https://a.example/'/><outline xmlUrl='https://A.example'/>").Feeds);
    }

    [Fact]
    public void ACategoryStandsInForAFolder()
    {
        Assert.Equal("World / Iraq", Body("<outline xmlUrl='https://a.example/' category='/World/Iraq,/Other'/>").Feeds[0].Folder);
    }

    [Theory]
    [InlineData("<outline type='rss' text='x'/>", 3)]
    [InlineData("<outline text='x' xmlUrl=''/>", 3)]
    [InlineData("\n<outline xmlUrl='ftp://a.example/'/>", 4)]
    [InlineData("\n\n<outline xmlUrl='not an address'/>", 5)]
    [InlineData("<outline xmlUrl='https://a.example/'>", 4)]
    [InlineData("<outline xmlUrl='https://a.example/' xmlns:m='urn:news-monitor:opml' m:interval='soon'/>", 3)]
    [InlineData("<outline xmlUrl='https://a.example/' xmlns:m='urn:news-monitor:opml' m:headers='Cookie: a'/>", 3)]
    public void AProblemNamesItsLine(string outline, int line)
    {
        Assert.Equal(line, Assert.Single(Body(outline).Problems).Line);
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain text")]
    [InlineData("<rss version='2.0'/>")]
    [InlineData("<!DOCTYPE opml [<!ENTITY a 'b'>]><opml><body><outline text='&a;' xmlUrl='https://a.example/&a;'/></body></opml>")]
    public void AnotherKindOfFileIsAProblemNotACrash(string text) => Assert.NotEmpty(OpmlFile.Read(text).Problems);

    [Fact]
    public void WhatIsWrittenIsReadBack()
    {
        Feed[] feeds =
        [
            new() { Url = "https://a.example/?x=1&y=2", Title = "A \"quoted\" <title>", Folder = "العراق / صحف", Language = "ar",
                SiteUrl = "https://a.example/" },
            new() { Url = "https://b.example/", Enabled = false, Folder = "العراق" },
            new()
            {
                Url = "https://c.example/",
                Settings = new() { FullText = true, Interval = TimeSpan.FromMinutes(7), UserAgent = "X/1", User = "u",
                    Password = "secret" },
            },
        ];
        var text = OpmlFile.Write("Feeds", DateTimeOffset.UnixEpoch, feeds);
        var read = OpmlFile.Read(text);
        Assert.Empty(read.Problems);
        Assert.Equal(
            feeds.Select(f => (f.Url, f.Title, f.Folder, f.Enabled, f.Settings.FullText, f.Settings.Interval, f.Settings.UserAgent)).Order(),
            read.Feeds.Select(f => (f.Url.AbsoluteUri, f.Title, f.Folder, f.Enabled ?? true, f.FullText ?? false, f.Settings.Interval,
                f.Settings.UserAgent)).Order());
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.Contains("utf-8", text, StringComparison.Ordinal);
    }
}
