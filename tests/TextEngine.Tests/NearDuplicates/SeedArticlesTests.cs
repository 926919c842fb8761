using TextEngine.NearDuplicates;

namespace TextEngine.Tests.NearDuplicates;

public class SeedArticlesTests
{
    [Fact]
    public void TheFiveSeedArticlesAreFiveStories()
    {
        var articles = Seeds();
        if (articles.Count == 0)
        {
            Console.WriteLine("The seed articles are not beside the repository; nothing compared.");
            return;
        }

        var index = new StoryIndex();
        Assert.All(articles, article => Assert.True(index.Add(article).IsNew));
    }

    [Fact]
    public void TheTwoAccountsOfTheNovemberVisitAreRelated()
    {
        var articles = Seeds();
        if (articles.Count == 0)
        {
            Console.WriteLine("The seed articles are not beside the repository; nothing compared.");
            return;
        }

        Assert.Equal(SimilarityKind.Related, ArticleSketch.Compare(articles[0], articles[1]).Kind);
    }

    static List<ArticleSketch> Seeds()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var shared = Path.Combine(folder.FullName, "..", "shared", "seeds");
            if (File.Exists(Path.Combine(folder.FullName, "Monitor.sln")) && Directory.Exists(shared))
            {
                return [.. Directory.GetFiles(shared, "*.txt").Order().Select(f => Sketcher.Sketch(null, File.ReadAllText(f)))];
            }
        }

        return [];
    }
}
