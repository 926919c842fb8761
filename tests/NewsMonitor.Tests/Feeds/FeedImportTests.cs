using System.Text;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Feeds;
using NewsMonitor.Operations;
using NewsMonitor.Schedule;
using NewsMonitor.Tests.Database;

namespace NewsMonitor.Tests.Feeds;

public sealed class FeedImportTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    static readonly DateTimeOffset Now = new(2025, 3, 5, 12, 0, 0, TimeSpan.Zero);

    static readonly Secrets Keys = Secrets.Open(Convert.ToBase64String(new byte[32]), "", TimeProvider.System);

    static string Opml(string attributes) => $"""
        <opml version="2.0" xmlns:m="urn:news-monitor:opml"><body>
        <outline text="Iraq"><outline text="Newspapers"><outline text="A" xmlUrl="https://a.example/feed" {attributes}/></outline></outline>
        </body></opml>
        """;

    async Task<(Feed? Feed, IReadOnlyList<string> Problems)> ImportAsync(Feed? known, params string[] attributes)
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var db = database.CreateContext();
        if (known is not null) db.Add(known);
        await db.SaveChangesAsync();
        IReadOnlyList<string> problems = [];
        foreach (var each in attributes)
        {
            (_, problems) = await FeedImport.ApplyAsync(
                db, Keys, Opml(each), Origin.File, CronExpressions.Next, Now, CancellationToken.None);
            if (problems.Count == 0) await db.SaveChangesAsync();
        }
        await using var fresh = database.CreateContext();
        return (await fresh.Set<Feed>().SingleOrDefaultAsync(), problems);
    }

    static Feed Known(FeedSettings settings) => new()
    {
        Url = "https://a.example/feed", Settings = settings, NextFetchAt = Now.AddHours(1), CreatedAt = Now, UpdatedAt = Now,
    };

    [Fact]
    public async Task WhatAFileCannotSayStaysAsPeopleSetIt()
    {
        var (feed, _) = await ImportAsync(Known(new FeedSettings
        {
            User = "reader", Password = "v1:kept", Proxy = "socks5://proxy.example:1080", Interval = TimeSpan.FromMinutes(5),
            Headers = new Dictionary<string, string> { ["X-Key"] = "1" },
        }), "m:fullText='true'");
        Assert.Equal(("reader", "v1:kept", "socks5://proxy.example:1080", TimeSpan.FromMinutes(5), true),
            (feed!.Settings.User, feed.Settings.Password, feed.Settings.Proxy, feed.Settings.Interval, feed.Settings.FullText));
        Assert.Equal("1", feed.Settings.Headers!["X-Key"]);
        Assert.Equal("Iraq / Newspapers", feed.Folder);
    }

    [Fact]
    public async Task AScheduleOfTheFileTakesThePlaceOfTheOtherKindAndHoldsAtOnce()
    {
        var (feed, _) = await ImportAsync(Known(new FeedSettings { Interval = TimeSpan.FromHours(6) }), "m:cron='0 0/10 * * * ?'");
        Assert.Equal((null, "0 0/10 * * * ?", Now), (feed!.Settings.Interval, feed.Settings.Cron, feed.NextFetchAt));
    }

    [Fact]
    public async Task TheSameFileAgainAsksNoFeedAgain()
    {
        var (feed, _) = await ImportAsync(Known(new FeedSettings { FullText = true }), "m:fullText='true'");
        Assert.Equal(Now.AddHours(1), feed!.NextFetchAt);
        var settings = new FeedSettings
        {
            User = "reader", Password = Keys.Protect("open"), Headers = new Dictionary<string, string> { ["X-Key"] = "1", ["Cookie"] = "a=b" },
        };
        var whole = """m:user='reader' m:password='open' m:headers='{"Cookie":"a=b","X-Key":"1"}'""";
        Assert.Equal(Now.AddHours(1), (await ImportAsync(Known(settings), whole, whole)).Feed!.NextFetchAt);
        (feed, _) = await ImportAsync(Known(settings), whole.Replace("open", "other", StringComparison.Ordinal));
        Assert.Equal(("other", Now), (Keys.Reveal(feed!.Settings.Password!), feed.NextFetchAt));
    }

    [Fact]
    public async Task AFileBringsBackAPasswordWhoseKeyIsLost()
    {
        var lost = Secrets.Open(Convert.ToBase64String([.. Enumerable.Range(0, 32).Select(n => (byte)n)]), "", TimeProvider.System);
        var (feed, problems) = await ImportAsync(
            Known(new FeedSettings { User = "reader", Password = lost.Protect("open") }), "m:user='reader' m:password='open'");
        Assert.Empty(problems);
        Assert.Equal("open", Keys.Reveal(feed!.Settings.Password!));
    }

    [Fact]
    public async Task AFeedThatTheFileTurnsOffIsOffAndStaysOffWhereTheFileIsSilent()
    {
        Assert.False((await ImportAsync(null, "m:enabled='false'")).Feed!.Enabled);
        Assert.False((await ImportAsync(null, "m:enabled='false'", "")).Feed!.Enabled);
        Assert.True((await ImportAsync(null, "")).Feed!.Enabled);
    }

    [Theory]
    [InlineData("m:cron='now and then'", "never comes")]
    [InlineData("m:cron='0 0 0 1 1 ? 1999'", "never comes")]
    [InlineData("m:cron='0 0/10 * * * ?' m:interval='00:05:00'", "choose one")]
    [InlineData("""m:headers='{"Bad Name":"x"}'""", "no header that can be sent")]
    [InlineData("m:proxy='ftp://a.example'", "is no proxy")]
    public async Task ASettingThatCannotBeRefusesTheFileAndNamesTheLine(string attributes, string why)
    {
        var (feed, problems) = await ImportAsync(null, attributes);
        Assert.Null(feed);
        var problem = Assert.Single(problems);
        Assert.StartsWith("line 2, column ", problem, StringComparison.Ordinal);
        Assert.Contains(why, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("windows-1256", false)]
    [InlineData("iso-8859-6", false)]
    public void AFileIsReadInItsOwnEncoding(string name, bool mark)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Encoding.GetEncoding(name);
        var text = $"<?xml version='1.0' encoding='{name}'?>"
            + "<opml><body><outline text='صحيفة المدى' xmlUrl='https://a.example/'/></body></opml>";
        byte[] bytes = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];
        var read = OpmlFile.Read(OpmlFile.Decode(bytes));
        Assert.Empty(read.Problems);
        Assert.Equal("صحيفة المدى", read.Feeds[0].Title);
    }
}
