using System.Net.Http.Json;
using System.Text.Json;
using NewsMonitor.Review;
using NewsMonitor.Tests.Database;

namespace NewsMonitor.Tests.Review;

public sealed class ArchiveRaisingTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    static async Task<JsonElement> RaiseAsync(HttpClient client, object body)
    {
        using var response = await client.PostAsJsonAsync("watches/qaani/raise", body);
        Assert.Equal((200, "application/x-ndjson"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return JsonDocument.Parse(lines[^1]).RootElement.GetProperty("result");
    }

    static int Number(JsonElement result, string name) => result.GetProperty(name).GetInt32();

    [Fact]
    public async Task AChangedWatchRaisesWhatTheArchiveHoldsOnceMarkedAndUnsent()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        var admin = server.Client();
        await admin.PostAsJsonAsync("recipients", new { id = "desk", kind = "webhook", url = "https://desk.example.org/alerts" })
            .JsonAsync(201);
        await admin.PostAsJsonAsync("watches", new { id = "qaani", terms = new[] { "سليماني" } }).JsonAsync(201);
        await using var db = server.Database();
        var first = await db.AddArticleAsync("زيارة لقاآني", "نص", at: Archive.Start);
        var story = await db.FindAsync<NewsMonitor.Stories.Story>(first.StoryId);
        await db.AddArticleAsync("زيارة لقاآني مرة أخرى", "نص آخر", "Rudaw", at: Archive.Start.AddHours(1), story: story);
        await db.AddArticleAsync("قاآني في النجف", "نص", at: Archive.Start.AddDays(1));
        await db.AddArticleAsync("خبر آخر", "نص", at: Archive.Start.AddDays(2));
        await db.AddAlertAsync("qaani", "قاآني وسليماني", Archive.Start.AddDays(3));
        await admin.SendJsonAsync(HttpMethod.Put, "watches/qaani", new { terms = new[] { "سليماني", "قاآني" } }).JsonAsync();

        var result = await RaiseAsync(admin, new { });
        Assert.Equal((3, 1, 2, 0, 0, 2),
            (Number(result, "stories"), Number(result, "known"), Number(result, "raised"), Number(result, "left"),
                Number(result, "deliveries"),
            Number(result, "revision")));
        var alerts = (await admin.GetAsync("alerts").JsonAsync()).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([true, true, false], alerts.Select(a => a.GetProperty("fromArchive").GetBoolean()));
        var one = await admin.GetAsync($"alerts/{alerts.Single(a => a.GetProperty("title").GetString() == "زيارة لقاآني").GetProperty("id").GetInt64()}").JsonAsync();
        Assert.Equal(2, one.GetProperty("watchRevision").GetInt32());
        Assert.Equal("لقاآني", one.GetProperty("hits")[0].GetProperty("surface").GetString());
        Assert.Equal(0, one.GetProperty("deliveries").GetArrayLength());
        var line = one.GetProperty("history")[0];
        Assert.Equal(("raised", "the admin", "from the archive"),
            (line.GetProperty("change").GetString(), line.GetProperty("actor").GetString(), line.GetProperty("note").GetString()));
        var article = await admin.GetAsync($"articles/{first.Id}").JsonAsync();
        Assert.Equal("qaani", article.GetProperty("matches")[0].GetProperty("watch").GetString());
        Assert.Equal(2, (await admin.GetAsync("alerts?q=" + Uri.EscapeDataString("قاآني NOT سليماني")).JsonAsync()).GetProperty("items")
            .GetArrayLength());

        Assert.Equal(0, Number(await RaiseAsync(admin, new { }), "raised"));
        Assert.Equal(2, (await admin.GetAsync("audit?action=watch.raise").JsonAsync()).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task RecipientsAreToldWhenThatIsAskedForAndTheNewestStoriesComeFirst()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        var admin = server.Client();
        await admin.PostAsJsonAsync("recipients", new { id = "desk", kind = "webhook", url = "https://desk.example.org/alerts" })
            .JsonAsync(201);
        await admin.PostAsJsonAsync("watches", new { id = "qaani", terms = new[] { "قاآني" } }).JsonAsync(201);
        await using var db = server.Database();
        for (var i = 0; i < 4; i++)
        {
            await db.AddArticleAsync($"قاآني {i}", "نص", at: Archive.Start.AddDays(i));
        }

        var result = await RaiseAsync(admin, new { send = true, limit = 2, since = Archive.Start.AddDays(1) });
        Assert.Equal((3, 2, 1, 2),
            (Number(result, "stories"), Number(result, "raised"), Number(result, "left"), Number(result, "deliveries")));
        var titles = (await admin.GetAsync("alerts").JsonAsync()).GetProperty("items").EnumerateArray()
            .Select(a => a.GetProperty("title").GetString());
        Assert.Equal(["قاآني 2", "قاآني 3"], titles.Order());
        Assert.Equal(2, (await admin.GetAsync("deliveries").JsonAsync()).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task WhatCannotBeRaisedIsRefusedWithItsReason()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        var admin = server.Client();
        await admin.PostAsJsonAsync("watches/qaani/raise", new { }).ProblemAsync(404);
        await admin.PostAsJsonAsync("watches", new { id = "qaani", terms = new[] { "قاآني" }, enabled = false }).JsonAsync(201);
        Assert.Contains("switched off", await admin.PostAsJsonAsync("watches/qaani/raise", new { }).ProblemAsync(409),
            StringComparison.Ordinal);
        await admin.PostAsJsonAsync("watches/qaani/raise", new { limit = 0 }).ProblemAsync(400, "limit");
        await admin.PostAsJsonAsync("watches/qaani/raise", new { since = "yesterday" }).ProblemAsync(400, "since");
        await server.Client(Role.Reviewer).PostAsJsonAsync("watches/qaani/raise", new { }).ProblemAsync(403);
        await server.Client(null).PostAsJsonAsync("watches/qaani/raise", new { }).ProblemAsync(401);
    }
}
