using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using FeedParser;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NewsMonitor.Database;
using NewsMonitor.Deliveries;
using NewsMonitor.Feeds;
using NewsMonitor.Operations;
using NewsMonitor.Outbound;
using NewsMonitor.Review;
using NewsMonitor.Tests.Database;
using NewsMonitor.Tests.Review;
using Npgsql;

namespace NewsMonitor.Tests.Deliveries;

public sealed class DeliveryApiTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task ARecipientIsMadeChangedShownAndRemovedWithoutItsSecret()
    {
        await using var post = await Post.OpenAsync(postgres);
        await using var api = await Api.StartAsync(post);
        var made = await api.Http.PostAsync("recipients", Json($$"""
            {"id":"desk","kind":"webhook","url":"{{post.Far.Url}}desk","secret":"{{Samples.OldSecret}}","minSeverity":"high","timeZone":"Asia/Baghdad"}
            """)).JsonAsync(201);
        Assert.DoesNotContain(Samples.OldSecret[6..], made.GetRawText(), StringComparison.Ordinal);
        Assert.True(made.GetProperty("hasSecret").GetBoolean());
        var changed = await api.Http.PatchAsync("recipients/desk", Json("""{"mode":"daily","quietHours":"22:00-06:00","enabled":false}""")).JsonAsync();
        Assert.Equal(("daily", "22:00-06:00", "high", false), (changed.GetProperty("mode").GetString(), changed.GetProperty("quietHours").GetString(),
            changed.GetProperty("minSeverity").GetString(), changed.GetProperty("enabled").GetBoolean()));
        Assert.True(changed.GetProperty("hasSecret").GetBoolean());
        var slack = await api.Http.PostAsync("recipients", Json("""{"id":"s","kind":"slack","url":"https://hooks.slack.com/services/T0/B0/token"}""")).JsonAsync(201);
        Assert.Equal("https://hooks.slack.com/…", slack.GetProperty("url").GetString());
        await api.Http.PostAsync("recipients", Json("""{"id":"desk","kind":"email","to":"a@b.org"}""")).ProblemAsync(409);
        await api.Http.PostAsync("recipients", Json("""{"id":"x","kind":"email","to":"a@b.org, c@d.org"}""")).ProblemAsync(400, "to");
        var list = await api.Http.GetAsync("recipients").JsonAsync();
        Assert.Equal(["desk", "s"], list.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("id").GetString()));
        Assert.DoesNotContain("token", list.GetRawText(), StringComparison.Ordinal);
        await api.Http.DeleteAsync("recipients/desk").JsonAsync(204);
        await api.Http.GetAsync("recipients/desk").ProblemAsync(404);
        await using var db = post.CreateDbContext();
        Assert.DoesNotContain(await db.Set<AuditEntry>().ToListAsync(), a => $"{a.Before}{a.After}".Contains(Samples.OldSecret[6..], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("recipients", """{"id":"desk\n","kind":"webhook","url":"https://desk.example.org/"}""", "id")]
    [InlineData("recipients", """{"id":"t","kind":"telegram","to":"@channel\n","secret":"12:ab"}""", "to")]
    [InlineData("recipients", """{"id":"t","kind":"telegram","to":"@channel","secret":"12:ab\n"}""", "secret")]
    [InlineData("watches", """{"id":"w\n","terms":["x"]}""", "id")]
    public async Task ALineEndIsNoPartOfANameThatAddressesAreMadeOf(string path, string body, string field)
    {
        await using var post = await Post.OpenAsync(postgres);
        await using var api = await Api.StartAsync(post);
        await api.Http.PostAsync(path, Json(body)).ProblemAsync(400, field);
    }

    [Fact]
    public async Task ARecipientWhoseSecretCannotBeReadIsListedAndMendedByANewSecret()
    {
        await using var post = await Post.OpenAsync(postgres);
        await using var api = await Api.StartAsync(post);
        await post.AddRecipientAsync("r");
        await post.AddRecipientAsync("other");
        const string unreadable = "v1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        await using var db = post.CreateDbContext();
        await db.Set<Recipient>().Where(r => r.Id == "r").ExecuteUpdateAsync(s => s.SetProperty(r => r.Secret, unreadable));
        var list = await api.Http.GetAsync("recipients").JsonAsync();
        Assert.All(list.GetProperty("items").EnumerateArray(), r => Assert.True(r.GetProperty("hasSecret").GetBoolean()));
        // Whoever changes something else loses nothing: the key may still be put back.
        await api.Http.PatchAsync("recipients/r", Json("""{"mode":"hourly"}""")).JsonAsync();
        Assert.Equal(unreadable, (await post.RecipientAsync("r")).Secret);
        Assert.StartsWith("A stored secret was encrypted with another key", (await api.Http.PostAsync("recipients/r/test", null).JsonAsync())
            .GetProperty("said").GetString(), StringComparison.Ordinal);
        await api.Http.PatchAsync("recipients/r", Json($$"""{"secret":"{{Samples.NewSecret}}"}""")).JsonAsync();
        Assert.Equal([Samples.NewSecret], RecipientSecret.Open(await post.RecipientAsync("r"), post.Secrets).Current);
    }

    [Fact]
    public async Task AReplayBringsWhatTheRecipientWouldHaveBeenToldAndNothingElse()
    {
        await using var post = await Post.OpenAsync(postgres);
        await using var api = await Api.StartAsync(post);
        await post.AddRecipientAsync("r", r => r with { Settings = new() { Only = new() { Languages = ["ar"], Hours = "11:00-13:00" } } });
        await post.AddWatchAsync("w");
        await api.Http.PatchAsync("recipients/r", Json("""{"enabled":false}""")).JsonAsync();
        var wanted = (await post.RaiseAsync("w"))[0];
        var english = (await post.RaiseAsync("w", 1, a =>
        {
            a.Language = "en";
            return a;
        }))[0];
        var muted = (await post.RaiseAsync("w"))[0];
        await api.Http.PostAsync($"alerts/{muted}/mute", Json("{}")).JsonAsync(201);
        post.Clock.Advance(TimeSpan.FromHours(5));
        await api.Http.PatchAsync("recipients/r", Json("""{"enabled":true}""")).JsonAsync();
        var replay = await api.Http.PostAsync("recipients/r/replay", Json("""{"since":"2026-01-01T00:00:00Z"}""")).JsonAsync();
        Assert.Equal(1, replay.GetProperty("owed").GetInt32());
        Assert.Equal([RouteDecision.Sent, RouteDecision.Filtered, RouteDecision.MutedStory],
            [await post.DecisionAsync(wanted, "r"), await post.DecisionAsync(english, "r"), await post.DecisionAsync(muted, "r")]);
    }

    [Fact]
    public async Task NothingIsChangedThatTheAuditCannotTellOf()
    {
        await using var post = await Post.OpenAsync(postgres);
        await using var api = await Api.StartAsync(post);
        await post.AddRecipientAsync("r");
        await post.AddWatchAsync("w");
        await post.RaiseAsync("w");
        post.Answers["r"] = () => Task.FromResult(400);
        await post.SendAsync();
        await using var db = post.CreateDbContext();
        await db.Database.ExecuteSqlRawAsync("ALTER TABLE audit ADD CHECK (action NOT IN ('silence.create', 'delivery.retry'))");
        await api.Http.PostAsync("silences", Json("""{"watchId":"w","reason":"exercise"}""")).ProblemAsync(500);
        await api.Http.PostAsync("deliveries/retry", Json("""{"recipient":"r"}""")).ProblemAsync(500);
        Assert.Empty(await db.Set<Silence>().ToListAsync());
        Assert.Equal(DeliveryStatus.Dead, Assert.Single(await post.DeliveriesAsync()).Status);
    }

    [Fact]
    public async Task AnEscalationIsTakenAwayAgain()
    {
        await using var post = await Post.OpenAsync(postgres);
        await using var api = await Api.StartAsync(post);
        await post.AddRecipientAsync("r", r => r with { Settings = new() { Escalate = new("chief", 15) } });
        var kept = await api.Http.PatchAsync("recipients/r", Json("""{"mode":"hourly"}""")).JsonAsync();
        Assert.Equal("chief", kept.GetProperty("escalate").GetProperty("to").GetString());
        var gone = await api.Http.PatchAsync("recipients/r", Json("""{"escalate":{"to":""}}""")).JsonAsync();
        Assert.Equal(JsonValueKind.Null, gone.GetProperty("escalate").ValueKind);
    }

    [Fact]
    public async Task ATestIsReallySentAndTheAnswerReturned()
    {
        await using var post = await Post.OpenAsync(postgres);
        await using var api = await Api.StartAsync(post);
        await post.AddRecipientAsync("r");
        var good = await api.Http.PostAsync("recipients/r/test", null).JsonAsync();
        Assert.Equal(("sent", 200), (good.GetProperty("verdict").GetString(), good.GetProperty("status").GetInt32()));
        Assert.Equal("test", JsonDocument.Parse(Assert.Single(post.Far.Arrivals).Body).RootElement.GetProperty("type").GetString());
        post.Answers["r"] = () => Task.FromResult(503);
        var bad = await api.Http.PostAsync("recipients/r/test", null).JsonAsync();
        Assert.Equal(("retry", "HTTP 503"), (bad.GetProperty("verdict").GetString(), bad.GetProperty("said").GetString()));
    }

    [Fact]
    public async Task DeadLettersAreListedRetriedAndReplayed()
    {
        await using var post = await Post.OpenAsync(postgres);
        await using var api = await Api.StartAsync(post);
        await post.AddRecipientAsync("r");
        await post.AddWatchAsync("w");
        await post.RaiseAsync("w", 3);
        post.Answers["r"] = () => Task.FromResult(400);
        await post.SendAsync();
        var dead = (await api.Http.GetAsync("deliveries?status=dead&recipient=r").JsonAsync()).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(3, dead.Count);
        Assert.All(dead, d => Assert.Equal("HTTP 400", d.GetProperty("lastResponse").GetString()));
        post.Answers["r"] = () => Task.FromResult(200);
        var id = dead[^1].GetProperty("id").GetInt64();
        await api.Http.PostAsync($"deliveries/{id}/retry", null).JsonAsync(202);
        await api.IdleAsync();
        var one = await api.Http.GetAsync($"deliveries/{id}").JsonAsync();
        Assert.Equal("sent", one.GetProperty("delivery").GetProperty("status").GetString());
        Assert.Single(one.GetProperty("attempts").EnumerateArray());
        await api.Http.PostAsync($"deliveries/{id}/retry", null).ProblemAsync(409);
        await api.Http.PostAsync("deliveries/retry", Json("{}")).ProblemAsync(400, "recipient");
        await using (var db = post.CreateDbContext())
        {
            await db.Set<Recipient>().ExecuteUpdateAsync(s => s.SetProperty(r => r.Enabled, false));
        }
        await post.RaiseAsync("w", 2);
        await api.Http.PostAsync("recipients/r/replay", Json("""{"since":"2026-01-01T00:00:00Z"}""")).ProblemAsync(409);
        await api.Http.PatchAsync("recipients/r", Json("""{"enabled":true}""")).JsonAsync();
        var replay = await api.Http.PostAsync("recipients/r/replay", Json("""{"since":"2026-01-01T00:00:00Z"}""")).JsonAsync();
        Assert.Equal((2, 2), (replay.GetProperty("retried").GetInt32(), replay.GetProperty("owed").GetInt32()));
        await api.IdleAsync();
        Assert.All(await post.DeliveriesAsync(), d => Assert.Equal(DeliveryStatus.Sent, d.Status));
        Assert.Equal(5, post.IdsAt("r").Distinct().Count());
    }

    [Fact]
    public async Task SilencesAreMadeChangedAndEndedAndAStoryIsMuted()
    {
        await using var post = await Post.OpenAsync(postgres);
        await using var api = await Api.StartAsync(post);
        await post.AddRecipientAsync("r");
        await post.AddWatchAsync("w");
        var made = await api.Http.PostAsync("silences", Json("""{"watchId":"w","reason":"exercise"}""")).JsonAsync(201);
        var silenced = (await post.RaiseAsync("w"))[0];
        Assert.Equal(RouteDecision.Silenced, await post.DecisionAsync(silenced, "r"));
        var id = made.GetProperty("id").GetInt64();
        await api.Http.PostAsync("silences", Json("""{"reason":"all"}""")).ProblemAsync(400, "watchId");
        await api.Http.PutAsync($"silences/{id}", Json("""{"source":"Elsewhere","reason":"exercise"}""")).JsonAsync();
        Assert.Equal(RouteDecision.Sent, await post.DecisionAsync((await post.RaiseAsync("w"))[0], "r"));
        await api.Http.DeleteAsync($"silences/{id}").JsonAsync(204);
        // The alert still says why nobody was told, though the silence is gone.
        var route = Assert.Single((await api.Http.GetAsync($"alerts/{silenced}").JsonAsync()).GetProperty("routes").EnumerateArray());
        Assert.Equal(("r", "silenced", id, "exercise"), (route.GetProperty("recipient").GetString(), route.GetProperty("decision").GetString(),
            route.GetProperty("silence").GetInt64(), route.GetProperty("silenceReason").GetString()));
        var mute = await api.Http.PostAsync($"alerts/{silenced}/mute", Json("{}")).JsonAsync(201);
        await api.Http.PostAsync($"alerts/{silenced}/mute", Json("{}")).ProblemAsync(409);
        Assert.True(mute.GetProperty("active").GetBoolean());
        Assert.NotEqual(0, mute.GetProperty("storyId").GetInt64());
    }

    [Fact]
    public async Task DismissingMayMuteTheStory()
    {
        await using var post = await Post.OpenAsync(postgres);
        await using var api = await Api.StartAsync(post);
        await post.AddRecipientAsync("r");
        await post.AddWatchAsync("w");
        await post.AddWatchAsync("v");
        var alerts = await post.RaiseAsync("w", 3);
        var first = await api.Http.PatchAsync($"alerts/{alerts[0]}", Json("""{"status":"dismissed","note":"a namesake","muteStory":true}""")).JsonAsync();
        Assert.Equal(["status", "note", "muted"], first.GetProperty("history").EnumerateArray().Select(h => h.GetProperty("change").GetString()));
        var bulk = await api.Http.PostAsync("alerts/bulk", Json($$"""{"ids":[{{alerts[0]}},{{alerts[1]}}],"change":{"muteStory":true} }""")).JsonAsync();
        Assert.Equal((alerts[1], alerts[0]), (bulk.GetProperty("changed")[0].GetInt64(), bulk.GetProperty("unchanged")[0].GetInt64()));
        var silences = (await api.Http.GetAsync("silences?active=true").JsonAsync()).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["the story of alert " + alerts[1] + " was muted", "a namesake"], silences.Select(s => s.GetProperty("reason").GetString()));
        var story = first.GetProperty("story").GetProperty("id").GetInt64();
        var next = (await post.RaiseAsync("v", with: a =>
        {
            a.StoryId = story;
            return a;
        }))[0];
        Assert.Equal(RouteDecision.MutedStory, await post.DecisionAsync(next, "r"));
    }

    [Fact]
    public async Task AnAlertShowsTheGatheredMessagesThatTellOfIt()
    {
        await using var post = await Post.OpenAsync(postgres);
        await using var api = await Api.StartAsync(post);
        await post.AddRecipientAsync("r", r => r with { Settings = new() { GroupSeconds = 30 } });
        await post.AddWatchAsync("w");
        var alerts = await post.RaiseAsync("w", 2);
        foreach (var id in alerts)
        {
            var alert = await api.Http.GetAsync($"alerts/{id}").JsonAsync();
            Assert.Equal("digest", Assert.Single(alert.GetProperty("deliveries").EnumerateArray()).GetProperty("event").GetString());
            Assert.Equal("grouped", Assert.Single(alert.GetProperty("routes").EnumerateArray()).GetProperty("decision").GetString());
        }
    }

    [Fact]
    public async Task TheAtomFeedOpensWithItsTokenAloneAndIsReadWithoutAProblem()
    {
        await using var post = await Post.OpenAsync(postgres);
        await using var api = await Api.StartAsync(post);
        await post.AddWatchAsync("w");
        var alerts = await post.RaiseAsync("w", 3);
        var address = (await api.Http.GetAsync("alerts.atom/address").JsonAsync()).GetProperty("url").GetString()!;
        using var reader = new HttpClient();
        var atom = await reader.GetByteArrayAsync(new Uri(api.Address, new Uri(address).PathAndQuery));
        var read = FeedReader.Read(atom, "application/atom+xml; charset=utf-8");
        Assert.Null(read.Error);
        Assert.Empty(read.Feed!.Problems);
        Assert.Equal(alerts.AsEnumerable().Reverse().Select(a => $"https://monitor.example.org/alerts/{a}"), read.Feed.Items.Select(i => i.Link));
        Assert.Contains("<mark>قاآني</mark>", Encoding.UTF8.GetString(atom).Replace("&lt;", "<").Replace("&gt;", ">"), StringComparison.Ordinal);
        AtomRules.Check(atom, new Uri(address));
        var some = new Uri(address + "&status=new&watch=w");
        var filtered = await reader.GetByteArrayAsync(new Uri(api.Address, some.PathAndQuery));
        AtomRules.Check(filtered, some);
        Assert.NotEqual(Id(atom), Id(filtered));
        Assert.Equal(401, (int)(await reader.GetAsync(new Uri(api.Address, "/api/v1/alerts.atom"))).StatusCode);
        Assert.Equal(401, (int)(await reader.GetAsync(new Uri(api.Address, new Uri(address).PathAndQuery + "x"))).StatusCode);

        // Another filter is another feed; whoever reads it, it stays the same one.
        static string Id(byte[] feed) => XDocument.Load(new MemoryStream(feed)).Root!.Element("{http://www.w3.org/2005/Atom}id")!.Value;
    }

    [Theory]
    [InlineData("https://m.example.org/")]
    [InlineData("http://[::1]:8080/")]
    [InlineData("https://مراقب.example/")]
    public void TheAtomFeedHoldsAnyTextAsXml(string address)
    {
        var site = new Uri(address);
        var self = new Uri(site, "api/v1/alerts.atom?token=a&q=قاآني&b=c d");
        var odd = Samples.Hostile() with { Id = 8, Title = "A < B &amp; <b>C</b> \u0085\uFFFD\u0000\uD800" };
        var bytes = NewsMonitor.Review.Triage.AlertAtom.Write([Samples.Hostile(), Samples.Arabic(), odd], site, self, Samples.Noon);
        AtomRules.Check(bytes, self);
        AtomRules.Check(NewsMonitor.Review.Triage.AlertAtom.Write([], site, self, Samples.Noon), self);
        var read = FeedReader.Read(bytes);
        Assert.Equal(3, read.Feed!.Items.Count);
        Assert.Equal("[" + odd.Watch.Name + "] A < B &amp; <b>C</b>", read.Feed.Items[2].Title?.Trim());
        Assert.DoesNotContain("javascript:alert", Encoding.UTF8.GetString(bytes).Split("<content")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneRequestUnsubscribesAndOnlyWithItsOwnToken()
    {
        await using var post = await Post.OpenAsync(postgres);
        await using var api = await Api.StartAsync(post);
        await post.AddRecipientAsync("mail", r => r with { Kind = RecipientKind.Email, Target = "desk@example.org", Secrets = [] });
        var link = new Unsubscribing(post.Secrets).Link(api.Address, await post.RecipientAsync("mail"));
        using var mailer = new HttpClient();
        Assert.Equal(404, (int)(await mailer.PostAsync(link + "x", null)).StatusCode);
        Assert.Equal(200, (int)(await mailer.GetAsync(link)).StatusCode);
        Assert.True((await post.RecipientAsync("mail")).Enabled);
        Assert.Equal(200, (int)(await mailer.PostAsync(link, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]))).StatusCode);
        Assert.False((await post.RecipientAsync("mail")).Enabled);
    }

    static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    /// <summary>The API and all that sends, over the database and the far side of a <see cref="Post"/>.</summary>
    sealed class Api : IAsyncDisposable
    {
        readonly WebApplication _app;

        Api(WebApplication app, string key)
        {
            _app = app;
            Http = new HttpClient { BaseAddress = new Uri(Address, "/api/v1/") };
            Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        public HttpClient Http { get; }
        public Uri Address => new(_app.Urls.First());

        public Task IdleAsync() => _app.Services.GetRequiredService<Sender>().IdleAsync();

        public static async Task<Api> StartAsync(Post post)
        {
            var builder = WebApplication.CreateBuilder();
            builder.Logging.ClearProviders();
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["urls"] = "http://127.0.0.1:0", ["Monitor:Outbound:AllowedHosts"] = "127.0.0.0/8", ["Monitor:Api:RequestsPerMinute"] = "100000",
            });
            builder.Services.AddSingleton<TimeProvider>(post.Clock).AddSingleton(new Random(1)).AddSingleton(post.Secrets);
            builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(post.ConnectionString));
            builder.Services.AddSingleton(_ => new WorkDatabase(post.ConnectionString));
            builder.Services.AddDbContextFactory<MonitorDbContext>((services, options) => options.UseNpgsql(services.GetRequiredService<NpgsqlDataSource>()));
            builder.Services.AddSingleton<Func<Uri>>(_ => () => new Uri("https://monitor.example.org/"));
            builder.Services.AddSingleton<CronTimes>((_, _) => null).AddFeeds(builder.Configuration);
            builder.Services.AddOutbound(builder.Configuration).AddDeliveries(builder.Configuration).AddReview(builder.Configuration);
            var app = builder.Build();
            app.MapReview();
            await app.StartAsync();
            await using var db = post.CreateDbContext();
            var (_, key) = await ApiKeys.CreateAsync(db, "admin", Role.Admin, post.Clock.GetUtcNow(), "test");
            return new Api(app, key);
        }

        public async ValueTask DisposeAsync()
        {
            Http.Dispose();
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
    }
}
