using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Feeds;
using NewsMonitor.Tests.Database;
using Npgsql;

namespace NewsMonitor.Tests.Feeds;

public sealed class QuietLooksTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    static readonly DateTimeOffset Now = new(2026, 3, 5, 12, 0, 0, TimeSpan.Zero);

    static FeedFetch History(Feed feed, FetchResult result = FetchResult.NotModified) => new()
    {
        FeedId = feed.Id, At = Now, Result = result, HttpStatus = 304, DurationMs = 12, LateMs = 340, Bytes = 5, Error = "e",
    };

    [Fact]
    public async Task AllThatALookMadeOfManyFeedsIsKeptWithTheirHistory()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await AddAsync(database, 30);
        var claimed = await new DueFeeds(Factory(database), TimeProvider.System).ClaimAsync(30, CancellationToken.None);
        Assert.Equal(30, claimed.Count);
        var quiet = new QuietLooks(source);
        var kept = await Task.WhenAll(claimed.Select(feed =>
        {
            (feed.State, feed.Etag, feed.LastModified, feed.NextFetchAt, feed.ClaimedUntil) =
                (FeedState.Silent, $"\"{feed.Id}\"", null, Now.AddMinutes(feed.Id), null);
            (feed.LastFetchAt, feed.LastSuccessAt, feed.LastWholeFetchAt) = (Now, Now.AddSeconds(-1), Now.AddSeconds(-2));
            (feed.Failures, feed.LastError) = (2, "It failed.");
            var before = feed.Track;
            if (feed.Id % 2 == 0) feed.Track = feed.Track with { Why = "own interval" };
            return quiet.WriteAsync(feed, before, feed.Id % 3 == 0 ? null : History(feed));
        }));
        Assert.DoesNotContain(false, kept);
        await using var db = database.CreateContext();
        var stored = await db.Set<Feed>().AsNoTracking().OrderBy(f => f.Id).ToListAsync();
        foreach (var (feed, read) in claimed.OrderBy(f => f.Id).Zip(stored))
        {
            feed.Version = read.Version;
            Assert.Equivalent(feed, read, strict: true);
        }
        var history = await db.Set<FeedFetch>().AsNoTracking().ToListAsync();
        Assert.Equal(claimed.Select(f => f.Id).Where(id => id % 3 != 0).Order(), history.Select(h => h.FeedId).Order());
        Assert.All(history, h => Assert.Equal((Now, FetchResult.NotModified, 304, 12, 340, 5, 0, "e"),
            (h.At, h.Result, h.HttpStatus, h.DurationMs, h.LateMs, h.Bytes, h.Items + h.NewArticles, h.Error)));
    }

    [Theory]
    [InlineData("UPDATE feeds SET title = 'changed by a person' WHERE id = 1")]
    [InlineData("UPDATE feeds SET claimed_until = now() + interval '1 minute' WHERE id = 1")]
    [InlineData("DELETE FROM feeds WHERE id = 1")]
    public async Task WhatSomebodyElseTouchedMeanwhileIsLeftAndTheOthersAreKept(string meanwhile)
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await AddAsync(database, 2);
        var claimed = await new DueFeeds(Factory(database), TimeProvider.System).ClaimAsync(2, CancellationToken.None);
        await database.ExecuteAsync(meanwhile);
        var quiet = new QuietLooks(source);
        var kept = await Task.WhenAll(claimed.OrderBy(f => f.Id).Select(feed =>
        {
            feed.Failures = 7;
            return quiet.WriteAsync(feed, feed.Track, History(feed));
        }));
        Assert.Equal([false, true], kept);
        Assert.Equal(0L, await database.ScalarAsync<long>("SELECT count(*) FROM feeds WHERE id = 1 AND failures = 7"));
        Assert.Equal(2L, await database.ScalarAsync<long>("SELECT min(feed_id) FROM feed_fetches"));
    }

    [Fact]
    public async Task APostponedFeedIsFreeAndDueThen()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await AddAsync(database, 1);
        var feed = Assert.Single(await new DueFeeds(Factory(database), TimeProvider.System).ClaimAsync(2, CancellationToken.None));
        Assert.True(await new QuietLooks(source).PostponeAsync(feed, Now.AddYears(100)));
        Assert.Equal(1L, await database.ScalarAsync<long>(
            "SELECT count(*) FROM feeds WHERE claimed_until IS NULL AND next_fetch_at = '2126-03-05 12:00Z'"));
        Assert.Equal(0L, await database.ScalarAsync<long>("SELECT count(*) FROM feed_fetches"));
    }

    static async Task AddAsync(TestDatabase database, int feeds)
    {
        await using var db = database.CreateContext();
        for (var i = 1; i <= feeds; i++)
            db.Add(new Feed { Url = $"https://news.example/{i}", NextFetchAt = Now.AddDays(-9), Track = new() { Hub = $"h{i}" } });
        await db.SaveChangesAsync();
    }

    static Contexts Factory(TestDatabase database) => new(database);

    sealed class Contexts(TestDatabase database) : IDbContextFactory<MonitorDbContext>
    {
        public MonitorDbContext CreateDbContext() => database.CreateContext();
    }
}
