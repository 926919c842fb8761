using System.Text.Json;
using NewsMonitor.Alerts;
using NewsMonitor.Review;
using NewsMonitor.Tests.Database;
using NewsMonitor.Tests.Deliveries;
using NewsMonitor.Watches;

namespace NewsMonitor.Tests.Review;

/// <summary>What engineers who use the API would put into their own projects.</summary>
public sealed class ClientTools : NodePackages
{
    public ClientTools() : base("openapi-typescript@7 openapi-fetch@0.17 typescript@5 @types/node@20 @redocly/cli@2")
    {
    }
}

public sealed class ClientTests(PostgresFixture postgres, ClientTools node) : IClassFixture<PostgresFixture>, IClassFixture<ClientTools>
{
    [Fact]
    public async Task TheDocumentPassesAStrictLinter()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        using var client = new HttpClient { BaseAddress = server.Address };
        await node.WriteAsync("openapi.json", await client.GetStringAsync("openapi/v1.json"));
        await node.WriteAsync("redocly.yaml", "telemetry: off\n");
        var said = await node.RunPackaged("redocly", "lint --extends=recommended-strict --format=json openapi.json");
        var totals = JsonDocument.Parse(said[said.IndexOf('{', StringComparison.Ordinal)..]).RootElement.GetProperty("totals");
        Assert.Equal((0, 0), (totals.GetProperty("errors").GetInt32(), totals.GetProperty("warnings").GetInt32()));
    }

    [Fact]
    public async Task AClientMadeFromTheDocumentCompilesAndTriages()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        await using var db = server.Database();
        for (var i = 0; i < 5; i++)
        {
            await db.AddAlertAsync("qaani", $"زيارة لقاآني {i}", Archive.Start.AddMinutes(i));
        }

        await db.AddAlertAsync("qaani", "low", Archive.Start.AddHours(1), severity: Severity.Low);
        await db.AddAlertAsync("qaani", "done", Archive.Start.AddHours(2), status: AlertStatus.Dismissed);
        await node.RunPackaged("openapi-typescript", $"{server.Address}openapi/v1.json --output api.ts");
        await node.WriteAsync("triage.ts", await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Review", "triage.ts")));
        await node.RunPackaged("tsc", "--strict --target es2023 --lib es2023,dom,dom.iterable --module nodenext --skipLibCheck triage.ts");
        var done = JsonDocument.Parse(await node.Run("node", $"triage.js {server.Address} {server.Secret(Role.Reviewer)}")).RootElement;

        Assert.Equal(Enumerable.Range(0, 5).Reverse().Select(i => $"زيارة لقاآني {i}"), Texts(done, "listed"));
        Assert.Equal(["investigating", "dana"], Texts(done, "taken"));
        Assert.Equal(412, done.GetProperty("late").GetInt32());
        Assert.Equal(["raised", "status", "assignee", "note"], Texts(done, "history"));
        Assert.Equal(4, done.GetProperty("dismissed").GetInt32());
        Assert.Contains("column", done.GetProperty("refused").GetProperty("q")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(5, done.GetProperty("marked").EnumerateArray().Count(hits => hits[0].GetString() == "لقاآني"));
        Assert.Equal(["first status", "first assignee", "first note", .. Enumerable.Repeat("other status", 4)], Texts(done, "events"));
    }

    static IEnumerable<string?> Texts(JsonElement done, string name) => done.GetProperty(name).EnumerateArray().Select(e => e.GetString());
}
