namespace NewsMonitor.Tests.Database;

public sealed class PostgresFixtureTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task EveryTestGetsItsOwnMigratedDatabase()
    {
        await using var first = await postgres.CreateDatabaseAsync();
        await using var second = await postgres.CreateDatabaseAsync();

        await first.ExecuteAsync("CREATE TABLE only_here ()");

        Assert.Equal(1L, await first.ScalarAsync<long>("SELECT count(*) FROM pg_class WHERE relname = 'only_here'"));
        Assert.Equal(0L, await second.ScalarAsync<long>("SELECT count(*) FROM pg_class WHERE relname = 'only_here'"));
        Assert.Equal(1L, await second.ScalarAsync<long>("SELECT count(*) FROM pg_class WHERE relname = 'articles'"));
    }

    [Fact]
    public async Task AnEmptyDatabaseHasNoTables()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync();

        Assert.Equal(0L, await database.ScalarAsync<long>("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
    }

    [Fact]
    public async Task ManyDatabasesAreMadeAtOnce()
    {
        var databases = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => postgres.CreateDatabaseAsync()));

        Assert.Equal(8, databases.Select(database => database.ConnectionString).Distinct().Count());
        foreach (var database in databases)
            await database.DisposeAsync();
    }
}
