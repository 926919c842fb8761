using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using NewsMonitor.Database;
using NewsMonitor.Tests.Database;
using NewsMonitor.Tests.Stories;
using NewsMonitor.Watches;
using TextEngine.WatchTerms;

namespace NewsMonitor.Tests.Watches;

public sealed class WatchCatalogTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task AChangeOfAnyKindIsSeenByTheNextRefresh()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var catalog = new WatchCatalog(new Contexts(database), NullLogger<WatchCatalog>.Instance);
        Assert.Empty(await FiredAsync(catalog));
        await AddAsync(database, "a", "harbour");
        await AddAsync(database, "b", "harbour");
        Assert.Equal(["a", "b"], await FiredAsync(catalog));
        await database.ExecuteAsync("UPDATE watches SET enabled = false WHERE id = 'a'");
        Assert.Equal(["b"], await FiredAsync(catalog));
        await database.ExecuteAsync("DELETE FROM watches WHERE id = 'b'; UPDATE watches SET enabled = true");
        Assert.Equal(["a"], await FiredAsync(catalog));
        await database.ExecuteAsync("TRUNCATE watches");
        Assert.Empty(await FiredAsync(catalog));
    }

    [Fact]
    public async Task WhatIsNotCommittedIsNotSeenAndIsSeenAfterwards()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var catalog = new WatchCatalog(new Contexts(database), NullLogger<WatchCatalog>.Instance);
        await using var db = database.CreateContext();
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            await AddAsync(db, "a", "harbour");
            await AddAsync(database, "b", "harbour");
            Assert.Equal(["b"], await FiredAsync(catalog));
            await transaction.CommitAsync();
        }

        Assert.Equal(["a", "b"], await FiredAsync(catalog));
    }

    [Fact]
    public async Task AWatchThatThisVersionRefusesKeepsNoOtherFromBeingLookedFor()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var catalog = new WatchCatalog(new Contexts(database), NullLogger<WatchCatalog>.Instance);
        await AddAsync(database, "a", "harbour");
        await using (var db = database.CreateContext())
        {
            // What an earlier version found in its example, or took for a query, this one may see otherwise.
            foreach (var definition in new[]
            {
                new WatchDefinition { Id = "b", Terms = ["harbour"], Examples = new(["no such word"], []) },
                new WatchDefinition { Id = "c", Query = "harbour AND (" },
            })
            {
                var json = new WatchEntry(definition, "high", []).ToJson();
                db.Add(new Watch { Id = definition.Id, Name = definition.Id, Severity = Severity.High, Definition = json });
            }

            await db.SaveChangesAsync();
        }

        Assert.Equal(["a", "b"], await FiredAsync(catalog));
        await AddAsync(database, "d", "harbour");
        Assert.Equal(["a", "b", "d"], await FiredAsync(catalog));
    }

    [Fact]
    public async Task WatchesAreReadWhenTheyChangedAndNotOtherwise()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var catalog = new WatchCatalog(new Contexts(database), NullLogger<WatchCatalog>.Instance);
        await AddAsync(database, "a", "harbour");
        Assert.Equal(["a"], await FiredAsync(catalog));
        // A change that is not counted is not noticed: that is how the test sees that nothing was read.
        await database.ExecuteAsync("ALTER TABLE watches DISABLE TRIGGER watches_counted; UPDATE watches SET enabled = false");
        Assert.Equal(["a"], await FiredAsync(catalog));
    }

    static async Task<List<string>> FiredAsync(WatchCatalog catalog)
    {
        await catalog.RefreshAsync(CancellationToken.None);
        return [.. catalog.Match(Newsroom.Article("The harbour is open.")).Select(m => m.Watch.Id).Order(StringComparer.Ordinal)];
    }

    static async Task AddAsync(TestDatabase database, string id, string term)
    {
        await using var db = database.CreateContext();
        await AddAsync(db, id, term);
    }

    static async Task AddAsync(MonitorDbContext db, string id, string term)
    {
        var entry = new WatchEntry(new WatchDefinition { Id = id, Terms = [term] }, "high", []);
        db.Add(new Watch { Id = id, Name = id, Severity = Severity.High, Definition = entry.ToJson() });
        await db.SaveChangesAsync();
    }

    sealed class Contexts(TestDatabase database) : IDbContextFactory<MonitorDbContext>
    {
        public MonitorDbContext CreateDbContext() => database.CreateContext();
    }
}
