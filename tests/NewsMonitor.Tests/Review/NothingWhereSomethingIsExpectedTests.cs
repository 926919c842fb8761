using System.Net;
using System.Net.Http.Json;
using System.Text;
using NewsMonitor.Review.WatchEditing;
using NewsMonitor.Tests.Database;
using Npgsql;
using TextEngine.WatchTerms;

namespace NewsMonitor.Tests.Review;

/// <summary>Null and blank where a text is meant are the caller's mistake or nothing at all, never a fault of the service.</summary>
public sealed class NothingWhereSomethingIsExpectedTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData("views", """{"name":"v","filter":{"status":[null],"source":[null]}}""", 201)]
    [InlineData("alerts/bulk", """{"filter":{"status":[null]},"change":{"status":"new"}}""", 200)]
    [InlineData("recipients", """{"id":"r","kind":"webhook","url":"https://example.org/x","secret":[null]}""", 201)]
    [InlineData("recipients", """{"id":"r","kind":"webhook","url":"https://example.org/x","escalate":{"to":null,"afterMinutes":5}}""", 400)]
    [InlineData("feeds", """{"url":"https://example.org/f","settings":{"headers":{"Cookie":null}}}""", 400)]
    [InlineData("silences", """{"phrase":" ","source":"","watchId":"","reason":"x"}""", 400)]
    [InlineData("silences", """{"phrase":"!!!","reason":"x"}""", 400)]
    public async Task IsAnswered(string path, string body, int status)
    {
        await using var server = await ApiServer.StartAsync(postgres);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await server.Client().PostAsync(path, content);
        Assert.True(status == (int)answer.StatusCode, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    [Fact]
    public async Task ABlankFieldOfASilenceIsNone()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        using var answer = await server.Client().PostAsJsonAsync("silences", new { phrase = "", source = "", watchId = " w ", reason = "x" });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var made = await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>();
        Assert.Equal("w", made.GetProperty("watchId").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, made.GetProperty("phrase").ValueKind);
    }

    [Fact]
    public async Task AScanThatCannotGoOnEndsWithItsReason()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var articles = 512 * (Environment.ProcessorCount * 4 + 1);
        await using (var insert = source.CreateCommand($"""
            INSERT INTO articles (feed_id, item_id, title, text, source, source_host, fetched_at, updated_at, content_hash, revision, story_id)
            SELECT 1, n::text, 't', 't', 's', 's', now(), now(), '', 1, n FROM generate_series(1, {articles}) n
            """))
        {
            await insert.ExecuteNonQueryAsync();
        }

        var scan = new ArchiveScan(source, WatchSet.Compile([]));
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(
            () => scan.RunAsync(null, (_, _) => throw new InvalidOperationException("no"), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal("no", fault.Message);
    }
}
