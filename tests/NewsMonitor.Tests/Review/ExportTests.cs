using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using NewsMonitor.Review;
using NewsMonitor.Tests.Database;

namespace NewsMonitor.Tests.Review;

public sealed class ExportTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task TheTableOpensInExcelWithItsArabicAndWithoutFormulas()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        await using var db = server.Database();
        await db.AddAlertAsync("qaani", "قاآني في \"بغداد\", اليوم", Archive.Start.AddHours(1));
        await db.AddAlertAsync("qaani", "=HYPERLINK(\"http://bad.example\")", Archive.Start);
        using var response = await server.Client(Role.Reader).GetAsync("alerts.csv");
        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("alerts.csv", response.Content.Headers.ContentDisposition?.ToString(), StringComparison.Ordinal);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(Encoding.UTF8.Preamble, bytes.AsSpan(0, 3));
        var lines = Encoding.UTF8.GetString(bytes.AsSpan(3)).Split("\r\n");
        Assert.StartsWith("id,raisedAt,status", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"قاآني في \"\"بغداد\"\", اليوم\"", lines[1], StringComparison.Ordinal);
        Assert.Contains("'=HYPERLINK", lines[2], StringComparison.Ordinal);
        Assert.Equal("", lines[3]);
    }

    [Fact]
    public async Task JsonLinesAreTheListsDocuments()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        await using var db = server.Database();
        await db.AddAlertAsync("qaani", "a", Archive.Start);
        await db.AddAlertAsync("sudani", "b", Archive.Start.AddHours(1));
        var text = await server.Client(Role.Reader).GetStringAsync("alerts.jsonl?watch=qaani,sudani&limit=5");
        Assert.Equal(["b", "a"], text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => JsonDocument.Parse(l).RootElement.GetProperty("title").GetString()));
        foreach (var file in new[] { "alerts.csv", "alerts.jsonl" })
        {
            await server.Client().GetAsync($"{file}?limit=0").ProblemAsync(400, "limit");
            await server.Client().GetAsync($"{file}?severity=worst").ProblemAsync(400, "severity");
            await server.Client(null).GetAsync(file).ProblemAsync(401);
        }
    }

    [Fact]
    public async Task AViewIsSavedSharedChangedAndDeleted()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        var client = server.Client(Role.Reviewer);
        using var made = await client.PostAsJsonAsync("views",
            new { name = "mine", filter = new { status = new[] { "new" }, q = "قاآني" } });
        Assert.Equal(201, (int)made.StatusCode);
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetInt64();
        Assert.EndsWith($"/views/{id}", made.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal("قاآني", (await server.Client(Role.Reader).GetAsync($"views/{id}").JsonAsync()).GetProperty("filter").GetProperty("q")
            .GetString());
        await client.SendJsonAsync(HttpMethod.Put, $"views/{id}", new { name = "ours", filter = new { } }, "\"1\"").ProblemAsync(412);
        await client.SendJsonAsync(HttpMethod.Put, $"views/{id}", new { name = "ours", filter = new { } }, made.Headers.ETag!.Tag)
            .JsonAsync();
        Assert.Equal("ours", (await client.GetAsync("views").JsonAsync()).GetProperty("items")[0].GetProperty("name").GetString());
        await client.PostAsJsonAsync("views", new { name = "ours", filter = new { } }).ProblemAsync(409);
        await client.PostAsJsonAsync("views", new { name = "bad", filter = new { severity = new[] { "worst" } } })
            .ProblemAsync(400, "severity");
        await client.PostAsJsonAsync("views", new { }).ProblemAsync(400, "filter");
        await server.Client(Role.Reader).PostAsJsonAsync("views", new { name = "x", filter = new { } }).ProblemAsync(403);
        await server.Client(Role.Reader).DeleteAsync($"views/{id}").ProblemAsync(403);
        await client.DeleteAsync($"views/{id}").JsonAsync(204);
        await client.DeleteAsync($"views/{id}").ProblemAsync(404);
        await client.SendJsonAsync(HttpMethod.Put, $"views/{id}", new { name = "x", filter = new { } }).ProblemAsync(404);
        await client.GetAsync($"views/{id}").ProblemAsync(404);
    }

    [Fact]
    public async Task APostThatIsSentTwiceWithOneKeyIsDoneOnce()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        var client = server.Client();
        client.DefaultRequestHeaders.Add("Idempotency-Key", "5a1e");
        var first = await client.PostAsJsonAsync("keys", new { name = "desk", role = "reader" }).JsonAsync(201);
        using var again = await client.PostAsJsonAsync("keys", new { name = "desk", role = "reader" });
        Assert.Equal("true", again.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.NotNull(again.Headers.Location);
        Assert.Equal(first.GetRawText(), await again.Content.ReadAsStringAsync());
        await client.PostAsJsonAsync("keys", new { name = "other", role = "reader" }).ProblemAsync(422);
        Assert.Equal(4, (await server.Client().GetAsync("keys").JsonAsync()).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task TwoIdenticalPostsAtOnceAreDoneOnce()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        var client = server.Client();
        client.DefaultRequestHeaders.Add("Idempotency-Key", "at once");
        var sent = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(_ => client.PostAsJsonAsync("keys", new { name = "desk", role = "reader" })));
        Assert.All(sent, response => Assert.Contains((int)response.StatusCode, new[] { 201, 409 }));
        Assert.Equal(4, (await server.Client().GetAsync("keys").JsonAsync()).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task StoriesAuditAndStatusAreShown()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        await using var db = server.Database();
        var alert = await db.AddAlertAsync("qaani", "خبر");
        await server.Client(Role.Reviewer).PatchJsonAsync($"alerts/{alert.Id}", new { status = "confirmed" }).JsonAsync();
        var reader = server.Client(Role.Reader);
        Assert.Equal(alert.StoryId, (await reader.GetAsync("stories?minSources=1").JsonAsync()).GetProperty("items")[0].GetProperty("id")
            .GetInt64());
        Assert.Equal(0, (await reader.GetAsync("stories?to=2026-01-01T00:00:00Z").JsonAsync()).GetProperty("items").GetArrayLength());
        var story = await reader.GetAsync($"stories/{alert.StoryId}").JsonAsync();
        Assert.Equal("confirmed", story.GetProperty("alerts")[0].GetProperty("status").GetString());
        Assert.Equal(1, story.GetProperty("articles").GetArrayLength());
        await reader.GetAsync("stories/99").ProblemAsync(404);
        await reader.GetAsync("stories?cursor=x").ProblemAsync(400, "cursor");
        await reader.GetAsync("audit").ProblemAsync(403);
        await server.Client(Role.Reviewer).GetAsync("audit").ProblemAsync(403);
        var audit = await server.Client().GetAsync("audit?action=alert.update").JsonAsync();
        Assert.Equal("confirmed", audit.GetProperty("items")[0].GetProperty("after").GetProperty("status").GetString());
        Assert.Equal(0, (await server.Client().GetAsync("audit?actor=nobody").JsonAsync()).GetProperty("items").GetArrayLength());
        await server.Client().GetAsync("audit?limit=0").ProblemAsync(400, "limit");
        var status = await reader.GetAsync("status").JsonAsync();
        Assert.Equal(1, status.GetProperty("alerts").GetProperty("byStatus").GetProperty("confirmed").GetInt32());
        Assert.Equal(0, status.GetProperty("feeds").GetProperty("due").GetInt32());
        Assert.Contains("monitor", status.GetProperty("versions").EnumerateObject().Select(v => v.Name));
        await server.Client(null).GetAsync("status").ProblemAsync(401);
    }
}
