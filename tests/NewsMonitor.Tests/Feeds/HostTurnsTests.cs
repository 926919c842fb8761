using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using NewsMonitor.Articles;
using NewsMonitor.Feeds;
using NewsMonitor.Operations;
using NewsMonitor.Outbound;
using NewsMonitor.Tests.Outbound;

namespace NewsMonitor.Tests.Feeds;

/// <summary>Public hosts as the service sees them: names that it reaches through its proxy, which is the test's own server.</summary>
public sealed class HostTurnsTests : IAsyncDisposable
{
    const string Rss = "<rss version='2.0'><channel><title>T</title></channel></rss>";
    const string Page = "<html><body><article><p>Text.</p></article></body></html>";

    readonly ConcurrentBag<string> _asked = [];
    readonly ConcurrentDictionary<string, int> _busy = new();
    readonly ConcurrentDictionary<string, string> _moved = new();
    readonly ManualTime _time = new();
    readonly HostGate _gate;
    LoopbackServer? _proxy;
    OutboundHttp? _http;

    public HostTurnsTests() => _gate = new HostGate(2, TimeSpan.Zero, _time);

    async Task<(OutboundHttp Http, HostTurns Turns)> StartAsync()
    {
        _proxy = await LoopbackServer.StartAsync(context =>
        {
            var url = $"{context.Request.Host}{context.Request.Path}";
            _asked.Add(url);
            if (_busy.TryGetValue(url, out var status))
            {
                (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (status, "3600");
                return Task.CompletedTask;
            }
            if (_moved.TryGetValue(url, out var target))
            {
                (context.Response.StatusCode, context.Response.Headers.Location) = (302, target);
                return Task.CompletedTask;
            }
            context.Response.ContentType = url.EndsWith(".html", StringComparison.Ordinal) ? "text/html" : "application/rss+xml";
            return context.Response.WriteAsync(url.EndsWith(".html", StringComparison.Ordinal) ? Page : Rss);
        });
        var options = TestHttp.Options("");
        options.Proxy = _proxy.Address.AbsoluteUri;
        _http = TestHttp.Create(options, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("93.184.216.34")]), _time);
        return (_http, new HostTurns(_http, _gate, new FetchOptions(), _time));
    }

    async Task<FeedVisits> VisitsAsync()
    {
        var (http, turns) = await StartAsync();
        var folder = Directory.CreateTempSubdirectory("monitor-turns-").FullName;
        var secrets = Secrets.Open(null, folder, _time);
        return new FeedVisits(new FeedFetcher(http, _time), http, _gate, turns, new NetworkHealth(_time), secrets, _time);
    }

    static Feed Feed(string url) => new() { Url = url };

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task AHostThatAsksToWaitIsLeftAloneWithAllItsFeedsAndNoOther(int status)
    {
        var visits = await VisitsAsync();
        _busy["a.example/feed"] = status;
        Assert.IsType<FetchOutcome.Failed>((await visits.VisitAsync(Feed("http://a.example/feed"), default)).Look!.Outcome);
        var turnedAway = await visits.VisitAsync(Feed("http://a.example/other"), default);
        Assert.Null(turnedAway.Look);
        Assert.Equal(_time.GetUtcNow().AddHours(1), turnedAway.Later);
        Assert.IsType<FetchOutcome.Content>((await visits.VisitAsync(Feed("http://far.example/feed"), default)).Look!.Outcome);
        _time.Advance(TimeSpan.FromMinutes(61));
        Assert.IsType<FetchOutcome.Content>((await visits.VisitAsync(Feed("http://a.example/other"), default)).Look!.Outcome);
        Assert.Single(_asked, "a.example/other");
    }

    [Fact]
    public async Task WhoAsksToWaitBehindARedirectIsLeftAloneAndNotWhoRedirects()
    {
        var visits = await VisitsAsync();
        _moved["short.example/a"] = "http://busy.example/feed";
        _busy["busy.example/feed"] = 429;
        Assert.IsType<FetchOutcome.Failed>((await visits.VisitAsync(Feed("http://short.example/a"), default)).Look!.Outcome);
        Assert.IsType<FetchOutcome.Content>((await visits.VisitAsync(Feed("http://short.example/b"), default)).Look!.Outcome);
        Assert.Null((await visits.VisitAsync(Feed("http://busy.example/other"), default)).Look);
    }

    [Fact]
    public async Task AFeedWhosePasswordCannotBeReadFailsAndSaysHowToMendIt()
    {
        var visits = await VisitsAsync();
        var other = Secrets.Open(Convert.ToBase64String(new byte[32]), "", _time);
        var feed = Feed("http://a.example/feed");
        feed.Settings = new() { User = "reader", Password = other.Protect("open") };
        var failed = Assert.IsType<FetchOutcome.Failed>((await visits.VisitAsync(feed, default)).Look!.Outcome);
        Assert.Equal(FailureKind.Hard, failed.Kind);
        Assert.Contains("another key", failed.Message, StringComparison.Ordinal);
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task AnArticlePageThatAsksToWaitStopsTheOtherPagesAndTheFeedsOfItsHost()
    {
        var (http, turns) = await StartAsync();
        _busy["a.example/2.html"] = 429;
        var pages = new FullText(http, turns, _time, NullLogger<FullText>.Instance);
        Assert.Empty(await pages.FetchAsync(Feed("http://a.example/feed"), ["http://a.example/2.html"], default));
        Assert.Empty(await pages.FetchAsync(Feed("http://a.example/feed"), ["http://a.example/1.html"], default));
        Assert.Equal(["a.example/2.html"], _asked.Distinct());
        _time.Advance(TimeSpan.FromMinutes(61));
        Assert.Single(await pages.FetchAsync(Feed("http://a.example/feed"), ["http://a.example/1.html"], default));
    }

    [Fact]
    public async Task ASearchForFeedsWaitsItsTurnAndLeavesAHostAloneThatAsksForIt()
    {
        var (http, turns) = await StartAsync();
        var discoverer = new FeedDiscoverer(http, new FeedFetcher(http, _time), turns, _time);
        await _gate.PauseAsync("a.example", TimeSpan.FromHours(1));
        var (feeds, problem) = await discoverer.FindAsync(new Uri("http://a.example/start.html"), default);
        Assert.Empty(feeds);
        Assert.Contains("left alone", problem, StringComparison.Ordinal);
        Assert.Empty(_asked);
        _time.Advance(TimeSpan.FromMinutes(61));
        _busy["a.example/feed"] = 429;
        await discoverer.FindAsync(new Uri("http://a.example/start.html"), default);
        Assert.Contains("a.example/feed", _asked);
        Assert.DoesNotContain("a.example/index.rdf", _asked);
    }

    public async ValueTask DisposeAsync()
    {
        _gate.Dispose();
        _http?.Dispose();
        if (_proxy is not null) await _proxy.DisposeAsync();
    }
}
