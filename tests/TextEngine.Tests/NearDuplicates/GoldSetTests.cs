using TextEngine.NearDuplicates;
using Xunit.Abstractions;

namespace TextEngine.Tests.NearDuplicates;

public class GoldSetTests(ITestOutputHelper output)
{
    [Fact]
    public void TheSetHasSixtyFamiliesAndSixtyHardNegatives()
    {
        Assert.Equal(60, GoldSet.Families.Count);
        Assert.All(GoldSet.Families, family => Assert.Equal(4, family.Paragraphs.Count));
        Assert.True(GoldSet.OtherAccounts().Count() + GoldSet.Bulletins().Count() + GoldSet.SharedBackground().Count() >= 60);
    }

    [Fact]
    public void TheSecondSetHasFortyFamiliesAndFortyHardNegatives()
    {
        Assert.Equal(40, SecondGoldSet.Families.Count);
        Assert.True(SecondGoldSet.Negatives.Count >= 40, $"{SecondGoldSet.Negatives.Count}");
    }

    [Fact]
    public void PairsOfOneStoryAreFoundAndNoOthers() => FindsPairs(GoldSet.All);

    [Fact]
    public void PairsOfTheSecondSetAreFoundAndNoOthers() => FindsPairs(SecondGoldSet.All);

    void FindsPairs(IReadOnlyList<GoldArticle> articles)
    {
        var index = new StoryIndex();
        foreach (var article in articles)
        {
            index.Add(Sketcher.Sketch(article.Title, article.Text));
        }

        var (truth, ours, both) = (0, 0, 0);
        var wrong = new List<string>();
        for (var i = 0; i < articles.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (a, b) = (articles[i], articles[j]);
                var (same, found) = (a.Family == b.Family, index.StoryOf(i) == index.StoryOf(j));
                truth += same ? 1 : 0;
                ours += found ? 1 : 0;
                both += same && found ? 1 : 0;
                if (same != found)
                {
                    wrong.Add($"{(same ? "missed" : "joined")}: {a.Edit} \"{a.Title}\" and {b.Edit} \"{b.Title}\"");
                }
            }
        }

        var f1 = 2.0 * both / (truth + ours);
        output.WriteLine($"{articles.Count} articles, precision {(double)both / ours:F4}, recall {(double)both / truth:F4}, F1 {f1:F4}");
        output.WriteLine(string.Join('\n', wrong.Take(60)));
        Assert.True(f1 >= .95, $"Pairwise F1 is {f1:F4}");
    }

    [Fact]
    public void NoBulletinOfOneDayIsACopyOfAnotherDays()
        => AllApart(article => article.Edit == "bulletin");

    [Fact]
    public void NoAccountInOtherWordsIsACopy()
        => AllApart(article => article.Edit is "other account" or "original");

    [Fact]
    public void ArticlesThatShareOnlyABackgroundParagraphStayApart()
        => AllApart(article => article.Edit == "background");

    static void AllApart(Func<GoldArticle, bool> chosen)
    {
        var index = new StoryIndex();
        var articles = GoldSet.All.Where(chosen).ToList();
        Assert.NotEmpty(articles);
        Assert.All(articles, article => Assert.True(index.Add(Sketcher.Sketch(article.Title, article.Text)).IsNew, article.Title));
    }

    [Fact]
    public void AccountsInOtherWordsAreRelatedToTheirEventFarMoreOftenThanToOthers()
    {
        var accounts = GoldSet.Families.Where(f => f.OtherAccount is not null).Select(f => (
            Told: Sketcher.Sketch(f.Title, string.Join('\n', f.Paragraphs)), Other: Sketcher.Sketch(f.OtherTitle, f.OtherAccount!))).ToList();
        var own = accounts.Count(a => ArticleSketch.Compare(a.Told, a.Other).Kind == SimilarityKind.Related);
        var foreign = accounts.Sum(a => accounts.Count(b => a != b && ArticleSketch.Compare(a.Told, b.Other).Kind == SimilarityKind.Related));
        output.WriteLine($"{own} of {accounts.Count} other accounts are related to their event, {foreign} pairs of different events are");
        Assert.True(own >= accounts.Count / 2, $"{own} of {accounts.Count}");
        Assert.True(foreign <= accounts.Count / 8, $"{foreign} pairs of different events");
    }
}
