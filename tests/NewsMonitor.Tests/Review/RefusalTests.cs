using System.Net.Http.Json;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Review;
using NewsMonitor.Review.Search;
using NewsMonitor.Tests.Database;
using Npgsql;
using TextEngine.WatchTerms;

namespace NewsMonitor.Tests.Review;

/// <summary>What the framework refuses before an endpoint sees it reads like what the endpoints refuse.</summary>
public sealed class RefusalTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData("alerts?from=xx", "from: is 'xx', which is no ISO 8601 time such as 2026-11-01T08:00:00Z.")]
    [InlineData("alerts?limit=many", "limit: is 'many', which is no whole number.")]
    [InlineData("stories?minSources=1.5", "minSources: is '1.5', which is no whole number.")]
    public async Task AParameterThatCannotBeReadIsNamedAsItCame(string path, string said)
    {
        await using var server = await ApiServer.StartAsync(postgres);
        Assert.Equal(said, await server.Client().GetAsync(path).ProblemAsync(400, said.Split(':')[0]));
    }

    [Fact]
    public async Task ABodyThatIsMissingIsSaidToBe()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        using var nothing = new StringContent("", Encoding.UTF8, "application/json");
        Assert.Equal("body: is missing.", await server.Client().PostAsync("watches", nothing).ProblemAsync(400, "body"));
    }

    [Theory]
    [InlineData("alerts?from=xx")]
    [InlineData("alerts?cursor=x")]
    [InlineData("nothing")]
    public async Task ARefusalCountsAndSaysHowManyRequestsRemain(string path)
    {
        await using var server = await ApiServer.StartAsync(postgres, new() { ["Monitor:Api:RequestsPerMinute"] = "3" });
        using var refused = await server.Client().GetAsync(path);
        Assert.Equal("2", refused.Headers.GetValues("RateLimit-Remaining").Single());
    }

    [Fact]
    public async Task AnAnswerThatIsKeptForRepetitionKeepsItsSecretFromTheDatabase()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        var client = server.Client();
        client.DefaultRequestHeaders.Add("Idempotency-Key", "once");
        var secret = (await client.PostAsJsonAsync("keys", new { name = "desk", role = "reader" }).JsonAsync(201)).GetProperty("secret")
            .GetString()!;
        await using var db = server.Database();
        var kept = await db.Database.SqlQueryRaw<byte[]>("SELECT body AS \"Value\" FROM kept_answers").SingleAsync();
        Assert.DoesNotContain(secret, Encoding.Latin1.GetString(kept), StringComparison.Ordinal);
        using var again = await client.PostAsJsonAsync("keys", new { name = "desk", role = "reader" });
        Assert.Contains(secret, await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await db.Database.ExecuteSqlRawAsync("UPDATE kept_answers SET body = 'a body of an earlier version'");
        await client.PostAsJsonAsync("keys", new { name = "desk", role = "reader" }).ProblemAsync(409);
    }

    [Fact]
    public void ADatabaseThatGoesAwayInTheMiddleOfASaveIsNotAvailableAndNoFaultOfOurs()
    {
        Assert.Equal(503, ReviewErrors.StatusOf(new DbUpdateException("", new NpgsqlException("", new IOException()))));
        Assert.Equal(503, ReviewErrors.StatusOf(new NpgsqlException("", new IOException())));
        Assert.Equal(500, ReviewErrors.StatusOf(new DbUpdateException("", new ArgumentException())));
    }

    [Theory]
    [InlineData("alerts")]
    [InlineData("articles")]
    public async Task ASearchThatStandsForTensOfThousandsOfWordsIsRefusedBeforeItIsMade(string path)
    {
        await using var server = await ApiServer.StartAsync(postgres);
        var query = string.Join(' ', Enumerable.Range(0, 60).Select(i => $"(abcdefg{i}~ NEAR/20 bcdefg{i}~)"));
        Assert.StartsWith("q: stands for ", await server.Client().GetAsync($"{path}?q={Uri.EscapeDataString(query)}").ProblemAsync(400, "q"),
            StringComparison.Ordinal);
        await server.Client().GetAsync($"{path}?q={Uri.EscapeDataString("abcdefg~ NEAR/20 bcdefgh~")}").JsonAsync();
    }

    [Fact]
    public void WordsWithinADistanceOfOneEditMakeNoQueryOfHundredsOfKilobytes() =>
        Assert.InRange(WordQuery.Strict(SearchQuery.Parse("abcdefg~ NEAR/20 bcdefgh~"))!.Length, 1, 50_000);
}
