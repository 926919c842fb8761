using System.Text.Json;
using NewsMonitor.Tests.Database;
using NewsMonitor.Tests.House;

namespace NewsMonitor.Tests.EndToEnd;

/// <summary>The five real articles through the whole service: the alerts of gold.json, no more and no fewer, whatever happens meanwhile.</summary>
public sealed class SeedArticleTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    static readonly string Watches = File.ReadAllText(Repository.Path("seeds", "watches.yaml"));

    [Fact]
    public async Task TheSeedArticlesRaiseExactlyTheirAlerts()
    {
        if (SeedArticles.Find() is not { } seeds)
        {
            return;
        }

        await using var database = await postgres.CreateDatabaseAsync();
        await using var newsroom = await LoopbackServer.StartAsync();
        using var setting = new Setting(Watches, [newsroom.Serve("/seeds.xml", seeds.Rss())], new Uri(newsroom.Address, "/hook"));
        var port = Setting.FreePort();

        await using (var monitor = MonitorProcess.Start(port, setting.Settings(database.ConnectionString)))
        {
            var alerts = await monitor.UntilAsync("/api/v1/alerts?limit=100", Holds(seeds.Expected.Count));
            Assert.Equal(seeds.Expected, Alerts(alerts));
            Assert.Equal(seeds.Expected.Select(e => e.Title).Distinct().Count(), Stories(alerts).Distinct().Count());
            foreach (var alert in alerts.GetProperty("items").EnumerateArray())
            {
                HighlightsAreRight(alert, seeds);
            }

            var feed = (await monitor.UntilAsync("/api/v1/feeds", _ => true)).GetProperty("items")[0].GetProperty("id");
            using var refresh = await monitor.Http.PostAsync($"/api/v1/feeds/{feed}/refresh", null);
            Assert.True(refresh.IsSuccessStatusCode, $"{refresh.StatusCode}");
            await monitor.UntilAsync("/api/v1/alerts?limit=100", Holds(seeds.Expected.Count));
            await monitor.KillAsync();
        }

        await using (var again = MonitorProcess.Start(port, setting.Settings(database.ConnectionString)))
        {
            var alerts = await again.UntilAsync("/api/v1/alerts?limit=100", Holds(seeds.Expected.Count));
            Assert.Equal(seeds.Expected, Alerts(alerts));
            await Wait.UntilAsync(() => Delivered(newsroom).Count == seeds.Expected.Count);
            Assert.Equal(seeds.Expected, Delivered(newsroom));
        }
    }

    [Theory]
    [InlineData(0.3, 7)]
    [InlineData(1.5, 7)]
    [InlineData(3.0, 6)]
    public async Task KilledAtAnyMomentItLosesAndDoublesNothing(double firstKill, int kills)
    {
        if (SeedArticles.Find() is not { } seeds)
        {
            return;
        }

        await using var database = await postgres.CreateDatabaseAsync();
        await using var newsroom = await LoopbackServer.StartAsync();
        // A slow receiver keeps deliveries in flight, so that some of the kills fall between sending and writing it down.
        newsroom.OnPost = async _ =>
        {
            await Task.Delay(100);
            return 200;
        };
        using var setting = new Setting(Watches, [newsroom.Serve("/seeds.xml", seeds.Rss())], new Uri(newsroom.Address, "/hook"));
        var settings = setting.Settings(database.ConnectionString);
        settings["Monitor__Fetch__MinInterval"] = "00:00:01";
        var port = Setting.FreePort();
        for (var i = 0; i < kills; i++)
        {
            await using var killed = MonitorProcess.Start(port, settings);
            await Task.Delay(TimeSpan.FromSeconds(firstKill + i * 0.2));
            await killed.KillAsync();
        }

        await using var monitor = MonitorProcess.Start(port, settings);
        // A claim of a killed worker has to run out before its work is taken over.
        var alerts = await monitor.UntilAsync("/api/v1/alerts?limit=100", Holds(seeds.Expected.Count), TimeSpan.FromSeconds(120));
        Assert.Equal(seeds.Expected, Alerts(alerts));
        await Wait.UntilAsync(() => Delivered(newsroom).Count >= seeds.Expected.Count, TimeSpan.FromSeconds(120));
        Assert.Equal(seeds.Expected, Delivered(newsroom));
        var ids = newsroom.Received.Select(r => (Title: Data(r).GetProperty("title").GetString(),
            Watch: Data(r).GetProperty("watch").GetProperty("id").GetString(), Id: r.Headers["webhook-id"])).Distinct();
        Assert.Equal(seeds.Expected.Count, ids.Count());
    }

    [Fact]
    public async Task ThreeCopiesInThreeFeedsAreOneStoryAndOneAlert()
    {
        if (SeedArticles.Find() is not { } seeds)
        {
            return;
        }

        await using var database = await postgres.CreateDatabaseAsync();
        await using var newsroom = await LoopbackServer.StartAsync();
        using var setting = new Setting(Watches, Enumerable.Range(1, 3).Select(n => newsroom.Serve($"/{n}.xml", seeds.Rss($"site{n}.example"))));
        await using var monitor = MonitorProcess.Start(Setting.FreePort(), setting.Settings(database.ConnectionString));

        var alerts = await monitor.UntilAsync("/api/v1/alerts?limit=100", answer => Holds(seeds.Expected.Count)(answer)
            && answer.GetProperty("items").EnumerateArray().All(a => a.GetProperty("story").GetProperty("articleCount").GetInt32() == 3));

        Assert.Equal(seeds.Expected, Alerts(alerts));
        Assert.All(alerts.GetProperty("items").EnumerateArray(),
            a => Assert.Equal(3, a.GetProperty("story").GetProperty("sourceCount").GetInt32()));
    }

    static void HighlightsAreRight(JsonElement alert, SeedArticles seeds)
    {
        var key = (alert.GetProperty("title").GetString()!, alert.GetProperty("watch").GetProperty("id").GetString()!);
        var surfaces = alert.GetProperty("hits").EnumerateArray().Select(h => h.GetProperty("surface").GetString()!).Distinct();
        Assert.Equal(seeds.Surfaces[key], surfaces.Order());
        var excerpt = alert.GetProperty("excerpt");
        var text = excerpt.GetProperty("text").GetString()!;
        foreach (var mark in excerpt.GetProperty("highlights").EnumerateArray())
        {
            var marked = text.Substring(mark.GetProperty("start").GetInt32(), mark.GetProperty("length").GetInt32());
            Assert.Contains(marked, seeds.Surfaces[key]);
        }
    }

    static Func<JsonElement, bool> Holds(int alerts) => answer => answer.GetProperty("items").GetArrayLength() >= alerts;

    static List<(string, string)> Alerts(JsonElement answer) => [.. answer.GetProperty("items").EnumerateArray()
        .Select(a => (a.GetProperty("title").GetString()!, a.GetProperty("watch").GetProperty("id").GetString()!)).Order()];

    static IEnumerable<string> Stories(JsonElement answer) => answer.GetProperty("items").EnumerateArray()
        .Select(a => a.GetProperty("story").GetProperty("id").ToString());

    static List<(string, string)> Delivered(LoopbackServer receiver) => [.. receiver.Received
        .Select(r => (Data(r).GetProperty("title").GetString()!, Data(r).GetProperty("watch").GetProperty("id").GetString()!))
        .Distinct().Order()];

    static JsonElement Data(ReceivedRequest request) => JsonSerializer.Deserialize<JsonElement>(request.Body).GetProperty("data");
}
