using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Articles;
using NewsMonitor.Deliveries;
using NewsMonitor.Stories;
using NewsMonitor.Tests.Database;
using static NewsMonitor.Tests.Stories.Newsroom;

namespace NewsMonitor.Tests.Stories;

public sealed class AssignmentTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task ACopyJoinsTheStoryAndNamesItsClosestArticle()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var (first, teaser, other) = (Article(Text(1)), Article(Text(1)[..250], "second.example"), Article(Text(2)));
        await PublishAsync(database, [first]);
        await PublishAsync(database, [other, teaser]);
        var story = await StoryOfAsync(database, first);
        Assert.Equal((2, 2, first.Title), (story.ArticleCount, story.SourceCount, story.Title));
        Assert.Equal((first.StoryId, (long?)first.Id), (teaser.StoryId, teaser.CopyOf));
        Assert.InRange(teaser.Similarity!.Value, .8f, 1f);
        Assert.NotEqual(story.Id, other.StoryId);
        Assert.Null(other.CopyOf);
    }

    [Fact]
    public async Task CopiesWithinOneFeedJoinToo()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        Article[] articles = [Article(Text(1)), Article(Text(2)), Article("Read also:\nSomething else\n" + Text(1))];
        await PublishAsync(database, articles);
        Assert.Equal(articles[0].StoryId, articles[2].StoryId);
        Assert.Equal(2, await database.ScalarAsync<long>("SELECT count(*) FROM stories"));
        Assert.Equal(2, await database.ScalarAsync<long>("SELECT count(*) FROM alerts"));
    }

    [Fact]
    public async Task TenSitesWithOneAgencysTextAreOneSourceSeenTenTimes()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var articles = Enumerable.Range(1, 10).Select(n => Article("PORT HALDEN (Reuters) - " + Text(3), $"site{n}.example")).ToList();
        foreach (var article in articles)
        {
            await PublishAsync(database, [article]);
        }

        var story = await StoryOfAsync(database, articles[0]);
        Assert.Equal((10, 1), (story.ArticleCount, story.SourceCount));
    }

    [Fact]
    public async Task AStoryIsClosedAfterTheWindow()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var articles = Enumerable.Range(0, 4).Select(_ => Article(Text(4))).ToList();
        await PublishAsync(database, [articles[0]]);
        await PublishAsync(database, [articles[1]], Morning.AddDays(10));
        await PublishAsync(database, [articles[2]], Morning.AddDays(20));
        await PublishAsync(database, [articles[3]], Morning.AddDays(60));
        Assert.Equal(articles[0].StoryId, articles[1].StoryId);
        Assert.Equal(articles[0].StoryId, articles[2].StoryId);
        Assert.NotEqual(articles[0].StoryId, articles[3].StoryId);
    }

    [Fact]
    public async Task AlertsAreToldOfGrowthAtThresholdsOnly()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var told = new List<int>();
        for (var source = 1; source <= 7; source++)
        {
            var updates = await PublishAsync(database, [Article(Text(5), $"site{source}.example")]);
            told.AddRange(updates.Select(_ => source));
        }

        Assert.Equal([2, 5], told);
        Assert.Equal(1, await database.ScalarAsync<long>("SELECT count(*) FROM alerts"));
        Assert.Equal(2, await database.ScalarAsync<long>("SELECT count(*) FROM alert_history WHERE change = 'grown'"));
    }

    [Fact]
    public async Task AHitThatTheStoryLackedIsNewsAndIsToldOnce()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await PublishAsync(database, [Article(Text(6))], term: "قاآني");
        Assert.Empty(await PublishAsync(database, [Article(Text(6))], term: "قاآني"));
        foreach (var term in new[] { "فيلق القدس", "Qaani, Esmail", "IRGC" })
        {
            Assert.Single(await PublishAsync(database, [Article(Text(6))], term: term));
            Assert.Empty(await PublishAsync(database, [Article(Text(6))], term: term));
        }
    }

    [Fact]
    public async Task ALateArticleMergesTwoStoriesAndKeepsAlertsReviewsAndHistory()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var words = Text(7, 240).Split(' ', '\n');
        // Each misses two words of every fifteen, but not the same ones: like the whole text, too little like each other.
        string Without(params int[] gaps) => string.Join(' ', words.Where((_, i) => !gaps.Contains(i % 15)));
        var (first, second, whole) = (Article(Without(0, 8)), Article(Without(4, 11)), Article(string.Join(' ', words)));
        await PublishAsync(database, [first]);
        await PublishAsync(database, [second]);
        Assert.NotEqual(first.StoryId, second.StoryId);
        await database.ExecuteAsync($"UPDATE alerts SET status = 'confirmed', assignee = 'desk' WHERE story_id = {second.StoryId}");
        await database.ExecuteAsync(
            $"INSERT INTO silences (story_id, starts_at, reason, created_by, created_at) VALUES ({second.StoryId}, now(), 'enough of it', 'desk', now())");
        await PublishAsync(database, [whole]);

        var story = await StoryOfAsync(database, second);
        Assert.Equal((first.StoryId, 3), (story.Id, story.ArticleCount));
        await using var db = database.CreateContext();
        Assert.Equal(story.Id, (await db.Set<Silence>().SingleAsync()).StoryId);
        Assert.Equal(first.StoryId, (await db.Set<Story>().SingleAsync(s => s.Id == second.StoryId)).MergedInto);
        var alerts = await db.Set<Alert>().OrderBy(a => a.Id).ToListAsync();
        Assert.Equal([(AlertStatus.New, null), (AlertStatus.Confirmed, "desk")], alerts.Select(a => (a.Status, a.Assignee)));
        Assert.Equal(2, await db.Set<AlertHistory>().CountAsync(h => h.Change == AlertChange.Merged));
        Assert.Equal(2, await db.Set<AlertHistory>().CountAsync(h => h.Change == AlertChange.Raised));
    }

    [Fact]
    public async Task EightWorkersWithCopiesOfTheSameArticlesMakeOneStoryAndOneAlertOfEach()
    {
        var repetitions = int.TryParse(Environment.GetEnvironmentVariable("MONITOR_TEST_REPETITIONS"), out var asked) ? asked : 2;
        for (var repetition = 0; repetition < repetitions; repetition++)
        {
            await using var database = await postgres.CreateDatabaseAsync();
            using var start = new Barrier(8);
            await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Factory.StartNew(async () =>
            {
                var feeds = Enumerable.Range(0, 200).Select(n => Article(Text(1000 + n), $"site{worker}.example")).Chunk(50).ToList();
                start.SignalAndWait();
                foreach (var feed in feeds)
                {
                    await PublishAsync(database, feed);
                }
            }, TaskCreationOptions.LongRunning).Unwrap()));
            Assert.Equal(1600, await database.ScalarAsync<long>("SELECT count(*) FROM articles"));
            Assert.Equal(200, await database.ScalarAsync<long>("SELECT count(*) FROM stories"));
            Assert.Equal(200, await database.ScalarAsync<long>("SELECT count(*) FROM stories WHERE article_count = 8 AND source_count = 8"));
            Assert.Equal(200, await database.ScalarAsync<long>("SELECT count(*) FROM alerts"));
            Assert.Equal(200, await database.ScalarAsync<long>("SELECT count(*) FROM alert_history WHERE change = 'raised'"));
        }
    }
}
