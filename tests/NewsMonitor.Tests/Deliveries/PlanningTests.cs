using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Deliveries;
using NewsMonitor.Tests.Database;
using NewsMonitor.Watches;

namespace NewsMonitor.Tests.Deliveries;

public sealed class PlanningTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task EachPairOfAlertAndRecipientHasItsReason()
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("told");
        await post.AddRecipientAsync("other");
        await post.AddRecipientAsync("grave", r => r with { MinSeverity = Severity.Critical });
        await post.AddRecipientAsync("english", r => r with { Settings = new() { Only = new() { Languages = ["en"] } } });
        await post.AddRecipientAsync("folder", r => r with { Settings = new() { Only = new() { Folders = ["iran"], Sources = ["example.org"] } } });
        await post.AddRecipientAsync("beside", r => r with { Settings = new() { Only = new() { Folders = ["ira"] } } });
        await post.AddRecipientAsync("night", r => r with { Settings = new() { Only = new() { Hours = "00:00-06:00" } } });
        await post.AddRecipientAsync("hourly", r => r with { Mode = DeliveryMode.Hourly });
        await post.AddRecipientAsync("asleep", r => r with { Settings = new() { QuietHours = "11:00-13:00" } });
        await post.AddRecipientAsync("burst", r => r with { Settings = new() { GroupSeconds = 30 } });
        await post.AddWatchAsync("w", Severity.High, "told", "grave", "english", "folder", "beside", "night", "hourly", "asleep", "burst");
        var alert = (await post.RaiseAsync("w"))[0];
        await using var db = post.CreateDbContext();
        var routes = await db.Set<AlertRoute>().Where(r => r.AlertId == alert).ToDictionaryAsync(r => r.RecipientId, r => r.Decision);
        Assert.Equal(
            new Dictionary<string, RouteDecision>
            {
                ["told"] = RouteDecision.Sent, ["other"] = RouteDecision.NotNamed, ["grave"] = RouteDecision.BelowSeverity,
                ["english"] = RouteDecision.Filtered, ["folder"] = RouteDecision.Sent, ["beside"] = RouteDecision.Filtered, ["night"] = RouteDecision.Filtered,
                ["hourly"] = RouteDecision.Digest, ["asleep"] = RouteDecision.HeldQuietHours, ["burst"] = RouteDecision.Grouped,
            }.OrderBy(p => p.Key),
            routes.OrderBy(p => p.Key));
        await post.SendAsync();
        Assert.Equal(["/folder", "/told"], post.Far.Arrivals.Select(a => a.Path).Order());
    }

    [Fact]
    public async Task AWatchThatNamesNobodyGoesToTheDefaultRecipients()
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("a", r => r with { Settings = new() { Default = true } });
        await post.AddRecipientAsync("b");
        await post.AddWatchAsync("w");
        await post.RaiseAsync("w");
        Assert.Equal(["a"], (await post.DeliveriesAsync()).Select(d => d.RecipientId));
    }

    [Fact]
    public async Task ABurstIsOneMessage()
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("r", r => r with { Settings = new() { GroupSeconds = 30 } });
        await post.AddWatchAsync("w");
        await post.RaiseAsync("w", 3);
        post.Clock.Advance(TimeSpan.FromSeconds(20));
        await post.RaiseAsync("w", 2);
        await post.SendAsync();
        Assert.Empty(post.Far.Arrivals);
        post.Clock.Advance(TimeSpan.FromSeconds(11));
        await post.SendAsync();
        var body = JsonDocument.Parse(Assert.Single(post.Far.Arrivals).Body).RootElement;
        Assert.Equal("digest", body.GetProperty("type").GetString());
        Assert.Equal(5, body.GetProperty("data").GetProperty("alerts").GetArrayLength());
        await post.RaiseAsync("w");
        post.Clock.Advance(TimeSpan.FromSeconds(31));
        await post.SendAsync();
        Assert.Equal("alert.raised", JsonDocument.Parse(post.Far.Arrivals[1].Body).RootElement.GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-28T20:00Z", "2026-03-29T06:00Z")]
    [InlineData("Europe/Berlin", "2026-10-24T20:00Z", "2026-10-25T07:00Z")]
    [InlineData("America/New_York", "2026-03-07T20:00Z", "2026-03-08T12:00Z")]
    [InlineData("America/New_York", "2026-10-31T20:00Z", "2026-11-01T13:00Z")]
    [InlineData("Asia/Baghdad", "2026-03-28T20:00Z", "2026-03-29T05:00Z")]
    public async Task TheDailyDigestComesOnceAtTheLocalTimeAcrossAClockChange(string zone, string from, string due)
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("r", r => r with { Mode = DeliveryMode.Daily, Settings = new() { TimeZone = zone } });
        await post.AddWatchAsync("w");
        post.Clock.Advance(QuietHoursTests.Utc(from) - post.Clock.GetUtcNow());
        var step = TimeSpan.FromHours(2);
        for (var i = 0; i < 5; i++)
        {
            await post.RaiseAsync("w");
            post.Clock.Advance(TimeSpan.FromMinutes(10));
        }
        post.Clock.Advance(QuietHoursTests.Utc(due).AddSeconds(-1) - post.Clock.GetUtcNow());
        await post.SendAsync();
        Assert.Empty(post.Far.Arrivals);
        post.Clock.Advance(TimeSpan.FromSeconds(1));
        await post.SendAsync();
        for (var i = 0; i < 12; i++)
        {
            post.Clock.Advance(step);
            await post.SendAsync();
        }
        var body = JsonDocument.Parse(Assert.Single(post.Far.Arrivals).Body).RootElement;
        Assert.Equal(5, body.GetProperty("data").GetProperty("alerts").GetArrayLength());
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-28T22:30Z", "2026-03-29T04:30Z")]
    [InlineData("America/New_York", "2026-11-01T03:30Z", "2026-11-01T11:30Z")]
    [InlineData("Asia/Baghdad", "2026-03-28T22:30Z", "2026-03-29T03:30Z")]
    public async Task QuietHoursHoldBackAndThenSumUp(string zone, string night, string morning)
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("r", r => r with { Settings = new() { QuietHours = "22:00-06:30", TimeZone = zone } });
        await post.AddWatchAsync("w");
        post.Clock.Advance(QuietHoursTests.Utc(night) - post.Clock.GetUtcNow());
        await post.RaiseAsync("w", 2);
        post.Clock.Advance(TimeSpan.FromHours(2));
        await post.RaiseAsync("w", 2);
        post.Clock.Advance(QuietHoursTests.Utc(morning).AddSeconds(-1) - post.Clock.GetUtcNow());
        await post.SendAsync();
        Assert.Empty(post.Far.Arrivals);
        post.Clock.Advance(TimeSpan.FromSeconds(1));
        await post.RaiseAsync("w");
        await post.SendAsync();
        Assert.Equal([4, 1], post.Far.Arrivals.Select(a => JsonDocument.Parse(a.Body).RootElement.GetProperty("data")).Select(d =>
            d.TryGetProperty("alerts", out var alerts) ? alerts.GetArrayLength() : 1));
    }

    [Fact]
    public async Task SilencesKeepAlertsBackAndStandInThemAsTheReason()
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("r");
        await post.AddWatchAsync("w");
        await post.AddWatchAsync("v");
        long silence;
        await using (var db = post.CreateDbContext())
        {
            var s = new Silence
            {
                WatchId = "w", Phrase = "قاآنى", StartsAt = Samples.Noon, EndsAt = Samples.Noon.AddHours(1), Reason = "exercise", CreatedBy = "test",
                CreatedAt = Samples.Noon,
            };
            db.Add(s);
            await db.SaveChangesAsync();
            silence = s.Id;
        }
        var silenced = (await post.RaiseAsync("w"))[0];
        var told = (await post.RaiseAsync("v"))[0];
        Assert.Equal(RouteDecision.Silenced, await post.DecisionAsync(silenced, "r"));
        Assert.Equal(RouteDecision.Sent, await post.DecisionAsync(told, "r"));
        post.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(RouteDecision.Sent, await post.DecisionAsync((await post.RaiseAsync("w"))[0], "r"));
        await using var check = post.CreateDbContext();
        Assert.Equal(silence, (await check.Set<AlertRoute>().SingleAsync(r => r.AlertId == silenced)).SilenceId);
    }

    [Fact]
    public async Task ASilenceCoversAWatchAStoryASourceOrAPhraseAndASilencedStoryIsMuted()
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("r");
        await post.AddWatchAsync("w");
        await post.AddWatchAsync("v");
        var first = (await post.RaiseAsync("w"))[0];
        long story;
        await using (var db = post.CreateDbContext())
        {
            story = (await db.Set<Alert>().SingleAsync(a => a.Id == first)).StoryId;
        }
        foreach (var (silence, expected) in new[]
        {
            (Quiet(s => s.WatchId = "w"), RouteDecision.Silenced), (Quiet(s => s.Source = "example wire"), RouteDecision.Silenced),
            (Quiet(s => s.Source = "example.org"), RouteDecision.Silenced), (Quiet(s => s.Phrase = "إلى بغداد"), RouteDecision.Silenced),
            (Quiet(s => s.StoryId = story), RouteDecision.MutedStory), (Quiet(s => (s.StoryId, s.WatchId) = (story, "w")), RouteDecision.Silenced),
            (Quiet(s => s.WatchId = "v"), RouteDecision.Sent), (Quiet(s => s.StoryId = story + 1_000_000), RouteDecision.Sent),
            (Quiet(s => s.Phrase = "إلى بغدا"), RouteDecision.Sent), (Quiet(s => s.Phrase = "highlights"), RouteDecision.Sent),
            (Quiet(s => (s.WatchId, s.Source) = ("w", "Elsewhere")), RouteDecision.Sent),
        })
        {
            await using var db = post.CreateDbContext();
            // A watch and a story have one alert, so each round begins anew.
            await db.Set<Alert>().Where(a => a.StoryId == story && a.WatchId == "w").ExecuteDeleteAsync();
            await db.Set<Silence>().ExecuteDeleteAsync();
            db.Add(silence);
            await db.SaveChangesAsync();
            var alert = (await post.RaiseAsync("w", with: a =>
            {
                a.StoryId = story;
                return a;
            }))[0];
            var route = await db.Set<AlertRoute>().AsNoTracking().SingleAsync(r => r.AlertId == alert);
            Assert.Equal(
                (expected, expected == RouteDecision.Sent ? (long?)null : silence.Id, expected == RouteDecision.Sent ? null : "exercise"),
                (route.Decision, route.SilenceId, route.SilenceReason));
        }

        static Silence Quiet(Action<Silence> what)
        {
            var silence = new Silence { StartsAt = Samples.Noon, Reason = "exercise", CreatedBy = "test", CreatedAt = Samples.Noon };
            what(silence);
            return silence;
        }
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-28T23:10Z")]
    [InlineData("Europe/Berlin", "2026-10-24T22:10Z")]
    [InlineData("America/New_York", "2026-03-08T05:10Z")]
    [InlineData("America/New_York", "2026-11-01T04:10Z")]
    [InlineData("Asia/Baghdad", "2026-03-28T21:10Z")]
    public async Task HourlyDigestsComeOnceInEachRealHourAcrossAClockChange(string zone, string from)
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("r", r => r with { Mode = DeliveryMode.Hourly, Settings = new() { TimeZone = zone } });
        await post.AddWatchAsync("w");
        post.Clock.Advance(QuietHoursTests.Utc(from) - post.Clock.GetUtcNow());
        for (var hour = 1; hour <= 5; hour++)
        {
            await post.RaiseAsync("w", 2);
            post.Clock.Advance(TimeSpan.FromMinutes(49));
            await post.SendAsync();
            Assert.Equal(hour - 1, post.Far.Arrivals.Count);
            post.Clock.Advance(TimeSpan.FromMinutes(1));
            await post.SendAsync();
            Assert.Equal(hour, post.Far.Arrivals.Count);
            post.Clock.Advance(TimeSpan.FromMinutes(10));
        }
        Assert.All(post.Far.Arrivals, a => Assert.Equal(
            2, JsonDocument.Parse(a.Body).RootElement.GetProperty("data").GetProperty("alerts").GetArrayLength()));
    }

    [Fact]
    public async Task NewsOfAnAlertReachThoseWhoWereToldUnlessItIsSilentNowAndNotAtNight()
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("r");
        await post.AddRecipientAsync("sleeper", r => r with { Settings = new() { QuietHours = "12:30-14:00" } });
        await post.AddRecipientAsync("daily", r => r with { Mode = DeliveryMode.Daily });
        await post.AddRecipientAsync("burst", r => r with { Settings = new() { GroupSeconds = 30 } });
        await post.AddWatchAsync("w");
        var alerts = await post.RaiseAsync("w", 2);
        // What still gathers will tell of it by itself.
        Assert.Equal(2, await UpdateAsync("hits-x"));
        await post.SendAsync();
        post.Clock.Advance(TimeSpan.FromMinutes(45));
        await post.SendAsync();
        Assert.Equal((3, 3, 1), (post.IdsAt("r").Count, post.IdsAt("sleeper").Count, post.IdsAt("burst").Count));
        Assert.Equal(3, await UpdateAsync("grown-5"));
        Assert.Equal(0, await UpdateAsync("grown-5"));
        await post.SendAsync();
        Assert.Equal((4, 3, 2), (post.IdsAt("r").Count, post.IdsAt("sleeper").Count, post.IdsAt("burst").Count));
        Assert.Equal("alert.updated", JsonDocument.Parse(post.Far.Arrivals[^1].Body).RootElement.GetProperty("type").GetString());
        post.Clock.Advance(TimeSpan.FromMinutes(74));
        await post.SendAsync();
        Assert.Equal(3, post.IdsAt("sleeper").Count);
        post.Clock.Advance(TimeSpan.FromMinutes(1));
        await post.SendAsync();
        Assert.Equal(4, post.IdsAt("sleeper").Count);
        await using (var db = post.CreateDbContext())
        {
            await Muting.MuteAsync(
                db, await db.Set<Alert>().Where(a => a.Id == alerts[0]).ToListAsync(), null, null, "test", post.Clock.GetUtcNow(), default);
            await db.SaveChangesAsync();
        }
        Assert.Equal(0, await UpdateAsync("grown-20"));

        async Task<int> UpdateAsync(string key)
        {
            await using var db = post.CreateDbContext();
            return await Updating.PlanAsync(db, [new AlertUpdate(alerts[0], key)], post.Clock.GetUtcNow(), default);
        }
    }

    [Fact]
    public async Task WhatGrowsAllNightIsOneMessageInTheMorning()
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("sleeper", r => r with { Settings = new() { QuietHours = "12:30-14:00" } });
        await post.AddWatchAsync("w");
        var alerts = await post.RaiseAsync("w", 2);
        await post.SendAsync();
        post.Clock.Advance(TimeSpan.FromMinutes(45));
        Assert.Equal(2, await UpdateAsync(new(alerts[0], "grown-2"), new(alerts[0], "hits-x"), new(alerts[1], "grown-2")));
        post.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(0, await UpdateAsync(new AlertUpdate(alerts[0], "grown-5")));
        post.Clock.Advance(TimeSpan.FromHours(1));
        await post.SendAsync();
        Assert.Equal(4, post.IdsAt("sleeper").Count);
        Assert.Equal(1, await UpdateAsync(new AlertUpdate(alerts[0], "grown-20")));

        async Task<int> UpdateAsync(params AlertUpdate[] updates)
        {
            await using var db = post.CreateDbContext();
            return await Updating.PlanAsync(db, updates, post.Clock.GetUtcNow(), default);
        }
    }

    [Fact]
    public async Task SilencedAlertsHoweverManyKeepNoOtherFromBeingEscalated()
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("first", r => r with { Settings = new() { Escalate = new("second", 15) } });
        await post.AddRecipientAsync("second");
        await post.AddWatchAsync("noisy", Severity.Critical, "first");
        await post.AddWatchAsync("w", Severity.Critical, "first");
        await post.RaiseAsync("noisy", 1001);
        var alert = (await post.RaiseAsync("w"))[0];
        await using (var db = post.CreateDbContext())
        {
            var now = post.Clock.GetUtcNow();
            db.Add(new Silence { WatchId = "noisy", StartsAt = now, CreatedAt = now, CreatedBy = "desk", Reason = "exercise" });
            await db.SaveChangesAsync();
        }
        post.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(1, await new Escalating(post, post.Clock).RunAsync(default));
        Assert.Equal(RouteDecision.Escalated, await post.DecisionAsync(alert, "second"));
    }

    [Fact]
    public async Task AMutedStoryIsNotEscalated()
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("first", r => r with { Settings = new() { Escalate = new("second", 15) } });
        await post.AddRecipientAsync("second");
        await post.AddWatchAsync("w", Severity.Critical, "first");
        var ids = await post.RaiseAsync("w", 2);
        await using (var db = post.CreateDbContext())
        {
            await Muting.MuteAsync(
                db, await db.Set<Alert>().Where(a => a.Id == ids[0]).ToListAsync(), null, null, "test", post.Clock.GetUtcNow(), default);
            await db.SaveChangesAsync();
        }
        post.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(1, await new Escalating(post, post.Clock).RunAsync(default));
        Assert.Equal(RouteDecision.Escalated, await post.DecisionAsync(ids[1], "second"));
        Assert.Equal(RouteDecision.NotNamed, await post.DecisionAsync(ids[0], "second"));
    }

    [Fact]
    public async Task AnUntouchedCriticalAlertGoesToTheSecondRecipientOnce()
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("first", r => r with { Settings = new() { Escalate = new("second", 15) } });
        await post.AddRecipientAsync("second");
        await post.AddWatchAsync("w", Severity.Critical, "first");
        await post.AddWatchAsync("lesser", Severity.High, "first");
        var ids = await post.RaiseAsync("w", 2);
        await post.RaiseAsync("lesser");
        await using (var db = post.CreateDbContext())
        {
            await db.Set<Alert>().Where(a => a.Id == ids[0]).ExecuteUpdateAsync(s => s.SetProperty(a => a.Status, AlertStatus.Acknowledged));
        }
        var escalating = new Escalating(post, post.Clock);
        Assert.Equal(0, await escalating.RunAsync(default));
        post.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(1, await escalating.RunAsync(default));
        Assert.Equal(0, await escalating.RunAsync(default));
        Assert.Equal(RouteDecision.Escalated, await post.DecisionAsync(ids[1], "second"));
        await post.SendAsync();
        Assert.Single(post.IdsAt("second"));
        await using var check = post.CreateDbContext();
        Assert.Equal("second", (await check.Set<AlertHistory>().SingleAsync(h => h.AlertId == ids[1])).To);
    }

    [Fact]
    public async Task AnAlertStandsInExactlyOneGatheredMessageHoweverItRacesWithTheSender()
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("r", r => r with { Settings = new() { GroupSeconds = 1 } });
        await post.AddWatchAsync("w");
        var raised = new List<long>();
        var raising = Task.Run(async () =>
        {
            for (var i = 0; i < 40; i++)
            {
                raised.AddRange(await post.RaiseAsync("w"));
            }
        });
        while (!raising.IsCompleted)
        {
            await post.SendAsync();
            post.Clock.Advance(TimeSpan.FromMilliseconds(400));
        }
        await raising;
        post.Clock.Advance(TimeSpan.FromSeconds(2));
        await post.SendAsync();
        var told = post.Far.Arrivals.Select(a => JsonDocument.Parse(a.Body).RootElement.GetProperty("data")).SelectMany(d =>
            d.TryGetProperty("alerts", out var alerts) ? alerts.EnumerateArray().Select(x => x.GetProperty("id").GetInt64()) : [d.GetProperty("id").GetInt64()]);
        Assert.Equal(raised.Order(), told.Order());
    }

    [Fact]
    public async Task AWatchWhoseRecipientsAreAllGoneGoesToTheDefaultOnes()
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("a", r => r with { Settings = new() { Default = true } });
        await post.AddRecipientAsync("b");
        await post.AddWatchAsync("w", Severity.High, "gone", "never-was");
        await post.RaiseAsync("w");
        Assert.Equal(["a"], (await post.DeliveriesAsync()).Select(d => d.RecipientId));
    }
}
