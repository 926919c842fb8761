using System.Diagnostics;
using FeedParser;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Articles;
using NewsMonitor.Database;
using NewsMonitor.Feeds;
using NewsMonitor.Tests.Database;
using NewsMonitor.Tests.Feeds;
using Feed = NewsMonitor.Feeds.Feed;

namespace NewsMonitor.Tests.EndToEnd;

/// <summary>Feeds that share a transaction: each whole, and none at another's cost.</summary>
public sealed class TogetherTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    const int Feeds = 30, Items = 4;

    [Fact]
    public async Task WhatCannotBeStoredOfOneFeedCostsTheOthersNothing()
    {
        await using var service = await RunningService.StartAsync(postgres, ("Monitor:Role", "web"));
        await using var db = service.Open();
        await db.Database.ExecuteSqlRawAsync("""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused for the test'; END $$;
            CREATE TRIGGER refused BEFORE INSERT ON articles FOR EACH ROW WHEN (NEW.title = 'Refused') EXECUTE FUNCTION refuse();
            """);
        var feeds = await ClaimedAsync(db);
        var refused = new[] { feeds[7].Id, feeds[21].Id };
        await Task.WhenAll(feeds.Select(feed => CarryAsync(service, feed, refused.Contains(feed.Id) ? "Refused" : "Told")));

        var stored = await db.Set<Article>().GroupBy(a => a.FeedId).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count);
        Assert.All(feeds, feed => Assert.Equal(refused.Contains(feed.Id) ? 0 : Items, stored.GetValueOrDefault(feed.Id)));
        var after = await db.Set<Feed>().AsNoTracking().ToListAsync();
        Assert.All(after, feed => Assert.Null(feed.ClaimedUntil));
        Assert.All(after, feed => Assert.Equal(
            refused.Contains(feed.Id), feed.LastError?.Contains("refused for the test", StringComparison.Ordinal) == true));
        Assert.Equal(Feeds, await db.Set<FeedFetch>().CountAsync());
    }

    [Fact]
    public async Task ALookOfAClaimThatWasLostIsDroppedAndTheOthersAreKept()
    {
        await using var service = await RunningService.StartAsync(postgres, ("Monitor:Role", "web"));
        await using var db = service.Open();
        var feeds = await ClaimedAsync(db);
        await db.Set<Feed>().Where(f => f.Id == feeds[3].Id)
            .ExecuteUpdateAsync(f => f.SetProperty(x => x.ClaimedUntil, DateTimeOffset.UtcNow.AddHours(2)));
        await db.Set<Feed>().Where(f => f.Id == feeds[4].Id).ExecuteDeleteAsync();
        await Task.WhenAll(feeds.Select(feed => CarryAsync(service, feed, "Told")));

        var stored = await db.Set<Article>().Select(a => a.FeedId).Distinct().ToListAsync();
        Assert.Equal(feeds.Select(f => f.Id).Except([feeds[3].Id, feeds[4].Id]), stored.Order());
    }

    static async Task<List<Feed>> ClaimedAsync(MonitorDbContext db)
    {
        var now = DateTimeOffset.UtcNow;
        db.AddRange(Enumerable.Range(0, Feeds).Select(n => new Feed
        {
            Url = $"https://site{n}.example/feed", NextFetchAt = now.AddDays(1), ClaimedUntil = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero),
            LastSuccessAt = now, LastWholeFetchAt = now, CreatedAt = now, UpdatedAt = now,
        }));
        await db.SaveChangesAsync();
        return await db.Set<Feed>().AsNoTracking().OrderBy(f => f.Id).ToListAsync();
    }

    static async Task CarryAsync(RunningService service, Feed feed, string title)
    {
        var items = string.Concat(Enumerable.Range(0, Items).Select(n =>
            $"<item><guid isPermaLink='false'>{feed.Id}-{n}</guid><title>{title}</title>"
            + $"<description>Words of {feed.Id} and {n} alone.</description></item>"));
        var bytes = System.Text.Encoding.UTF8.GetBytes($"<rss version='2.0'><channel><title>Newsroom</title>{items}</channel></rss>");
        var look = new FeedLook(new FetchOutcome.Content(bytes, "application/rss+xml"))
        {
            Document = FeedReader.Read(bytes, "application/rss+xml", new Uri(feed.Url)).Feed,
        };
        await using var lease = service.Get<Leases>().Hold("feeds", feed.Id, feed.ClaimedUntil!.Value, CancellationToken.None);
        await service.Get<Pipeline>().CarryAsync(lease, feed, look, Stopwatch.GetTimestamp(), CancellationToken.None);
    }
}
