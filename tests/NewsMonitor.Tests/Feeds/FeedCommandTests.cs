using Microsoft.AspNetCore.Http;
using NewsMonitor.Feeds;
using NewsMonitor.Schedule;
using NewsMonitor.Tests.Outbound;

namespace NewsMonitor.Tests.Feeds;

public class FeedCommandTests
{
    const string Rss = "<rss version='2.0'><channel><title>Newsroom</title><ttl>30</ttl><item><guid>1</guid><title>خبر</title>"
        + "<pubDate>Sat, 01 Mar 2025 10:00:00 GMT</pubDate></item></channel></rss>";

    static Task<LoopbackServer> SiteAsync() => LoopbackServer.StartAsync(context =>
    {
        if (context.Request.Path == "/feed.xml")
        {
            context.Response.Headers.ETag = "\"1\"";
            context.Response.ContentType = "application/rss+xml";
            return context.Response.WriteAsync(Rss);
        }
        if (context.Request.Path != "/")
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        }
        context.Response.ContentType = "text/html";
        return context.Response.WriteAsync("<html><head><link rel=alternate type='application/rss+xml' href='/feed.xml'></head><body><p>Welcome.</p></body></html>");
    });

    [Fact]
    public async Task CheckSaysWhatTheServiceWouldSee()
    {
        await using var site = await SiteAsync();
        using var http = TestHttp.Create();
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(0, await FeedCommand.CheckAsync(http, site.At("/feed.xml"), output, error, CancellationToken.None));
        var said = output.ToString();
        foreach (var expected in new[] { "rss-2.0", "Newsroom", "ETag", "a look every 30 min", "خبر", "2025-03-01 10:00" })
            Assert.Contains(expected, said, StringComparison.Ordinal);
        Assert.Empty(error.ToString());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/missing")]
    public async Task CheckFailsInOneLineThatSaysHowToGoOn(string path)
    {
        await using var site = await SiteAsync();
        using var http = TestHttp.Create();
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(1, await FeedCommand.CheckAsync(http, site.At(path), output, error, CancellationToken.None));
        Assert.Contains("feed discover", Assert.Single(error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http", 429, "too many requests", "left alone for 1 h 30 min")]
    [InlineData("http", 503, "not available", "left alone for 1 h 30 min")]
    [InlineData("http", 410, "has ended", "feed discover")]
    [InlineData("http", 401, "user name and password", "settings user and password")]
    [InlineData("https", 200, "no secure connection", "http://")]
    public async Task CheckSaysWhatAServerAnsweredAndWhatToDo(string scheme, int status, string what, string how)
    {
        await using var site = await LoopbackServer.StartAsync(context =>
        {
            (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (status, "5400");
            return Task.CompletedTask;
        });
        using var http = TestHttp.Create();
        using var error = new StringWriter();
        var url = new UriBuilder(site.At("/feed")) { Scheme = scheme }.Uri;
        Assert.Equal(1, await FeedCommand.CheckAsync(http, url, TextWriter.Null, error, CancellationToken.None));
        var said = Assert.Single(error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(what, said, StringComparison.Ordinal);
        Assert.Contains(how, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckReadsAFeedThatIsServedWithoutItsType()
    {
        await using var site = await LoopbackServer.StartAsync(context => context.Response.WriteAsync(Rss));
        using var http = TestHttp.Create();
        using var output = new StringWriter();
        Assert.Equal(0, await FeedCommand.CheckAsync(http, site.At("/feed"), output, TextWriter.Null, CancellationToken.None));
        Assert.Contains("no Content-Type", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://no-such-host.invalid/feed", "could not be looked up", "Check the address")]
    [InlineData("http://127.0.0.1:1/feed", "could not be reached", "whether the server is up")]
    [InlineData("http://10.1.2.3/feed", "10.1.2.3 is not a public address (private)", "Monitor__Outbound__AllowedHosts")]
    [InlineData("ftp://news.example/feed", "Only http and https", "")]
    public async Task CheckSaysWhatIsWrongWithAPlaceAndHowToMendIt(string url, string what, string how)
    {
        using var http = TestHttp.Create(resolver: (_, _) => throw new System.Net.Sockets.SocketException(11001));
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(1, await FeedCommand.CheckAsync(http, new Uri(url), output, error, CancellationToken.None));
        var said = Assert.Single(error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith($"monitor: {url}: ", said, StringComparison.Ordinal);
        Assert.Contains(what, said, StringComparison.Ordinal);
        Assert.Contains(how, said, StringComparison.Ordinal);
        Assert.DoesNotContain("feed discover", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/feed.xml")]
    public async Task DiscoverFindsTheFeedOfASiteAndTheFeedItself(string path)
    {
        await using var site = await SiteAsync();
        using var http = TestHttp.Create();
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(0, await FeedCommand.DiscoverAsync(http, site.At(path), output, error, CancellationToken.None));
        Assert.StartsWith(site.At("/feed.xml").AbsoluteUri
            + "\trss-2.0\t1 items", Assert.Single(output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0 0/10 * * * ?", "2025-03-05T12:10:00Z")]
    [InlineData("*/20 * * * *", "2025-03-05T12:20:00Z")]
    [InlineData("30 6 * * 5", "2025-03-07T06:30:00Z")]
    [InlineData("30 6 * * 0", "2025-03-09T06:30:00Z")]
    [InlineData("30 6 1 */2 *", "2025-05-01T06:30:00Z")]
    [InlineData("every now and then", null)]
    [InlineData("", null)]
    public void CronExpressionsAreReadWithFiveFieldsOrSix(string expression, string? next)
    {
        var at = CronExpressions.Next(expression,
            DateTimeOffset.Parse("2025-03-05T12:01:00Z", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(next is null ? null : DateTimeOffset.Parse(next, System.Globalization.CultureInfo.InvariantCulture), at);
        Assert.Equal(next is null, CronExpressions.Problem(expression) is not null);
    }
}
