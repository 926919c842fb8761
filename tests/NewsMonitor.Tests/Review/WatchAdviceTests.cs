using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Database;
using NewsMonitor.Review;
using NewsMonitor.Tests.Database;
using NewsMonitor.Watches;
using TextEngine.WatchTerms;

namespace NewsMonitor.Tests.Review;

/// <summary>What a dismissal teaches a watch.</summary>
public sealed class WatchAdviceTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task ThePhraseThatStopsMostAndLosesNothingComesFirstAndWorksOnceItIsTaken()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        await using var db = server.Database();
        await AddWatchAsync(db, "jordan", "Jordan");
        var alert = await db.AddAlertAsync("jordan", "Flood at the Jordan River again");
        await db.AddAlertAsync("jordan", "Boats on the Jordan River", status: AlertStatus.Dismissed);
        await db.AddAlertAsync("jordan", "A talk of the Jordan family", status: AlertStatus.Confirmed);
        var client = server.Client();
        var advice = await client.GetAsync($"alerts/{alert.Id}/suggestions").JsonAsync();
        Assert.Equal((true, 2, 1),
            (advice.GetProperty("fires").GetBoolean(), advice.GetProperty("dismissed").GetInt32(), advice.GetProperty("kept").GetInt32()));
        var best = advice.GetProperty("not")[0];
        Assert.Equal(["Jordan River"], Phrases(best));
        Assert.Equal((2, 0), (best.GetProperty("prevents").GetInt32(), best.GetProperty("loses").GetInt32()));
        // Neighbours that say nothing are not suggested: "the Jordan" would have cost the confirmed alert as well.
        Assert.DoesNotContain(advice.GetProperty("not").EnumerateArray(), line => Phrases(line).Contains("the Jordan"));

        var put = await client.PutAsync("watches/jordan", new StringContent(
            JsonSerializer.Serialize(new { name = "jordan", terms = new[] { "Jordan" }, not = Phrases(best) }), null, "application/json"))
                .JsonAsync();
        Assert.Equal("Jordan River", put.GetProperty("not")[0].GetString());
        var after = await client.GetAsync($"alerts/{alert.Id}/suggestions").JsonAsync();
        Assert.False(after.GetProperty("fires").GetBoolean());
        Assert.Empty(after.GetProperty("not").EnumerateArray());
    }

    [Fact]
    public async Task AnOrdinaryWordLearnsItsContextFromTheAlertsThatWereKept()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        await using var db = server.Database();
        await AddWatchAsync(db, "qaani", "قاني");
        var alert = await db.AddAlertAsync("qaani", "لوحة بلون أحمر قاني في المعرض");
        await db.AddAlertAsync("qaani", "زيارة قاني قائد فيلق القدس", status: AlertStatus.Confirmed);
        await db.AddAlertAsync("qaani", "تصريح قاني قائد القوات", status: AlertStatus.Investigating);
        var advice = await server.Client(Role.Reviewer).GetAsync($"alerts/{alert.Id}/suggestions").JsonAsync();
        var line = Assert.Single(advice.GetProperty("context").EnumerateArray());
        Assert.Equal((1, 0), (line.GetProperty("prevents").GetInt32(), line.GetProperty("loses").GetInt32()));
        Assert.Equal(["قائد"], Phrases(line));
        Assert.Contains(advice.GetProperty("not").EnumerateArray(), l => Phrases(l).Contains("أحمر قاني"));
    }

    [Fact]
    public async Task OfAnAlertThatNobodyHasThereIsNothingToSay()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        await server.Client(Role.Reviewer).GetAsync("alerts/77/suggestions").ProblemAsync(404);
        await server.Client(Role.Reader).GetAsync("alerts/77/suggestions").ProblemAsync(403);
    }

    static string[] Phrases(JsonElement line) => [.. line.GetProperty("phrases").EnumerateArray().Select(p => p.GetString()!)];

    static async Task AddWatchAsync(MonitorDbContext db, string id, string term)
    {
        var watch = await db.AddWatchAsync(id);
        watch.Definition = new WatchEntry(new WatchDefinition { Id = id, Name = id, Terms = [term] }, "high", []).ToJson();
        await db.SaveChangesAsync();
        Assert.Equal(1, await db.Set<Watch>().CountAsync());
    }
}
