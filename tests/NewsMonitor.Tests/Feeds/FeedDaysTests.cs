using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Articles;
using NewsMonitor.Deliveries;
using NewsMonitor.Operations.Retention;
using NewsMonitor.Tests.Database;
using NewsMonitor.Tests.Outbound;

namespace NewsMonitor.Tests.Feeds;

/// <summary>What shows only over hours and days: the whole service on a clock that the test moves, against a server on loopback.</summary>
public sealed class FeedDaysTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    static string Rss(params int[] items) => "<rss version='2.0'><channel><title>Newsroom</title>" + string.Concat(items.Select(n =>
        $"<item><guid isPermaLink='false'>id-{n}</guid><title>Title {n}</title><link>https://news.example/{n}</link></item>"))
        + "</channel></rss>";

    Task<RunningService> StartAsync(ManualTime time) => RunningService.StartAsync(postgres, time,
        ("Monitor:Schedule:LookAnyway", "00:00:00.1"), ("Monitor:Fetch:NotifyRecipients", "desk"));

    [Fact]
    public async Task APermanentRedirectIsAdoptedAfterSeveralDaysAndToldOnce()
    {
        await using var newsroom = await LoopbackServer.StartAsync(c =>
        {
            if (c.Request.Path == "/new") return c.Response.WriteAsync(Rss(1));
            (c.Response.StatusCode, c.Response.Headers.Location) = (308, "/new");
            return Task.CompletedTask;
        });
        var time = new ManualTime();
        await using var service = await StartAsync(time);
        await AddDeskAsync(service, newsroom);
        var feed = await service.WatchAsync(newsroom.At("/old"));
        await LookedAtAsync(service, feed, 1);
        for (var day = 2; day <= 3; day++)
        {
            Assert.Equal(newsroom.At("/old").AbsoluteUri, (await service.UntilAsync(feed, _ => true)).GetProperty("url").GetString());
            time.Advance(TimeSpan.FromDays(1));
            await LookedAtAsync(service, feed, day);
        }
        var moved = await service.UntilAsync(feed, f => f.GetProperty("url").GetString() == newsroom.At("/new").AbsoluteUri);
        Assert.Equal("healthy", moved.GetProperty("state").GetString());
        time.Advance(TimeSpan.FromDays(1));
        await LookedAtAsync(service, feed, 4);
        await using var db = service.Open();
        Assert.Single(await db.Set<Article>().ToListAsync());
        var notices = await db.Set<Delivery>().OrderBy(d => d.Id).Select(d => d.Notice).ToListAsync();
        Assert.Equal(2, notices.Count);
        Assert.Contains("redirects to", notices[0], StringComparison.Ordinal);
        Assert.Contains("the new address is used", notices[1], StringComparison.Ordinal);
        // The configuration folder is applied at every start, and still names the old address.
        using var imported = await service.Http.PostAsync("/api/v1/feeds.opml", new StringContent(
            $"<opml><body><outline text='Newsroom' xmlUrl='{newsroom.At("/old")}'/></body></opml>"));
        Assert.Equal("{\"listed\":1,\"added\":0}", await imported.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task AnArticleThatAgedOutIsNoNewsThoughItsFeedStillListsIt()
    {
        var time = new ManualTime();
        string Dated(int n, DateTimeOffset at) => $"<item><guid isPermaLink='false'>id-{n}</guid><title>Title {n}</title><pubDate>{at:R}</pubDate></item>";
        var items = Dated(1, time.GetUtcNow().AddDays(-90)) + Dated(2, time.GetUtcNow().AddDays(-1));
        await using var newsroom = await LoopbackServer.StartAsync(c =>
            c.Response.WriteAsync($"<rss version='2.0'><channel><title>Newsroom</title>{items}</channel></rss>"));
        await using var service = await RunningService.StartAsync(
            postgres, time, ("Monitor:Schedule:LookAnyway", "00:00:00.1"), ("Monitor:Retention:Articles", "30"));
        var feed = await service.WatchAsync(newsroom.At("/feed"));
        await LookedAtAsync(service, feed, 1);
        await using var db = service.Open();
        // What a feed lists when it is first looked at is stored however old it is: that is what backtests look at.
        Assert.Equal(2, await db.Set<Article>().CountAsync());
        time.Advance(TimeSpan.FromDays(31));
        await service.Get<RetentionWork>().RunAsync(CancellationToken.None);
        Assert.Equal(0, await db.Set<Article>().CountAsync());
        items += Dated(3, time.GetUtcNow()) + Dated(4, time.GetUtcNow().AddDays(-20));
        await service.RefreshAsync(feed);
        Assert.Equal(["id-3", "id-4"], await db.Set<Article>().Select(a => a.ItemId).Order().ToListAsync());
    }

    [Fact]
    public async Task APasswordStaysWithTheOriginThatAFeedMovesAwayFrom()
    {
        var heard = new ConcurrentBag<string>();
        await using var young = await LoopbackServer.StartAsync(c =>
        {
            heard.Add($"{c.Request.Headers.Authorization}{c.Request.Headers["X-Key"]}");
            return c.Response.WriteAsync(Rss(1));
        });
        await using var old = await LoopbackServer.StartAsync(c =>
        {
            (c.Response.StatusCode, c.Response.Headers.Location) = (301, young.At("/feed").AbsoluteUri);
            return Task.CompletedTask;
        });
        var time = new ManualTime();
        await using var service = await StartAsync(time);
        var feed = await service.WatchAsync(
            old.At("/feed"), new { user = "u", password = "geheim", headers = new Dictionary<string, string> { ["X-Key"] = "geheim" } });
        for (var look = 1; look <= 4; look++)
        {
            await LookedAtAsync(service, feed, look);
            time.Advance(TimeSpan.FromDays(1));
        }
        await LookedAtAsync(service, feed, 5);
        Assert.Equal(young.At("/feed").AbsoluteUri, (await service.UntilAsync(feed, _ => true)).GetProperty("url").GetString());
        Assert.True(heard.Count >= 5);
        Assert.All(heard, keys => Assert.Equal("", keys));
    }

    [Fact]
    public async Task AServerThatAlwaysSaysNotModifiedIsAskedForEverythingOnceADay()
    {
        var content = Rss(1);
        await using var newsroom = await LoopbackServer.StartAsync(c =>
        {
            c.Response.Headers.ETag = "\"always the same\"";
            if (!c.Request.Headers.ContainsKey("If-None-Match")) return c.Response.WriteAsync(content);
            c.Response.StatusCode = 304;
            return Task.CompletedTask;
        });
        var time = new ManualTime();
        await using var service = await StartAsync(time);
        var feed = await service.WatchAsync(newsroom.At("/feed"));
        await LookedAtAsync(service, feed, 1);
        content = Rss(1, 2);
        for (var look = 2; look <= 5; look++)
        {
            time.Advance(TimeSpan.FromHours(5));
            Assert.Equal((look, "not-modified"), (look, await LookedAtAsync(service, feed, look)));
        }
        await using var db = service.Open();
        Assert.Equal(1, await db.Set<Article>().CountAsync());
        time.Advance(TimeSpan.FromHours(5));
        Assert.Equal("fetched", await LookedAtAsync(service, feed, 6));
        Assert.Equal(2, await db.Set<Article>().CountAsync());
        time.Advance(TimeSpan.FromHours(5));
        Assert.Equal("not-modified", await LookedAtAsync(service, feed, 7));
    }

    [Fact]
    public async Task AFeedThatEndsIsRetiredWithANoticeAndAPersonMayBringItBack()
    {
        var (gone, asked) = (false, 0);
        await using var newsroom = await LoopbackServer.StartAsync(c =>
        {
            // The desk is at the same server.
            asked += c.Request.Path == "/feed" ? 1 : 0;
            if (!gone) return c.Response.WriteAsync(Rss(1));
            c.Response.StatusCode = 410;
            return Task.CompletedTask;
        });
        var time = new ManualTime();
        await using var service = await StartAsync(time);
        await AddDeskAsync(service, newsroom);
        var feed = await service.WatchAsync(newsroom.At("/feed"));
        await LookedAtAsync(service, feed, 1);
        gone = true;
        time.Advance(TimeSpan.FromDays(1));
        Assert.Equal("gone", await LookedAtAsync(service, feed, 2));
        var retired = await service.UntilAsync(feed, f => f.GetProperty("state").GetString() == "gone");
        Assert.False(retired.GetProperty("enabled").GetBoolean());
        await using var db = service.Open();
        Assert.Contains("410", (await db.Set<Delivery>().SingleAsync()).Notice, StringComparison.Ordinal);
        time.Advance(TimeSpan.FromDays(9));
        await Task.Delay(500);
        Assert.Equal(2, asked);
        gone = false;
        using var enabled = await service.Http.PatchAsJsonAsync($"/api/v1/feeds/{feed.GetProperty("id")}", new { enabled = true });
        Assert.Equal(HttpStatusCode.OK, enabled.StatusCode);
        await LookedAtAsync(service, feed, 3);
        var back = await service.UntilAsync(feed, f => f.GetProperty("enabled").GetBoolean());
        Assert.Equal("healthy", back.GetProperty("state").GetString());
    }

    [Fact]
    public async Task EachFeedKeepsItsOwnIntervalOrCron()
    {
        await using var newsroom = await LoopbackServer.StartAsync(c => c.Response.WriteAsync(Rss(1)));
        var time = new ManualTime(new DateTimeOffset(2025, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using var service = await StartAsync(time);
        var often = await service.WatchAsync(newsroom.At("/often"), new { interval = "00:10:00" });
        var morning = await service.WatchAsync(newsroom.At("/morning"), new { cron = "30 6 * * *" });
        await LookedAtAsync(service, often, 1);
        await LookedAtAsync(service, morning, 1);
        var next = (await service.UntilAsync(morning, _ => true)).GetProperty("health").GetProperty("nextFetchAt").GetDateTimeOffset();
        Assert.Equal(new DateTimeOffset(2025, 3, 2, 6, 30, 0, TimeSpan.Zero), next);
        for (var look = 2; look <= 4; look++)
        {
            time.Advance(TimeSpan.FromMinutes(11));
            await LookedAtAsync(service, often, look);
        }
        Assert.Equal(1, await LooksAsync(service, morning));
        time.Advance(next - time.GetUtcNow());
        await LookedAtAsync(service, morning, 2);
    }

    [Fact]
    public async Task AHostThatAsksToWaitIsLeftAloneWithAllItsFeedsButNotWhereItIsTheOperatorsOwnBridge()
    {
        var asked = new ConcurrentDictionary<string, int>();
        await using var newsroom = await LoopbackServer.StartAsync(c =>
        {
            var first = asked.AddOrUpdate(c.Request.Path.Value!, 1, (_, n) => n + 1) == 1;
            if (!first || c.Request.Path != "/busy") return c.Response.WriteAsync(Rss(1));
            (c.Response.StatusCode, c.Response.Headers.RetryAfter) = (429, "3600");
            return Task.CompletedTask;
        });
        var time = new ManualTime();
        await using var service = await StartAsync(time);
        var busy = await service.WatchAsync(newsroom.At("/busy"), new { interval = "00:05:00" });
        Assert.Equal("failed", await LookedAtAsync(service, busy, 1));
        // 127.0.0.1 is opened in AllowedHosts: what one feed behind it is refused says nothing about the others.
        var other = await service.WatchAsync(newsroom.At("/other"));
        Assert.Equal("fetched", await LookedAtAsync(service, other, 1));
        time.Advance(TimeSpan.FromMinutes(59));
        await Task.Delay(500);
        Assert.Equal(1, asked["/busy"]);
        time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal("fetched", await LookedAtAsync(service, busy, 2));
    }

    static async Task AddDeskAsync(RunningService service, LoopbackServer server)
    {
        await using var db = service.Open();
        db.Add(new Recipient { Id = "desk", Kind = RecipientKind.Webhook, Target = server.At("/hook").AbsoluteUri });
        await db.SaveChangesAsync();
    }

    static async Task<int> LooksAsync(RunningService service, JsonElement feed) =>
        (await HistoryAsync(service, feed)).GetArrayLength();

    static async Task<JsonElement> HistoryAsync(RunningService service, JsonElement feed) =>
        (await service.Http.GetFromJsonAsync<JsonElement>($"/api/v1/feeds/{feed.GetProperty("id")}/fetches")).GetProperty("items");

    /// <summary>Waits until the feed's history has so many looks, and gives the latest one's result.</summary>
    static async Task<string?> LookedAtAsync(RunningService service, JsonElement feed, int looks)
    {
        for (var tries = 0; ; tries++)
        {
            var history = await HistoryAsync(service, feed);
            if (history.GetArrayLength() >= looks) return history[0].GetProperty("result").GetString();
            Assert.True(tries < 600, string.Create(CultureInfo.InvariantCulture, $"{history.GetArrayLength()} looks of {looks}"));
            await Task.Delay(50);
        }
    }
}
