using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NewsMonitor.Database;
using NewsMonitor.Feeds;
using NewsMonitor.Tests.Database;
using NewsMonitor.Tests.Outbound;

namespace NewsMonitor.Tests.Feeds;

/// <summary>The subscriber against a hub that does what the standard says, both on loopback and on one clock that the test moves.</summary>
public sealed class WebSubTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    static readonly TimeSpan Lease = TimeSpan.FromDays(1);

    [Fact]
    public async Task ASubscriptionIsVerifiedHeardAndRenewedBeforeItsLeaseEnds()
    {
        var time = new ManualTime();
        await using var hub = await Hub.StartAsync(time);
        await using var us = await Subscriber.StartAsync(postgres, time, hub.Address);
        await us.RenewAsync();
        var first = await us.SubscriptionAsync(s => s.State == SubscriptionState.Active);
        Assert.Equal((time.GetUtcNow() + Lease, time.GetUtcNow()), (first.LeaseUntil!.Value, first.VerifiedAt!.Value));
        Assert.Equal(time.GetUtcNow() + Lease, (await us.FeedAsync()).Track.PushedUntil);
        Assert.Equal(HttpStatusCode.Accepted, await hub.PublishAsync());
        Assert.Equal(time.GetUtcNow(), (await us.FeedAsync()).NextFetchAt);

        time.Advance(TimeSpan.FromHours(19));
        await us.RenewAsync();
        Assert.Equal(1, hub.Asked);
        time.Advance(TimeSpan.FromHours(1));
        await us.RenewAsync();
        var second = await us.SubscriptionAsync(s => s.LeaseUntil > first.LeaseUntil);
        Assert.Equal((2, first.Token, first.Secret), (hub.Asked, second.Token, second.Secret));
        Assert.Equal(time.GetUtcNow() + Lease, second.LeaseUntil);

        // Beyond the first lease the hub still knows us.
        time.Advance(TimeSpan.FromHours(10));
        await us.PostponeAsync();
        Assert.Equal(HttpStatusCode.Accepted, await hub.PublishAsync());
        Assert.Equal(time.GetUtcNow(), (await us.FeedAsync()).NextFetchAt);
    }

    [Fact]
    public async Task AFeedThatIsTurnedOffIsNotRenewedUntilItIsTurnedOn()
    {
        var time = new ManualTime();
        await using var hub = await Hub.StartAsync(time);
        await using var us = await Subscriber.StartAsync(postgres, time, hub.Address);
        await us.RenewAsync();
        await us.SubscriptionAsync(s => s.State == SubscriptionState.Active);
        await us.TurnAsync(false);
        time.Advance(Lease);
        await us.RenewAsync();
        Assert.Equal(1, hub.Asked);
        await us.TurnAsync(true);
        await us.RenewAsync();
        Assert.Equal(2, hub.Asked);
    }

    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    [InlineData("sha384")]
    [InlineData("sha512")]
    public async Task OnlyWhatTheHubSignedWithOurSecretIsHeard(string method)
    {
        var time = new ManualTime();
        await using var hub = await Hub.StartAsync(time);
        await using var us = await Subscriber.StartAsync(postgres, time, hub.Address);
        await us.RenewAsync();
        await us.SubscriptionAsync(s => s.State == SubscriptionState.Active);
        await us.PostponeAsync();
        foreach (var (secret, sign) in new[] { ("another", method), (null, ""), (null, "md5"), (null, "sha256,"), ("", method) })
            // The hub is not told, so that nobody learns which secret is right.
            Assert.Equal(HttpStatusCode.Accepted, await hub.PublishAsync(sign, secret));
        Assert.NotEqual(time.GetUtcNow(), (await us.FeedAsync()).NextFetchAt);
        await hub.PublishAsync(method);
        Assert.Equal(time.GetUtcNow(), (await us.FeedAsync()).NextFetchAt);
    }

    [Fact]
    public async Task AHubThatRefusesIsNamedAndAskedAgainLater()
    {
        var time = new ManualTime();
        await using var hub = await Hub.StartAsync(time);
        hub.Status = 500;
        await using var us = await Subscriber.StartAsync(postgres, time, hub.Address);
        await us.RenewAsync();
        var failed = await us.SubscriptionAsync(s => s.State == SubscriptionState.Failed);
        Assert.Contains("answered 500", failed.Error, StringComparison.Ordinal);
        Assert.Null((await us.FeedAsync()).Track.PushedUntil);
        await us.RenewAsync();
        Assert.Equal(1, hub.Asked);
        hub.Status = 202;
        time.Advance(TimeSpan.FromHours(6));
        await us.RenewAsync();
        Assert.Null((await us.SubscriptionAsync(s => s.State == SubscriptionState.Active)).Error);
    }

    [Fact]
    public async Task AHubThatDeniesIsLeftAloneForADayAndAHubThatVerifiesNothingIsAskedAgain()
    {
        var time = new ManualTime();
        await using var hub = await Hub.StartAsync(time);
        hub.Mode = "denied";
        await using var us = await Subscriber.StartAsync(postgres, time, hub.Address);
        await us.RenewAsync();
        var denied = await us.SubscriptionAsync(s => s.State == SubscriptionState.Denied);
        Assert.Equal(time.GetUtcNow().AddDays(1), denied.RenewAt);
        hub.Mode = null;
        time.Advance(TimeSpan.FromDays(1));
        await us.RenewAsync();
        Assert.Equal(2, hub.Asked);
        time.Advance(TimeSpan.FromMinutes(31));
        hub.Mode = "subscribe";
        await us.RenewAsync();
        await us.SubscriptionAsync(s => s.State == SubscriptionState.Active);
    }

    [Fact]
    public async Task AFeedThatNamesAnotherHubIsSubscribedThereWithOtherSecrets()
    {
        var time = new ManualTime();
        await using var old = await Hub.StartAsync(time);
        await using var hub = await Hub.StartAsync(time);
        await using var us = await Subscriber.StartAsync(postgres, time, old.Address);
        await us.RenewAsync();
        var before = await us.SubscriptionAsync(s => s.State == SubscriptionState.Active);
        await us.NameHubAsync(hub.Address);
        await us.RenewAsync();
        var now = await us.SubscriptionAsync(s => s.State == SubscriptionState.Active && s.Hub == hub.Address.AbsoluteUri);
        Assert.NotEqual((before.Token, before.Secret), (now.Token, now.Secret));
        await us.PostponeAsync();
        Assert.Equal(HttpStatusCode.Accepted, await old.PublishAsync());
        Assert.NotEqual(time.GetUtcNow(), (await us.FeedAsync()).NextFetchAt);
    }

    [Fact]
    public async Task AHubThatEndsASubscriptionPushesNothingAnyMore()
    {
        var time = new ManualTime();
        await using var hub = await Hub.StartAsync(time);
        await using var us = await Subscriber.StartAsync(postgres, time, hub.Address);
        await us.RenewAsync();
        await us.SubscriptionAsync(s => s.State == SubscriptionState.Active);
        Assert.NotNull((await us.FeedAsync()).Track.PushedUntil);
        await hub.DenyAsync();
        Assert.Null((await us.SubscriptionAsync(s => s.State == SubscriptionState.Denied)).LeaseUntil);
        Assert.Null((await us.FeedAsync()).Track.PushedUntil);
    }

    [Fact]
    public async Task AShortLeaseIsBelievedForAsLongAsItIs()
    {
        var time = new ManualTime();
        await using var hub = await Hub.StartAsync(time);
        hub.Grants = TimeSpan.FromMinutes(2);
        await using var us = await Subscriber.StartAsync(postgres, time, hub.Address);
        await us.RenewAsync();
        var active = await us.SubscriptionAsync(s => s.State == SubscriptionState.Active);
        Assert.Equal(time.GetUtcNow() + hub.Grants, active.LeaseUntil);
        Assert.Equal(time.GetUtcNow() + hub.Grants, (await us.FeedAsync()).Track.PushedUntil);
        Assert.True(active.RenewAt >= time.GetUtcNow().AddMinutes(5));
    }

    [Fact]
    public async Task AHubIsFollowedWhereItMovedAndCallsBelowThePublicAddress()
    {
        var time = new ManualTime();
        await using var hub = await Hub.StartAsync(time);
        await using var us = await Subscriber.StartAsync(postgres, time, new Uri(hub.Address, "/old"));
        await us.RenewAsync();
        await us.SubscriptionAsync(s => s.State == SubscriptionState.Active);
        Assert.Equal("/websub/", new Uri(hub.Callback!, ".").AbsolutePath);
        await us.NameHubAsync(hub.Address);
        await us.RenewAsync("monitor/");
        Assert.Equal("/monitor/websub/", new Uri(hub.Callback!, ".").AbsolutePath);
    }

    [Fact]
    public async Task AFeedWhoseTopicChangedIsSubscribedAnewButNotDayInDayOut()
    {
        var time = new ManualTime();
        await using var hub = await Hub.StartAsync(time);
        await using var us = await Subscriber.StartAsync(postgres, time, hub.Address);
        await us.RenewAsync();
        var first = await us.SubscriptionAsync(s => s.State == SubscriptionState.Active);
        await us.NameHubAsync(hub.Address, "https://news.example/other");
        await us.RenewAsync();
        Assert.Equal(1, hub.Asked);
        time.Advance(TimeSpan.FromHours(25));
        await us.RenewAsync();
        var second = await us.SubscriptionAsync(s => s.State == SubscriptionState.Active);
        Assert.Equal(("https://news.example/other", 2), (second.Topic, hub.Asked));
        Assert.NotEqual(first.Token, second.Token);
    }

    /// <summary>A hub as the W3C Recommendation describes it: it verifies by a callback, keeps leases and signs.</summary>
    sealed class Hub(TimeProvider time) : IAsyncDisposable
    {
        readonly HttpClient _http = new();
        LoopbackServer? _server;
        IFormCollection? _form;
        DateTimeOffset _leaseUntil;

        public int Status { get; set; } = 202;

        /// <summary>What it calls back with; null: it never does.</summary>
        public string? Mode { get; set; } = "subscribe";
        public TimeSpan Grants { get; set; } = Lease;
        public int Asked { get; private set; }
        public Uri? Callback { get; private set; }
        public Uri Address => _server!.At("/hub");

        public static async Task<Hub> StartAsync(TimeProvider time)
        {
            var hub = new Hub(time);
            hub._server = await LoopbackServer.StartAsync(hub.SubscribeAsync);
            return hub;
        }

        async Task SubscribeAsync(HttpContext context)
        {
            if (context.Request.Path == "/old")
            {
                (context.Response.StatusCode, context.Response.Headers.Location) = (307, "/hub");
                return;
            }
            Asked++;
            var form = await context.Request.ReadFormAsync();
            Callback = new Uri(form["hub.callback"]!);
            context.Response.StatusCode = Status;
            if (Status == 202 && Mode is { } mode) context.Response.OnCompleted(() => VerifyAsync(form, mode));
        }

        async Task VerifyAsync(IFormCollection form, string mode)
        {
            var challenge = Convert.ToHexString(RandomNumberGenerator.GetBytes(8));
            var seconds = Math.Min(Grants.TotalSeconds, double.Parse(form["hub.lease_seconds"]!, CultureInfo.InvariantCulture));
            var topic = Uri.EscapeDataString(form["hub.topic"]!);
            using var answer = await _http.GetAsync(new Uri(string.Create(CultureInfo.InvariantCulture,
                $"{form["hub.callback"]}?hub.mode={mode}&hub.topic={topic}&hub.challenge={challenge}&hub.lease_seconds={seconds}")));
            if (mode != "subscribe" || !answer.IsSuccessStatusCode || await answer.Content.ReadAsStringAsync() != challenge) return;
            (_form, _leaseUntil) = (form, time.GetUtcNow().AddSeconds(seconds));
        }

        public async Task DenyAsync()
        {
            for (var tries = 0; _form is null && tries < 100; tries++) await Task.Delay(50);
            await VerifyAsync(_form!, "denied");
        }

        /// <summary>Sends the topic's news; what the subscriber answered, or Gone when the hub knows no subscription any more.</summary>
        public async Task<HttpStatusCode> PublishAsync(string method = "sha256", string? secret = null)
        {
            for (var tries = 0; _form is null && tries < 100; tries++) await Task.Delay(50);
            if (_form is null || time.GetUtcNow() > _leaseUntil) return HttpStatusCode.Gone;
            var (body, key) = ("<feed/>"u8.ToArray(), Encoding.UTF8.GetBytes(secret ?? _form["hub.secret"]!));
            var hash = method switch
            {
                "sha1" => HMACSHA1.HashData(key, body),
                "sha384" => HMACSHA384.HashData(key, body),
                "sha512" => HMACSHA512.HashData(key, body),
                "md5" => HMACMD5.HashData(key, body),
                _ => HMACSHA256.HashData(key, body),
            };
            using var push = new HttpRequestMessage(HttpMethod.Post, _form["hub.callback"].ToString());
            push.Content = new ByteArrayContent(body);
            if (method.Length > 0) push.Headers.Add("X-Hub-Signature", $"{method}={Convert.ToHexStringLower(hash)}");
            using var answer = await _http.SendAsync(push);
            return answer.StatusCode;
        }

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            await _server!.DisposeAsync();
        }
    }

    /// <summary>WebSub and its endpoints on a database with one feed that names a hub.</summary>
    sealed class Subscriber(TestDatabase database, WebApplication app, TimeProvider time) : IAsyncDisposable
    {
        public static async Task<Subscriber> StartAsync(PostgresFixture postgres, TimeProvider time, Uri hub)
        {
            var database = await postgres.CreateDatabaseAsync();
            await using var db = database.CreateContext();
            db.Add(new Feed
            {
                Url = "https://news.example/feed", NextFetchAt = time.GetUtcNow().AddDays(9),
                Track = new() { Hub = hub.AbsoluteUri, Topic = "https://news.example/topic?a=b&c=ä" },
            });
            await db.SaveChangesAsync();
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Services.AddSingleton(time);
            builder.Services.AddSingleton(TestHttp.Create());
            builder.Services.AddDbContextFactory<MonitorDbContext>(options => options.UseNpgsql(database.ConnectionString));
            builder.Services.AddSingleton<WebSub>();
            var app = builder.Build();
            app.MapWebSub();
            await app.StartAsync();
            return new Subscriber(database, app, time);
        }

        public Task RenewAsync(string below = "") =>
            app.Services.GetRequiredService<WebSub>().RenewAsync(new Uri(new Uri(app.Urls.First()), below), CancellationToken.None);

        public async Task<Feed> FeedAsync()
        {
            await using var db = database.CreateContext();
            return await db.Set<Feed>().SingleAsync();
        }

        public async Task TurnAsync(bool on)
        {
            await using var db = database.CreateContext();
            await db.Set<Feed>().ExecuteUpdateAsync(set => set.SetProperty(f => f.Enabled, on));
        }

        public async Task PostponeAsync()
        {
            await using var db = database.CreateContext();
            var later = time.GetUtcNow().AddHours(5);
            await db.Set<Feed>().ExecuteUpdateAsync(set => set.SetProperty(f => f.NextFetchAt, later));
        }

        public async Task NameHubAsync(Uri hub, string? topic = null)
        {
            await using var db = database.CreateContext();
            var feed = await db.Set<Feed>().SingleAsync();
            feed.Track = feed.Track with { Hub = hub.AbsoluteUri, Topic = topic ?? feed.Track.Topic };
            await db.SaveChangesAsync();
        }

        /// <summary>The subscription once it is as wanted: a hub calls back when it likes.</summary>
        public async Task<FeedSubscription> SubscriptionAsync(Func<FeedSubscription, bool> wanted)
        {
            for (var tries = 0; ; tries++)
            {
                await using var db = database.CreateContext();
                var now = await db.Set<FeedSubscription>().SingleAsync();
                if (wanted(now)) return now;
                Assert.True(tries < 200, $"{now.State} {now.Error}");
                await Task.Delay(50);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await app.DisposeAsync();
            await database.DisposeAsync();
        }
    }
}
