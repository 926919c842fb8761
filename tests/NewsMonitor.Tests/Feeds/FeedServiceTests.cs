using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Articles;
using NewsMonitor.Deliveries;
using NewsMonitor.Feeds;
using NewsMonitor.Tests.Database;
using NewsMonitor.Tests.Outbound;

namespace NewsMonitor.Tests.Feeds;

public sealed class FeedServiceTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    static string Rss(string items, string more = "") =>
        $"<rss version='2.0'><channel><title>Newsroom</title>{more}{items}</channel></rss>";

    static string Item(int n, string title = "Title", string? link = null, string id = "id") =>
        $"<item><guid isPermaLink='false'>{id}-{n}</guid><title>{title} {n}</title><description>Text of number {n}, long enough to be told apart.</description>"
        + $"<link>{link ?? $"https://news.example/{n}"}</link></item>";

    static bool Succeeded(JsonElement feed) => feed.GetProperty("health").GetProperty("lastSuccessAt").ValueKind == JsonValueKind.String;

    [Fact]
    public async Task AFeedIsLookedAtFromTheMomentItIsPostedAndItsHistoryIsKept()
    {
        await using var newsroom = await LoopbackServer.StartAsync(c => c.Response.WriteAsync(Rss(Item(1) + Item(2))));
        await using var service = await RunningService.StartAsync(postgres);
        var feed = await service.WatchAsync(newsroom.At("/feed"));
        var seen = await service.UntilAsync(feed, Succeeded);
        Assert.Equal(("healthy", "Newsroom"), (seen.GetProperty("state").GetString(), seen.GetProperty("title").GetString()));
        var history = await service.Http.GetFromJsonAsync<JsonElement>($"/api/v1/feeds/{feed.GetProperty("id")}/fetches");
        var fetch = Assert.Single(history.GetProperty("items").EnumerateArray());
        Assert.Equal(("fetched", 2, 2),
            (fetch.GetProperty("result").GetString(), fetch.GetProperty("items").GetInt32(), fetch.GetProperty("newArticles").GetInt32()));
        await using var db = service.Open();
        Assert.Equal(2, await db.Set<Article>().CountAsync());
    }

    [Theory]
    [InlineData("""
        <rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom"><channel><title>News\0room</title><language>ar\0</language>
        <link>https://news.example/\0</link><a:link rel="hub" href="https://hub.example/\0"/>
        <item><guid>1\0</guid><link>https://news.example/1\0</link><title>Ti\0tle</title><description>Te\0xt</description></item></channel></rss>
        """)]
    [InlineData("""
        {"version":"https://jsonfeed.org/version/1.1","title":"News\u0000room\ud800","language":"ar\u0000","home_page_url":"https://news.example/\u0000",
        "hubs":[{"type":"WebSub","url":"https://hub.example/\u0000"}],
        "items":[{"id":"1\u0000\ud83d","url":"https://news.example/1\u0000","title":"Ti\u0000tle\ud83d","content_text":"Te\u0000xt\udc00"}]}
        """)]
    public async Task WhatPostgresCannotStoreCostsAFeedNothing(string feed)
    {
        await using var newsroom = await LoopbackServer.StartAsync(c => c.Response.WriteAsync(feed.Replace("\\0", "\0", StringComparison.Ordinal)));
        await using var service = await RunningService.StartAsync(postgres);
        var watched = await service.WatchAsync(newsroom.At("/feed"));
        await service.UntilAsync(watched, Succeeded);
        await service.Http.PostAsync(new Uri($"/api/v1/feeds/{watched.GetProperty("id")}/refresh", UriKind.Relative), null);
        await service.UntilAsync(watched, f => f.GetProperty("health").GetProperty("lastFetchAt").ToString() != "");
        await using var db = service.Open();
        var article = await db.Set<Article>().SingleAsync();
        Assert.Matches("^Ti.?tle", article.Title);
        Assert.Matches("^Te.?xt", article.Text);
    }

    [Fact]
    public async Task AnItemOfAnyMeasureIsStoredAndKnownAgain()
    {
        var random = new Random(11);
        var address = "https://news.example/?q=" + Convert.ToBase64String(RandomBytes(random, 6000)).Replace('+', '-').Replace('/', '_');
        var id = string.Concat(Enumerable.Range(0, 3000).Select(_ => char.ConvertFromUtf32(random.Next(0x20000, 0x2A000))));
        static string Long(string id, string title, string text) =>
            $"<item><guid>{id}</guid><title>{title} {id}</title><description>{text}</description></item>";
        var words = string.Join(' ', Enumerable.Range(0, 120_000).Select(_ => Convert.ToHexStringLower(RandomBytes(random, 8))));
        string Content(string title) => Rss(Item(1, title) + Item(2, title, link: address) + Item(3, title, id: id)
            + Long("long", title, words) + Long("word", title, words.Replace(" ", "", StringComparison.Ordinal)[..50_000]));
        var content = Content("Title");
        await using var newsroom = await LoopbackServer.StartAsync(c => c.Response.WriteAsync(content));
        await using var service = await RunningService.StartAsync(postgres);
        var feed = await service.WatchAsync(newsroom.At("/feed"));
        var seen = await service.UntilAsync(feed, f => Succeeded(f) || f.GetProperty("health").GetProperty("failures").GetInt32() > 0);
        Assert.Null(seen.GetProperty("health").GetProperty("lastError").GetString());
        content = Content("New title");
        seen = await service.RefreshAsync(feed);
        Assert.Null(seen.GetProperty("health").GetProperty("lastError").GetString());
        await using var db = service.Open();
        var articles = await db.Set<Article>().OrderBy(a => a.Id).ToListAsync();
        Assert.Equal(5, articles.Count);
        Assert.All(articles, a => Assert.Equal((2, true), (a.Revision, a.Title.StartsWith("New title", StringComparison.Ordinal))));
        Assert.Contains(articles, a => a.Text == words);
    }

    [Fact]
    public async Task ALookThatCannotBeWrittenDownCostsTheOthersNothing()
    {
        await using var newsroom = await LoopbackServer.StartAsync(c =>
        {
            c.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
        await using var service = await RunningService.StartAsync(postgres);
        await using var db = service.Open();
        await db.Database.ExecuteSqlAsync($"ALTER TABLE feeds ADD CHECK (url NOT LIKE '%/bad' OR failures = 0)");
        var outlines = string.Concat(new[] { "bad", "a", "b", "c" }.Select(n => $"<outline xmlUrl='{newsroom.At("/" + n)}'/>"));
        using var imported = await service.Http.PostAsync(
            "/api/v1/feeds.opml", new StringContent($"<opml><body>{outlines}</body></opml>"));
        Assert.Equal("{\"listed\":4,\"added\":4}", await imported.Content.ReadAsStringAsync());
        for (var tries = 0; await db.Set<NewsMonitor.Feeds.Feed>().CountAsync(f => f.State == FeedState.Failing) < 3; tries++)
        {
            Assert.True(tries < 200);
            await Task.Delay(50);
        }
    }

    static byte[] RandomBytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    [Fact]
    public async Task AChangedArticleIsARevisionAndNewIdsRaiseNothingAgain()
    {
        var content = Rss(string.Concat(Enumerable.Range(1, 5).Select(n => Item(n))));
        await using var newsroom = await LoopbackServer.StartAsync(c => c.Response.WriteAsync(content));
        await using var service = await RunningService.StartAsync(postgres);
        var feed = await service.WatchAsync(newsroom.At("/feed"));
        await service.UntilAsync(feed, Succeeded);
        content = Rss(Item(1, "Corrected title") + string.Concat(Enumerable.Range(2, 4).Select(n => Item(n))));
        await service.RefreshAsync(feed);
        content = Rss(Item(1, "Corrected title", id: "new")
            + string.Concat(Enumerable.Range(2, 4).Select(n => Item(n, link: $"https://moved.example/{n}", id: "new"))));
        await service.RefreshAsync(feed);
        await service.RefreshAsync(feed);
        await using var db = service.Open();
        var articles = await db.Set<Article>().OrderBy(a => a.CanonicalUrl).ToListAsync();
        Assert.Equal(5, articles.Count);
        var corrected = Assert.Single(articles, a => a.Revision == 2);
        Assert.Equal("Corrected title 1", corrected.Title);
        Assert.All(articles, a => Assert.StartsWith("new-", a.ItemId, StringComparison.Ordinal));
        Assert.Equal("Title 1", (await db.Set<ArticleRevision>().SingleAsync()).Title);
    }

    [Fact]
    public async Task AFailureShowsInTheFeedAndTheHealthAndGoneRetires()
    {
        await using var newsroom = await LoopbackServer.StartAsync(c =>
        {
            c.Response.StatusCode = c.Request.Path == "/gone" ? 410 : 404;
            return Task.CompletedTask;
        });
        await using var service = await RunningService.StartAsync(postgres);
        var missing = await service.WatchAsync(newsroom.At("/missing"));
        var gone = await service.WatchAsync(newsroom.At("/gone"));
        var failing = await service.UntilAsync(missing, f => f.GetProperty("state").GetString() == "failing");
        Assert.Contains("404", failing.GetProperty("health").GetProperty("lastError").GetString(), StringComparison.Ordinal);
        Assert.True(failing.GetProperty("enabled").GetBoolean());
        Assert.False((await service.UntilAsync(gone, f => f.GetProperty("state").GetString() == "gone")).GetProperty("enabled")
            .GetBoolean());
        var health = await service.Http.GetFromJsonAsync<JsonElement>("/api/v1/feeds/health");
        Assert.Equal((1, 1, 1, false),
            (health.GetProperty("states").GetProperty("failing").GetInt32(),
            health.GetProperty("states").GetProperty("gone").GetInt32(), health.GetProperty("disabled").GetInt32(),
            health.GetProperty("networkIsDown").GetBoolean()));
        using var refused = await service.Http.PostAsync($"/api/v1/feeds/{gone.GetProperty("id")}/refresh", null);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
    }

    [Fact]
    public async Task FullTextComesFromThePageWhereTheFeedWantsIt()
    {
        var whole = string.Concat(Enumerable.Range(0, 8)
            .Select(i => $"<p>Text of number 1, long enough to be told apart, and paragraph {i} of it says more.</p>"));
        LoopbackServer? self = null;
        await using var newsroom = self = await LoopbackServer.StartAsync(c => c.Request.Path.Value switch
        {
            "/1" => Html(c, $"<html><head><meta name='author' content='A. Writer'></head><body><article><h1>Title 1</h1>{whole}</article></body></html>"),
            "/2" => Html(c, "<html><body><p>Please accept cookies.</p></body></html>"),
            _ => c.Response.WriteAsync(Rss(Item(1, link: self!.At("/1").AbsoluteUri) + Item(2, link: self.At("/2").AbsoluteUri))),
        });
        await using var service = await RunningService.StartAsync(postgres);
        await service.UntilAsync(await service.WatchAsync(newsroom.At("/feed"), new { fullText = true }), Succeeded);
        await using var db = service.Open();
        var articles = await db.Set<Article>().OrderBy(a => a.Title).ToListAsync();
        Assert.Contains("paragraph 7", articles[0].Text, StringComparison.Ordinal);
        Assert.Equal("A. Writer", articles[0].Author);
        Assert.Equal("Text of number 2, long enough to be told apart.", articles[1].Text);
        await service.RefreshAsync((await service.Http.GetFromJsonAsync<JsonElement>("/api/v1/feeds")).GetProperty("items")[0]);
        Assert.All(await db.Set<Article>().AsNoTracking().ToListAsync(), a => Assert.Equal(1, a.Revision));
    }

    [Fact]
    public async Task ABrokenFeedIsToldToWhoeverWantsToKnowOnce()
    {
        await using var newsroom = await LoopbackServer.StartAsync(c =>
        {
            c.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
        await using var service = await RunningService.StartAsync(postgres, ("Monitor:Fetch:NotifyRecipients", "desk, nobody"));
        await using var db = service.Open();
        db.Add(new Recipient { Id = "desk", Kind = RecipientKind.Webhook, Target = newsroom.At("/hook").AbsoluteUri });
        await db.SaveChangesAsync();
        var feed = await service.WatchAsync(newsroom.At("/missing"));
        await service.UntilAsync(feed, f => f.GetProperty("state").GetString() == "failing");
        await service.RefreshAsync(feed);
        var notice = Assert.Single(await db.Set<Delivery>().AsNoTracking().ToListAsync());
        Assert.Equal(("desk", "notice"), (notice.RecipientId, notice.Event));
        Assert.Contains("404", notice.Notice, StringComparison.Ordinal);
    }

    static Task Html(HttpContext context, string html)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(html);
    }

    [Fact]
    public async Task AHubIsSubscribedVerifiedAndHeardWhenItSigns()
    {
        var asked = new TaskCompletionSource<IFormCollection>();
        LoopbackServer? self = null;
        await using var newsroom = self = await LoopbackServer.StartAsync(async c =>
        {
            if (c.Request.Path == "/hub")
            {
                asked.TrySetResult(await c.Request.ReadFormAsync());
                c.Response.StatusCode = 202;
                return;
            }
            await c.Response.WriteAsync($"""
                <feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><id>urn:t</id><link rel="hub" href="{self!.At("/hub")}"/>
                <link rel="self" href="{self.At("/feed")}"/><entry><id>urn:1</id><title>One</title></entry></feed>
                """);
        });
        await using var service = await RunningService.StartAsync(postgres);
        var feed = await service.WatchAsync(newsroom.At("/feed"));
        await service.UntilAsync(feed, Succeeded);
        await service.Get<WebSub>().RenewAsync(service.Address, CancellationToken.None);
        var form = await asked.Task;
        Assert.Equal(("subscribe", newsroom.At("/feed").AbsoluteUri), (form["hub.mode"].ToString(), form["hub.topic"].ToString()));
        var callback = form["hub.callback"].ToString();

        using var wrong = await service.Http.GetAsync($"{callback}?hub.mode=subscribe&hub.topic=https://other.example/&hub.challenge=c");
        Assert.Equal(HttpStatusCode.NotFound, wrong.StatusCode);
        var challenge = await service.Http.GetStringAsync(
            $"{callback}?hub.mode=subscribe&hub.topic={Uri.EscapeDataString(form["hub.topic"]!)}&hub.challenge=c-17&hub.lease_seconds=86400");
        Assert.Equal("c-17", challenge);
        var pushed = await service.UntilAsync(feed, f =>
            f.GetProperty("health").GetProperty("pushedUntil").ValueKind == JsonValueKind.String);
        Assert.InRange(pushed.GetProperty("health").GetProperty("pushedUntil")
            .GetDateTimeOffset() - DateTimeOffset.UtcNow, TimeSpan.FromHours(23), TimeSpan.FromHours(25));

        var before = newsroom.Requests;
        await PushAsync(service.Http, callback, "sha256=" + new string('0', 64));
        await using var db = service.Open();
        Assert.True((await db.Set<NewsMonitor.Feeds.Feed>().AsNoTracking().SingleAsync()).NextFetchAt > DateTimeOffset.UtcNow);
        Assert.Equal(before, newsroom.Requests);
        await PushAsync(service.Http, callback, "sha1="
            + Convert.ToHexStringLower(HMACSHA1.HashData(Encoding.UTF8.GetBytes(form["hub.secret"]!), "<feed/>"u8)));
        await service.UntilAsync(feed, _ => newsroom.Requests > before);
    }

    static async Task PushAsync(HttpClient http, string callback, string signature)
    {
        using var push = new HttpRequestMessage(HttpMethod.Post, callback) { Content = new ByteArrayContent("<feed/>"u8.ToArray()) };
        push.Headers.Add("X-Hub-Signature", signature);
        using var answer = await http.SendAsync(push);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    [Fact]
    public async Task AFeedThatCannotBeIsRefusedWithEveryReason()
    {
        await using var service = await RunningService.StartAsync(postgres);
        using var answer = await service.Http.PostAsJsonAsync("/api/v1/feeds", new
        {
            url = "http://10.0.0.1/feed",
            settings = new
            {
                interval = "00:00:10",
                cron = "every now and then",
                proxy = "ftp://x",
                headers = new Dictionary<string,
                string>
                { ["Bad Name"] = "x" }
            },
        });
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(["settings.cron", "settings.headers.Bad Name", "settings.interval", "settings.proxy", "url"],
            problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task AUserInAnAddressIsKeptAsASettingAndShownNowhere()
    {
        var heard = "";
        await using var newsroom = await LoopbackServer.StartAsync(c =>
        {
            heard = c.Request.Headers.Authorization.ToString();
            return c.Response.WriteAsync(Rss(Item(1)));
        });
        await using var service = await RunningService.StartAsync(postgres);
        var (plain, secret) = (newsroom.At("/feed"), new UriBuilder(newsroom.At("/feed")) { UserName = "u", Password = "ge%40heim" }.Uri);
        var feed = await service.WatchAsync(secret, new { proxy = "" });
        await service.UntilAsync(feed, Succeeded);
        Assert.Equal("Basic " + Convert.ToBase64String("u:ge@heim"u8), heard);
        using var again = await service.Http.PostAsync("/api/v1/feeds.opml", new StringContent(
            $"<opml><body><outline text='Newsroom' xmlUrl='{secret}'/></body></opml>"));
        Assert.Equal("{\"listed\":1,\"added\":0}", await again.Content.ReadAsStringAsync());
        var address = $"/api/v1/feeds/{feed.GetProperty("id")}";
        using var patched = await service.Http.PatchAsJsonAsync(
            address, new { settings = new { user = "u", proxy = "http://me:geheim@proxy.example:8080/" } });
        var shown = await patched.Content.ReadFromJsonAsync<JsonElement>();
        var settings = shown.GetProperty("settings");
        Assert.Equal((plain.AbsoluteUri, "u", true), (shown.GetProperty("url").GetString(),
            settings.GetProperty("user").GetString(), settings.GetProperty("hasPassword").GetBoolean()));
        var proxy = settings.GetProperty("proxy").GetString();
        Assert.Contains("proxy.example:8080", proxy, StringComparison.Ordinal);
        using var same = await service.Http.PatchAsJsonAsync(address, new { settings = new { user = "u", proxy } });
        await using var db = service.Open();
        Assert.Equal("http://me:geheim@proxy.example:8080/", (await db.Set<NewsMonitor.Feeds.Feed>().SingleAsync()).Settings.Proxy);
        foreach (var text in new[]
        {
            shown.ToString(), await service.Http.GetStringAsync("/api/v1/feeds.opml"), await service.Http.GetStringAsync("/api/v1/audit"),
        })
        {
            Assert.DoesNotContain("heim", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task FeedsAreChangedOnceAndShowNoSecret()
    {
        await using var newsroom = await LoopbackServer.StartAsync(c => c.Response.WriteAsync(Rss(Item(1))));
        await using var service = await RunningService.StartAsync(postgres);
        var feed = await service.WatchAsync(newsroom.At("/feed"),
            new { user = "u", password = "geheim", headers = new Dictionary<string, string> { ["X-Key"] = "geheim" } });
        Assert.DoesNotContain("geheim", feed.ToString(), StringComparison.Ordinal);
        Assert.True(feed.GetProperty("settings").GetProperty("hasPassword").GetBoolean());
        using var again = await service.Http.PostAsJsonAsync("/api/v1/feeds", new { url = newsroom.At("/feed") });
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        await service.UntilAsync(feed, Succeeded);
        using var changed = await service.Http.PatchAsJsonAsync($"/api/v1/feeds/{feed.GetProperty("id")}",
            new { title = "Own title", folder = "Iraq / Daily" });
        Assert.Equal("Own title", (await changed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("title").GetString());
        var opml = await service.Http.GetStringAsync("/api/v1/feeds.opml");
        var read = Assert.Single(OpmlFile.Read(opml).Feeds);
        Assert.Equal(("Own title", "Iraq / Daily"), (read.Title, read.Folder));
        Assert.DoesNotContain("geheim", opml, StringComparison.Ordinal);
        using var deleted = await service.Http.DeleteAsync($"/api/v1/feeds/{feed.GetProperty("id")}");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using var imported = await service.Http.PostAsync("/api/v1/feeds.opml", new StringContent(opml));
        Assert.Equal("{\"listed\":1,\"added\":1}", await imported.Content.ReadAsStringAsync());
        using var broken = await service.Http.PostAsync("/api/v1/feeds.opml",
            new StringContent("<opml><body>\n<outline type='rss' text='x'/></body></opml>"));
        Assert.Contains("line 2", await broken.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
