using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Review;
using NewsMonitor.Tests.Database;

namespace NewsMonitor.Tests.Review;

public sealed class WatchTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    static object Qaani(params string[] terms) => new { id = "qaani", name = "Esmail Qaani", severity = "high", terms };

    [Fact]
    public async Task AWatchIsAddedChangedAndDeletedAndItsRevisionsStay()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        var admin = server.Client();
        using var made = await admin.PostAsJsonAsync("watches", Qaani("قاآني"));
        Assert.Equal(201, (int)made.StatusCode);
        var tag = made.Headers.ETag!.Tag;
        Assert.Equal(1, (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("revision").GetInt32());
        await admin.PostAsJsonAsync("watches", Qaani("قاآني")).ProblemAsync(409);
        using var changed = await admin.SendJsonAsync(HttpMethod.Put, "watches/qaani", Qaani("قاآني", "Qaani"), tag);
        Assert.Equal(2, (await changed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("revision").GetInt32());
        await admin.SendJsonAsync(HttpMethod.Put, "watches/qaani", Qaani("سليماني"), tag).ProblemAsync(412);
        var same = await admin.SendJsonAsync(HttpMethod.Put, "watches/qaani", Qaani("قاآني", "Qaani")).JsonAsync();
        Assert.Equal(2, same.GetProperty("revision").GetInt32());
        var off = await admin.SendJsonAsync(HttpMethod.Put, "watches/qaani",
            new { name = "Esmail Qaani", severity = "high", terms = new[] { "قاآني", "Qaani" }, enabled = false }).JsonAsync();
        Assert.False(off.GetProperty("enabled").GetBoolean());
        Assert.Equal("qaani", (await server.Client(Role.Reader).GetAsync("watches").JsonAsync()).GetProperty("items")[0].GetProperty("id")
            .GetString());
        Assert.Contains("- id: \"qaani\"", await server.Client(Role.Reader).GetStringAsync("watches.yaml"), StringComparison.Ordinal);
        await admin.DeleteAsync("watches/qaani").JsonAsync(204);
        await admin.DeleteAsync("watches/qaani").ProblemAsync(404);
        await admin.GetAsync("watches/qaani").ProblemAsync(404);
        await admin.SendJsonAsync(HttpMethod.Put, "watches/qaani", Qaani("x")).ProblemAsync(404);
        var again = await admin.PostAsJsonAsync("watches", Qaani("قاآني")).JsonAsync(201);
        Assert.Equal(3, again.GetProperty("revision").GetInt32());
        var revisions = (await server.Client(Role.Reader).GetAsync("watches/qaani/revisions").JsonAsync()).GetProperty("items");
        Assert.Equal([3, 2, 1], revisions.EnumerateArray().Select(r => r.GetProperty("revision").GetInt32()));
        await admin.GetAsync("watches/none/revisions").ProblemAsync(404);
        var audit = await admin.GetAsync("audit?action=watch.update").JsonAsync();
        Assert.Equal(2, audit.GetProperty("items")[1].GetProperty("after").GetProperty("terms").GetArrayLength());
    }

    [Theory]
    [InlineData("""{"id":"a b","terms":["x"]}""", "id")]
    [InlineData("""{"id":"a"}""", "terms")]
    [InlineData("""{"id":"a","terms":["..."]}""", "terms[0]")]
    [InlineData("""{"id":"a","terms":["x",null]}""", "terms[1]")]
    [InlineData("""{"id":"a","query":"(x"}""", "query")]
    [InlineData("""{"id":"a","terms":["x"],"severity":"worst"}""", "severity")]
    [InlineData("""{"id":"a","terms":["قاآني"],"examples":{"noMatch":["زيارة لقاآني"]}}""", "examples.noMatch[0]")]
    [InlineData("""{"id":"a","terms":["x"],"recipients":["nobody"]}""", "recipients[0]")]
    public async Task ABadWatchIsRefusedByFieldAndNothingIsStored(string body, string field)
    {
        await using var server = await ApiServer.StartAsync(postgres);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        await server.Client().PostAsync("watches", content).ProblemAsync(400, field);
        Assert.Equal(0, (await server.Client().GetAsync("watches").JsonAsync()).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task RolesHoldForWatches()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        foreach (var role in new[] { Role.Reader, Role.Reviewer })
        {
            await server.Client(role).PostAsJsonAsync("watches", Qaani("x")).ProblemAsync(403);
            await server.Client(role).SendJsonAsync(HttpMethod.Put, "watches/qaani", Qaani("x")).ProblemAsync(403);
            await server.Client(role).DeleteAsync("watches/qaani").ProblemAsync(403);
        }

        foreach (var path in new[] { "watches/preview", "watches/suggest", "watches/backtest" })
        {
            await server.Client(Role.Reader).PostAsJsonAsync(path, new { }).ProblemAsync(403);
            await server.Client(Role.Reviewer).PostAsJsonAsync(path, new { }).ProblemAsync(400);
            await server.Client(null).PostAsJsonAsync(path, new { }).ProblemAsync(401);
        }
    }

    [Fact]
    public async Task APreviewShowsEachHitAndWhy()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        var shown = await server.Client(Role.Reviewer)
            .PostAsJsonAsync("watches/preview", new { watch = Qaani("قاآني"), text = "زيارة لقاآني إلى بغداد" }).JsonAsync();
        Assert.True(shown.GetProperty("fires").GetBoolean());
        Assert.Equal("لقاآني", shown.GetProperty("hits")[0].GetProperty("surface").GetString());
        await server.Client().PostAsJsonAsync("watches/preview", new { watch = new { query = "(" }, text = "x" })
            .ProblemAsync(400, "watch.query");
        await server.Client().PostAsJsonAsync("watches/preview", new { watch = Qaani("x") }).ProblemAsync(400, "text");
    }

    [Fact]
    public async Task SuggestionsShowWhatTheArchiveWrites()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        await using var db = server.Database();
        await db.AddArticleAsync("زيارة لقاآني إلى بغداد", "نص", at: Archive.Start);
        await db.AddArticleAsync("قاآني في النجف", "نص", at: Archive.Start.AddHours(1));
        var shown = await server.Client(Role.Reviewer).PostAsJsonAsync("watches/suggest", new { name = "إسماعيل قاآني" }).JsonAsync();
        Assert.NotEqual(0, shown.GetProperty("derived").GetArrayLength());
        var one = await server.Client(Role.Reviewer).PostAsJsonAsync("watches/suggest", new { name = "قاآني" }).JsonAsync();
        Assert.Contains(one.GetProperty("archive").EnumerateArray(), s => s.GetProperty("surface").GetString() == "لقاآني"
            && s.GetProperty("found").GetBoolean());
        await server.Client().PostAsJsonAsync("watches/suggest", new { name = "..." }).ProblemAsync(400, "name");
    }

    [Fact]
    public async Task ABacktestWhoseCallerLeavesStops()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        await using var db = server.Database();
        await db.AddArticleAsync("قاآني في بغداد", "نص");
        await using var transaction = await db.Database.BeginTransactionAsync();

        // Its reader waits for the table until its caller has gone.
        await db.Database.ExecuteSqlAsync($"LOCK TABLE articles IN ACCESS EXCLUSIVE MODE");
        using (var leaves = new CancellationTokenSource())
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "watches/backtest")
            {
                Content =
                JsonContent.Create(new { watch = Qaani("قاآني") })
            };
            using var response = await server.Client().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leaves.Token);
            await UntilReadersAsync(db, 1);
            await leaves.CancelAsync();
        }

        await UntilReadersAsync(db, 0);
    }

    static async Task UntilReadersAsync(NewsMonitor.Database.MonitorDbContext db, int wanted)
    {
        var readers = -1;
        for (var patience = 0; readers != wanted; patience++)
        {
            Assert.True(patience < 600, $"{readers} readers of the archive instead of {wanted}");
            await Task.Delay(100);
            readers = await db.Database.SqlQuery<int>(
                $"""
                SELECT count(*)::int AS "Value" FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'SELECT id, story_id, title%'
                """).SingleAsync();
        }
    }

    [Fact]
    public async Task ABacktestTellsGainedKeptAndLost()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        await using var db = server.Database();
        await server.Client().PostAsJsonAsync("watches", Qaani("قاآني", "سليماني")).JsonAsync(201);
        await db.AddArticleAsync("قاآني في بغداد", "نص", at: Archive.Start);
        await db.AddArticleAsync("سليماني", "نص", at: Archive.Start.AddDays(1));
        await db.AddArticleAsync("السوداني يستقبل وفدا", "نص", at: Archive.Start.AddDays(2));
        await db.AddArticleAsync("خبر آخر", "نص", at: Archive.Start.AddDays(3));
        using var response = await server.Client(Role.Reviewer)
            .PostAsJsonAsync("watches/backtest", new { watch = Qaani("قاآني", "السوداني") });
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType?.MediaType);
        Assert.NotEqual(JsonValueKind.Null, lines[0].GetProperty("progress").ValueKind);
        var result = lines[^1].GetProperty("result");
        Assert.Equal((4, 1, 1, 1),
            (result.GetProperty("articles").GetInt32(), result.GetProperty("gained").GetInt32(), result.GetProperty("kept").GetInt32(),
            result.GetProperty("lost").GetInt32()));
        Assert.Equal(["gained", "lost", "kept"], result.GetProperty("samples").EnumerateArray()
            .Select(s => s.GetProperty("change").GetString()));
        var late = await server.Client()
            .PostAsJsonAsync("watches/backtest", new { watch = Qaani("قاآني"), since = Archive.Start.AddDays(2) });
        Assert.Contains("\"articles\":2", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await server.Client().PostAsJsonAsync("watches/backtest", new { watch = new { query = "(" } }).ProblemAsync(400, "watch.query");
    }
}
