using System.Text.Json;
using NewsMonitor.Review;
using NewsMonitor.Stories;
using NewsMonitor.Tests.Database;

namespace NewsMonitor.Tests.Review;

public sealed class StoryTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task AStoryShowsItsCopiesWhatTheyChangedAndRelatedStories()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        await using var db = server.Database();
        int[] terms = [1, 2, 3, 4, 5, 6];
        var story = new Story
        {
            Title = "Ferry", FirstSeenAt = Archive.Start, LastSeenAt = Archive.Start, ArticleCount = 2, SourceCount = 2,
            Terms = terms
        };
        var other = new Story
        {
            Title = "Boats", FirstSeenAt = Archive.Start, LastSeenAt = Archive.Start, ArticleCount = 1, SourceCount = 1,
            Terms = terms
        };
        db.AddRange(story, other);
        await db.SaveChangesAsync();
        var first = await db.AddArticleAsync("Ferry sails", "It left at noon. All are well.", story: story);
        var copy = await db.AddArticleAsync("The ferry sails again", "It left at noon. Nobody was hurt.", "Second",
            at: Archive.Start.AddHours(1), story: story);
        (copy.CopyOf, copy.Similarity) = (first.Id, .8f);
        await db.SaveChangesAsync();

        var shown = await server.Client(Role.Reader).GetAsync($"stories/{story.Id}").JsonAsync();
        Assert.Equal((2, 2),
            (shown.GetProperty("story").GetProperty("articleCount").GetInt32(), shown.GetProperty("story").GetProperty("sourceCount")
            .GetInt32()));
        Assert.Equal([copy.Id, first.Id], shown.GetProperty("articles").EnumerateArray().Select(a => a.GetProperty("id").GetInt64()));
        var change = Assert.Single(shown.GetProperty("changes").EnumerateArray());
        Assert.Equal((copy.Id, first.Id), (change.GetProperty("article").GetInt64(), change.GetProperty("copyOf").GetInt64()));
        var difference = change.GetProperty("difference");
        Assert.True(difference.GetProperty("titleChanged").GetBoolean());
        Assert.Equal(["Nobody was hurt"], Texts(difference, "added"));
        Assert.Equal(["All are well"], Texts(difference, "removed"));
        var related = Assert.Single(shown.GetProperty("related").EnumerateArray());
        Assert.Equal((other.Id, "Boats"), (related.GetProperty("id").GetInt64(), related.GetProperty("title").GetString()));
    }

    static string[] Texts(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(t => t.GetString()!)];
}
