using Microsoft.EntityFrameworkCore;
using NewsMonitor.Feeds;
using NewsMonitor.Tests.Database;
using NewsMonitor.Watches;

namespace NewsMonitor.Tests.Watches;

public sealed class WatchImportTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    const string Yaml = "watches:\n  - {id: kept, terms: [one]}\n  - {id: deleted, terms: [two]}\n";

    [Fact]
    public async Task AWatchThatWasDeletedAndStillStandsInTheFileComesBackAndGoesOnCounting()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await ImportAsync(database);
        await using (var db = database.CreateContext())
        {
            await db.Set<Watch>().Where(w => w.Id == "deleted").ExecuteDeleteAsync();
        }

        await ImportAsync(database);
        await ImportAsync(database);
        await using var after = database.CreateContext();
        var watches = await after.Set<Watch>().OrderBy(w => w.Id).Select(w => new { w.Id, w.Revision }).ToListAsync();
        Assert.Equal([("deleted", 2), ("kept", 1)], watches.Select(w => (w.Id, w.Revision)));
        Assert.Equal(3, await after.Set<WatchRevision>().CountAsync());
    }

    static async Task ImportAsync(TestDatabase database)
    {
        await using var db = database.CreateContext();
        var (_, problems) = await WatchImport.ApplyAsync(db, Yaml, "file", Origin.File, DateTimeOffset.UnixEpoch, CancellationToken.None);
        Assert.Empty(problems);
        await db.SaveChangesAsync();
    }
}
