using NewsMonitor.Stories;
using NewsMonitor.Tests.Database;
using static NewsMonitor.Tests.Stories.Newsroom;

namespace NewsMonitor.Tests.Stories;

public sealed class RelatedStoriesTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    const string Council = "Councillors in Eastwick voted late on Monday to build a cycle and foot bridge over the river Tarn. The timber span will link the "
        + "railway station with the university's science park. Opponents argued that the money should mend potholes and the flooded bus depot.";

    const string Residents = "A long debate in Eastwick ended with a narrow yes: walkers and riders get their own way across the Tarn, near the university and "
        + "the station. Critics would have spent the budget on potholes and on the bus depot. Builders of the bridge arrive in spring.";

    [Fact]
    public async Task AnotherAccountOfTheSameDaysIsFoundAndALaterOneIsNot()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var (first, second, later) = (Article(Council), Article(Residents), Article(Residents + " Again."));
        await PublishAsync(database, [first, Article(Text(1)), Article(Text(2))]);
        await PublishAsync(database, [second], Morning.AddDays(1));
        await PublishAsync(database, [later], Morning.AddDays(30));
        Assert.NotEqual(first.StoryId, second.StoryId);
        await using var db = database.CreateContext();
        var related = await RelatedStories.OfAsync(db, first.StoryId, 10, CancellationToken.None);
        Assert.Equal([second.StoryId], related.Select(r => r.Id));
    }
}
