using TextEngine.NearDuplicates;

namespace TextEngine.Tests.NearDuplicates;

public class StoryIndexTests
{
    static readonly DateTimeOffset Day = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    // A long article that shares one key by chance, earlier than a teaser that has only one in common with its article.
    [Fact]
    public void AChanceKeyOfALongArticleDoesNotHideATeaser()
    {
        var random = new Random(7);
        for (var tries = 0; tries < 20_000; tries++)
        {
            string[] words = [.. Words(random, 300)];
            var teaser = Sketcher.Sketch(null, string.Join(' ', words[120..142]));
            var article = Sketcher.Sketch(null, string.Join(' ', words));
            var at = random.Next(250);
            var chance = Sketcher.Sketch(null, string.Join(' ', [.. Words(random, 150), .. words[at..(at + 3)], .. Words(random, 150)]));
            if (Shared(teaser, article) != 1 || Shared(chance, article) != 1 || Shared(chance, teaser) != 0)
            {
                continue;
            }

            var index = new StoryIndex();
            index.Add(chance);
            var story = index.Add(teaser).Story;
            Assert.Equal(story, index.Add(article).Story);
            return;
        }

        Assert.Fail("no such articles were made");
    }

    // Stories that are closed take no room from the one that is open.
    [Fact]
    public void ClosedStoriesDoNotCrowdOutAnOpenOne()
    {
        var random = new Random(7);
        string[] background = [.. Words(random, 64)];
        string[] story = [.. Words(random, 60)];
        var index = new StoryIndex(window: TimeSpan.FromDays(14));
        // Thirty hold one half of the background, thirty the other: more than are looked at, but no key has so many that it tells nothing.
        for (var i = 0; i < 60; i++)
        {
            var half = i < 30 ? background[..32] : background[32..];
            index.Add(Sketch([.. half, .. Words(random, 200)]), Day);
        }

        var first = index.Add(Sketch(story), Day.AddDays(60));
        var copy = index.Add(Sketch([.. background, .. Words(random, 150), .. story]), Day.AddDays(61));
        Assert.Equal(first.Article, copy.Story);
    }

    static ArticleSketch Sketch(string[] words) => Sketcher.Sketch(null, string.Join(' ', words));

    static int Shared(ArticleSketch a, ArticleSketch b)
    {
        var bands = a.Bands.ToArray().ToHashSet();
        return b.Bands.ToArray().Distinct().Count(bands.Contains);
    }

    static IEnumerable<string> Words(Random random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            yield return string.Concat(Enumerable.Range(0, 8).Select(_ => (char)random.Next('a', 'z' + 1)));
        }
    }
}
