using NewsMonitor.Stories;
using NewsMonitor.Tests.Database;
using Npgsql;
using NpgsqlTypes;

namespace NewsMonitor.Tests.Stories;

public sealed class StoryLookupTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    // In its first minutes the planner knows nothing of a table, or what it was a while ago. By the index on time every key of the last
    // two weeks would be compared with every key that is looked for.
    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(400, true)]
    public async Task KeysAreLookedUpByThemselvesWhateverThePlannerKnows(int articlesThen, bool analyzed)
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await FillAsync(0, articlesThen);
        if (analyzed)
        {
            await database.ExecuteAsync("ANALYZE story_bands");
        }

        await FillAsync(articlesThen, 3000);
        await using var connection = new NpgsqlConnection(database.ConnectionString + ";Options=-c enable_seqscan=off");
        await connection.OpenAsync();
        await using var explain = new NpgsqlCommand("EXPLAIN (FORMAT JSON) " + StoryLookup.HoldersSql, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<long[]> { TypedValue = [.. Enumerable.Range(1, 5000).Select(n => n * 7919L)] },
                Time(DateTime.UtcNow.AddDays(-14)), Time(DateTime.UtcNow.AddDays(-1)),
            },
        };
        var plan = (string)(await explain.ExecuteScalarAsync())!;
        Assert.Contains("\"Index Cond\": \"(band = ANY", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("story_bands_seen", plan, StringComparison.Ordinal);

        Task FillAsync(int from, int to) => database.ExecuteAsync(
            $"INSERT INTO story_bands SELECT n * 7919, n / 30, now() FROM generate_series({from} * 30, {to} * 30 - 1) n");

        static NpgsqlParameter Time(DateTime at) =>
            new NpgsqlParameter<DateTime> { TypedValue = at, NpgsqlDbType = NpgsqlDbType.TimestampTz };
    }
}
