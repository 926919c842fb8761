using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using FeedParser;
using NewsMonitor.Watches;
using TextEngine.NearDuplicates;
using TextEngine.WatchTerms;

namespace NewsMonitor.Tests.Samples;

/// <summary>What a newcomer sees at the first start follows from these files alone, so they are tested like code.</summary>
public class SeedFilesTests
{
    static readonly WatchFile Watches = WatchFile.Read(SeedFolder.Read("watches.yaml"));

    [Fact]
    public void TheWatchesLoadAndTheirExamplesHold()
    {
        Assert.Empty(Watches.Problems);
        Assert.Equal(["qaani", "quds-force", "kataib-hezbollah"], Watches.Watches.Select(watch => watch.Definition.Id));
        Assert.All(Watches.Watches, watch => Assert.True(watch.Definition.Examples.Match.Count > 5 && watch.Definition.Examples.NoMatch.Count > 5));
    }

    [Fact]
    public void EverySampleRaisesExactlyTheWatchesThatItIsMeantTo() =>
        Assert.All(SeedFolder.Samples(), sample => Assert.Equal(sample.Watches, Fired(sample.Title, sample.Text)));

    [Fact]
    public void SamplesShowCopiesAndFalseFriends()
    {
        var samples = SeedFolder.Samples();
        Assert.Equal(25, samples.Count);
        Assert.Contains(samples, sample => sample.Watches.Count == 0);
        Assert.Equal(
            SeedFolder.ExpectedAlerts(),
            samples.SelectMany(sample => sample.Watches.Select(watch => (sample.Story, watch))).Distinct().Count());
    }

    [Fact]
    public void SamplesEndOnTheDayTheyAreAskedFor()
    {
        var dates = SeedFolder.Feeds().SelectMany(feed => FeedReader
            .Read(Encoding.UTF8.GetBytes(SampleFeeds.Until(new DateOnly(2031, 3, 2), feed))).Feed!.Items.Select(item => item.Published!.Value));
        Assert.Equal(new DateTimeOffset(2031, 3, 2, 15, 0, 0, TimeSpan.Zero), dates.Max());
        Assert.Equal(new DateTimeOffset(2031, 2, 26, 20, 55, 0, TimeSpan.Zero), dates.Min());
    }

    [Fact]
    public void CopiesAmongTheSamplesAreOneStoryInWhicheverOrderTheyArrive()
    {
        var samples = SeedFolder.Samples();
        for (var seed = 0; seed < 50; seed++)
        {
            var order = samples.ToArray();
            new Random(seed).Shuffle(order);
            var index = new StoryIndex();
            var stories = order.Select(sample => index.Add(Sketcher.Sketch(sample.Title, sample.Text), sample.Published).Article).ToArray();
            var found = order.Zip(stories).GroupBy(pair => index.StoryOf(pair.Second)).Select(story => Members(story.Select(pair => pair.First)));
            var meant = samples.GroupBy(sample => sample.Story).Select(Members);
            Assert.True(meant.Order().SequenceEqual(found.Order()), $"seed {seed}: {string.Join(" | ", found)}");
        }
    }

    [Fact]
    public void TheArticlesThatTheProjectStartedFromRaiseWhatTheyMust()
    {
        if (SeedFolder.Articles is not { } folder)
        {
            Console.WriteLine("The folder of seed articles is not there; nothing to check.");
            return;
        }

        using var gold = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "gold.json")));
        Assert.All(gold.RootElement.GetProperty("articles").EnumerateObject(), article => Assert.Equal(
            article.Value.EnumerateObject().Select(watch => watch.Name).Order(),
            Fired(null, File.ReadAllText(Path.Combine(folder, article.Name)))));
    }

    [Fact]
    public void TheNewsroomsAreListedOnceAndReachedOverHttps()
    {
        var outlines = XDocument.Parse(SeedFolder.Read("feeds.opml")).Descendants("outline").ToList();
        var feeds = outlines.Where(outline => outline.Attribute("type")?.Value == "rss").Select(outline => outline.Attribute("xmlUrl")!.Value).ToList();

        Assert.InRange(feeds.Count, 30, 60);
        Assert.Equal(feeds.Count, feeds.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(feeds, feed => Assert.Equal("https", new Uri(feed).Scheme));
        Assert.Equal(5, outlines.Count(outline => outline.HasElements));
    }

    static IEnumerable<string> Fired(string? title, string text) =>
        Watches.Set!.Match(new ArticleText(title, text)).Select(hit => hit.Watch).Distinct().Order();

    static string Members(IEnumerable<SeedFolder.Sample> samples) => string.Join(",", samples.Select(sample => sample.Id).Order());
}
