using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using NewsMonitor.Database;
using NewsMonitor.Database.Migrations;

namespace NewsMonitor.Tests.Database;

public sealed class MigratorTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task ManyWorkersThatStartAtOnceMigrateOnce()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync();

        var applied = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => MigrateAsync(database.CreateContext()))));

        var whole = Assert.Single(applied, names => names.Count > 0);
        Assert.Equal(whole.Count, await database.ScalarAsync<long>("SELECT count(*) FROM \"__EFMigrationsHistory\""));
    }

    [Fact]
    public async Task ASecondRunFindsNothingToDo()
    {
        await using var database = await postgres.CreateDatabaseAsync();

        Assert.Empty(await MigrateAsync(database.CreateContext()));
    }

    [Fact]
    public async Task ADatabaseThatIsNewerThanTheProgramIsLeftAsItIs()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await database.ExecuteAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_FromTheFuture', '99')");

        Assert.Empty(await MigrateAsync(database.CreateContext()));
    }

    [Fact]
    public async Task AMigrationWithALowerNumberThanThoseThatAreThereComesInWithoutUndoingThem()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync();
        await using (var db = Tiny(database))
        {
            await db.GetService<IMigrator>().MigrateAsync("20260101000001_First");
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO "__EFMigrationsHistory" VALUES ('20260101000003_Third', '10.0.0')
                """);
        }

        Assert.Equal(["20260101000002_Second"], await MigrateAsync(Tiny(database)));
        await using var after = Tiny(database);
        Assert.Equal(3, (await after.Database.GetAppliedMigrationsAsync()).Count());
    }

    [Fact]
    public async Task AMigrationThatFailsLeavesNothingOfItselfAndCanBeRunAgain()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE in_the_way ()");

        var failure = await Assert.ThrowsAsync<DatabaseSetupException>(() => MigrateAsync(Tiny(database)));
        Assert.Contains("20260101000002_Second", failure.Message, StringComparison.Ordinal);
        Assert.Contains("in_the_way", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1L, await database.ScalarAsync<long>("SELECT count(*) FROM pg_class WHERE relname = 'first'"));
        Assert.Equal(0L, await database.ScalarAsync<long>("SELECT count(*) FROM pg_class WHERE relname = 'second'"));

        await database.ExecuteAsync("DROP TABLE in_the_way");
        Assert.Equal(["20260101000002_Second", "20260101000003_Third"], await MigrateAsync(Tiny(database)));
    }

    [Fact]
    public async Task AMigrationMayBuildAnIndexConcurrentlyWhileOthersWait()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync();

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => MigrateAsync(Tiny(database)))));

        Assert.Equal(1L, await database.ScalarAsync<long>("SELECT count(*) FROM pg_index WHERE indisvalid AND indexrelid = 'concurrent'::regclass"));
    }

    [Fact]
    public async Task AMigrationMayTakeLongerThanAnyOtherStatement()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync();
        await using var db = new SlowContext(new DbContextOptionsBuilder<SlowContext>()
            .UseNpgsql(database.ConnectionString, server => server.CommandTimeout(1)).Options);

        Assert.Single(await Migrator.MigrateAsync(db, TimeProvider.System, NullLogger.Instance, CancellationToken.None));
        Assert.Equal(1, db.Database.GetCommandTimeout());
    }

    [Fact]
    public async Task SinceTheFirstReleaseNoIndexHoldsUpTheWorkersWhileItIsBuilt()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync();
        await using var db = database.CreateContext();

        var script = db.GetService<IMigrator>().GenerateScript(fromMigration: "20261122000800_ReviewApi");

        Assert.Contains("CREATE INDEX", script, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)create\\s+(unique\\s+)?index\\s+(?!concurrently)", script);
    }

    [Fact]
    public async Task AnIndexWhoseBuildWasEndedInTheMiddleIsBuiltAnew()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync();
        await MigrateAsync(Tiny(database));
        // What PostgreSQL leaves behind: the name is taken, and the index is used by nobody.
        await database.ExecuteAsync(
            """
            UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'concurrent'::regclass;
            DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20260101000003_Third'
            """);

        Assert.Equal(["20260101000003_Third"], await MigrateAsync(Tiny(database)));
        Assert.Equal(1L, await database.ScalarAsync<long>("SELECT count(*) FROM pg_index WHERE indisvalid AND indexrelid = 'concurrent'::regclass"));
    }

    static async Task<IReadOnlyList<string>> MigrateAsync(DbContext db)
    {
        await using (db)
            return await Migrator.MigrateAsync(db, TimeProvider.System, NullLogger.Instance, CancellationToken.None);
    }

    static TinyContext Tiny(TestDatabase database) =>
        new(new DbContextOptionsBuilder<TinyContext>().UseNpgsql(database.ConnectionString).Options);

    public sealed class TinyContext(DbContextOptions<TinyContext> options) : DbContext(options);

    [DbContext(typeof(TinyContext))]
    [Migration("20260101000001_First")]
    public sealed class First : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("CREATE TABLE first (id int)");
    }

    [DbContext(typeof(TinyContext))]
    [Migration("20260101000002_Second")]
    public sealed class Second : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("CREATE TABLE second (id int)");
            migrationBuilder.Sql("CREATE TABLE in_the_way (id int)");
        }
    }

    [DbContext(typeof(TinyContext))]
    [Migration("20260101000003_Third")]
    public sealed class Third : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.BuildIndex("concurrent", "first (id)");
    }

    public sealed class SlowContext(DbContextOptions<SlowContext> options) : DbContext(options);

    [DbContext(typeof(SlowContext))]
    [Migration("20260101000001_Slow")]
    public sealed class Slow : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("SELECT pg_sleep(2)");
    }
}
