using System.Text.Json;
using TextEngine.WatchTerms;

namespace TextEngine.Tests.WatchTerms;

/// <summary>The five real articles and what must fire on each; they lie beside the repository and are not a part of it.</summary>
public class SeedArticleTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void EachSeedArticleRaisesItsWatchesOnItsSpellingsAndNoOther(bool asInstalled)
    {
        if (SharedFolder() is not { } shared)
        {
            Console.WriteLine("The seed articles are not beside the repository; nothing compared.");
            return;
        }

        var set = WatchSet.Compile(asInstalled ? SeedWatches.Read() : Watches.Owner);
        using var gold = JsonDocument.Parse(File.ReadAllText(Path.Combine(shared, "seeds", "gold.json")));
        foreach (var article in gold.RootElement.GetProperty("articles").EnumerateObject())
        {
            var text = File.ReadAllText(Path.Combine(shared, "seeds", article.Name));
            var hits = set.Match(new ArticleText(null, text));
            var expected = article.Value.EnumerateObject().SelectMany(watch => watch.Value.EnumerateArray().Select(s => $"{watch.Name} {s.GetString()}"));
            Assert.Equal(expected.Order(StringComparer.Ordinal), hits.Select(h => $"{h.Watch} {h.Surface}").Distinct().Order(StringComparer.Ordinal));
            Assert.All(hits, hit => Assert.Equal(hit.Surface, text.Substring(hit.Start, hit.Length)));
        }
    }

    static string? SharedFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var shared = Path.Combine(folder.FullName, "shared");
            if (File.Exists(Path.Combine(shared, "seeds", "gold.json")))
            {
                return shared;
            }
        }

        return null;
    }
}
