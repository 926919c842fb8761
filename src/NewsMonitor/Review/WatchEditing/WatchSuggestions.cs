using Microsoft.AspNetCore.Http.HttpResults;
using NewsMonitor.Alerts;
using NewsMonitor.Database;
using NewsMonitor.Operations.Http;
using NewsMonitor.Review.Archive;
using NewsMonitor.Review.Search;
using TextEngine.WatchTerms;

namespace NewsMonitor.Review.WatchEditing;

/// <param name="Name">A name or word in any script.</param>
public sealed record SuggestBody(string? Name);

/// <param name="Derived">Spellings that a watch with this term finds anyway.</param>
/// <param name="Archive">What stands in the archive near the name, most frequent first.</param>
public sealed record SuggestResult(IReadOnlyList<Expansion> Derived, IReadOnlyList<ArchiveSpelling> Archive);

/// <param name="Surface">As written there, letters that Arabic joins to it included.</param>
/// <param name="Articles">In how many of the newest articles that hold anything like the name.</param>
/// <param name="Found">Whether a watch with the name as its only term finds it already; the others are for the author to judge.</param>
public sealed record ArchiveSpelling(string Surface, int Articles, bool Found, SampleLine Sample);

public sealed record SampleLine(long Article, string Title, string Source, Excerpt Excerpt);

/// <summary>Spellings for a term, so that its author need not know them all.</summary>
static class WatchSuggestions
{
    const int MostSpellings = 50;
    const int Depth = 500;
    const int ShortestFuzzy = 3;

    public static async Task<Results<Ok<SuggestResult>, ProblemHttpResult>> SuggestAsync(
        SuggestBody body, MonitorDbContext db, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        errors.Text("name", body.Name, 200);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var words = SearchQuery.Words(body.Name!);
        if (words.Count == 0 || new WatchBody { Id = "name", Terms = [body.Name!] }.Compile(errors) is not { } set)
        {
            return Problems.Invalid("name", "has no letter or digit.");
        }

        // The longest word tells most; all words of the name would find the full name only.
        var word = words.MaxBy(w => w.Length)!;
        var near = word.Length is >= ShortestFuzzy and <= 40 ? $"{word} OR {word}~" : word;
        var (found, _) = await ArticleSearch.NewestAsync(db, SearchText.Read(near), new ArticleFilter(), long.MaxValue, Depth, cancel);
        var spellings = found.SelectMany(f => f.Hits.DistinctBy(h => h.Surface).Select(hit => (Found: f, Hit: hit)))
            .GroupBy(pair => pair.Hit.Surface, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count()).Take(MostSpellings)
            .Select(group => new ArchiveSpelling(group.Key, group.Count(), Finds(set, group.First().Found),
                Sample(group.First().Found, group.First().Hit)));
        return TypedResults.Ok(new SuggestResult(set.Explain("name"), [.. spellings]));
    }

    static bool Finds(WatchSet set, Found found) =>
        set.Match(new ArticleText(found.Article.Title, found.Article.Text, found.Article.Source, found.Article.Language)).Count > 0;

    static SampleLine Sample(Found found, WatchHit hit) => new(
        found.Article.Id, found.Article.Title, found.Article.Source,
        Excerpt.Cut(found.Article.Title, found.Article.Text, [ArticleDocument.HitOf(hit)], 200));
}
