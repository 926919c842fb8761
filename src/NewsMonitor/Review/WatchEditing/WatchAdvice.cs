using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Articles;
using NewsMonitor.Database;
using NewsMonitor.Operations.Http;
using NewsMonitor.Watches;
using TextEngine.Normalisation;
using TextEngine.WatchTerms;

namespace NewsMonitor.Review.WatchEditing;

/// <summary>
/// What would have kept a watch from firing on one alert, each tried on the watch's newest reviewed alerts. To take a suggestion, add its
/// phrases to the watch's <c>not</c> or <c>context</c> with <c>PUT /watches/{id}</c>, and the text to its <c>examples.noMatch</c>.
/// </summary>
/// <param name="Fires">Whether the watch, as it is now, would still fire on the article; when not, there is nothing to suggest.</param>
/// <param name="Dismissed">Dismissed alerts of the watch that the suggestions were tried on, this one included.</param>
/// <param name="Kept">Acknowledged, investigated and confirmed ones.</param>
/// <param name="Not">Phrases that cancel the hits they cover, the best first.</param>
/// <param name="Context">Words of which one must stand beside a doubtful spelling; for watches that ask for none so far.</param>
public sealed record AdviceResult(
    string Watch, bool Fires, int Dismissed, int Kept, IReadOnlyList<AdviceLine> Not, IReadOnlyList<AdviceLine> Context);

/// <param name="Phrases">All of them belong together.</param>
/// <param name="Prevents">How many of the dismissed alerts would not have been raised.</param>
/// <param name="Loses">How many of the kept ones would not have been raised either.</param>
public sealed record AdviceLine(IReadOnlyList<string> Phrases, int Prevents, int Loses);

/// <summary>Turns a dismissal into a better watch: candidates come from the words around the hits, and the engine itself judges
/// each.</summary>
static class WatchAdvice
{
    const int MostAlerts = 200;
    const int MostCandidates = 40;
    const int MostPhrases = 6;
    const int MostLines = 5;
    const int ShortestContext = 3;
    const int ShortestNeighbour = 4;

    sealed record Case(ArticleText Text, bool Dismissed);

    public static async Task<Results<Ok<AdviceResult>, ProblemHttpResult>> AdviseAsync(long id, MonitorDbContext db,
        CancellationToken cancel)
    {
        if (await db.Set<Alert>().AsNoTracking().FirstOrDefaultAsync(a => a.Id == id, cancel) is not { } alert)
        {
            return Problems.NotFound("alert", id);
        }

        if (await db.Set<Watch>().AsNoTracking().FirstOrDefaultAsync(w => w.Id == alert.WatchId, cancel) is not { } watch)
        {
            return Problems.NotFound("watch", alert.WatchId);
        }

        var definition = WatchEntry.FromJson(watch.Definition).Definition with { Examples = WatchExamples.None };
        var article = await TextAsync(db, alert, cancel);
        var hits = WatchSet.Compile([definition]).Match(article);
        if (hits.Count == 0)
        {
            return TypedResults.Ok(new AdviceResult(watch.Id, false, 0, 0, [], []));
        }

        var cases = await CasesAsync(db, alert, article, cancel);
        var not = Best(Phrases(article, hits).Select(p => (p, definition with { Not = [.. definition.Not, .. p] })), definition, cases,
            MostLines);
        var context = definition.Context.Count > 0 || Context(article, definition, cases) is not { Count: > 0 } words
            ? []
            : Best([(words, definition with { Context = words })], definition, cases, 1);
        return TypedResults.Ok(new AdviceResult(watch.Id, true, cases.Count(c => c.Dismissed), cases.Count(c => !c.Dismissed), not,
            context));
    }

    static async Task<ArticleText> TextAsync(MonitorDbContext db, Alert alert, CancellationToken cancel)
    {
        var article = await db.Set<Article>().AsNoTracking().FirstOrDefaultAsync(a => a.Id == alert.ArticleId, cancel);
        // Of an article that has aged out, the alert keeps what mattered.
        return article is null
            ? new ArticleText(alert.Title, alert.ReadExcerpt().Text, alert.Source, alert.Language)
            : new ArticleText(article.Title, article.Text, article.Source, article.Language);
    }

    static async Task<List<Case>> CasesAsync(MonitorDbContext db, Alert alert, ArticleText article, CancellationToken cancel)
    {
        var others = await (
            from other in db.Set<Alert>().AsNoTracking()
            where other.WatchId == alert.WatchId && other.Id != alert.Id && other.Status != AlertStatus.New
            join text in db.Set<Article>() on other.ArticleId equals text.Id
            orderby other.Id descending
            select new { other.Status, text.Title, text.Text, text.Source, text.Language }).Take(MostAlerts).ToListAsync(cancel);
        return
        [
            new Case(article, true),
            .. others.Select(o => new Case(new ArticleText(o.Title, o.Text, o.Source, o.Language), o.Status == AlertStatus.Dismissed)),
        ];
    }

    /// <summary>Sets of phrases that cover every hit: each hit with the word before it, the word after it, or both.</summary>
    static IEnumerable<IReadOnlyList<string>> Phrases(ArticleText article, IReadOnlyList<WatchHit> hits)
    {
        foreach (var (before, after) in new[] { (1, 0), (0, 1), (1, 1), (0, 2), (2, 0) })
        {
            var phrases = hits.Select(hit => Around(hit.Field == HitField.Title ? article.Title! : article.Text, hit, before, after))
                .DistinctBy(phrase => phrase is null ? "" : NormalisedText.Of(phrase).Text).ToList();
            if (phrases.Count <= MostPhrases && !phrases.Contains(null))
            {
                yield return phrases!;
            }
        }
    }

    /// <summary>The hit with so many words on either side; null where there are not as many, punctuation stands between, or all are
    /// short.</summary>
    static string? Around(string text, WatchHit hit, int before, int after)
    {
        var (start, end) = (hit.Start, hit.Start + hit.Length);
        for (; before > 0; before--)
        {
            var last = start;
            while (last > 0 && char.IsWhiteSpace(text[last - 1]))
            {
                last--;
            }

            for (start = last; start > 0 && IsWord(text[start - 1]); start--)
            {
            }

            if (start == last)
            {
                return null;
            }
        }

        for (; after > 0; after--)
        {
            while (end < text.Length && char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            var first = end;
            for (; end < text.Length && IsWord(text[end]); end++)
            {
            }

            if (end == first)
            {
                return null;
            }
        }

        // A neighbour such as "of" or "إلى" says nothing of what is meant.
        return (text[start..hit.Start] + " " + text[(hit.Start + hit.Length)..end]).Split().Any(word => word.Length >= ShortestNeighbour)
            ? string.Join(' ', text[start..end].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            : null;
    }

    static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '\'' or '’' or '-' or '\u200C' || char.IsSurrogate(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>
    /// Words that the kept alerts have and no dismissed one does, chosen greedily so that few of them cover most (set cover).
    /// </summary>
    static List<string> Context(ArticleText article, WatchDefinition watch, List<Case> cases)
    {
        var own = NormalisedText.Of(string.Join(' ', watch.Terms)).Text.Split(' ').ToHashSet();
        var dismissed = cases.Where(c => c.Dismissed).SelectMany(c => Words(c.Text).Keys).Concat(Words(article).Keys).ToHashSet();
        var kept = cases.Where(c => !c.Dismissed).Select(c => Words(c.Text).Where(w =>
            w.Key.Length >= ShortestContext && !w.Key.Any(char.IsDigit) && !own.Contains(w.Key) && !dismissed.Contains(w.Key))
                .ToDictionary()).ToList();
        var chosen = new List<string>();
        while (kept.Count > 0 && chosen.Count < MostPhrases)
        {
            // Of words that cover as many, a longer one says more.
            var best = kept.SelectMany(words => words).GroupBy(w => w.Key).OrderByDescending(g => g.Count())
                .ThenByDescending(g => g.Key.Length)
                .ThenBy(g => g.Key, StringComparer.Ordinal).FirstOrDefault();
            if (best is null)
            {
                break;
            }

            chosen.Add(best.GroupBy(w => w.Value).MaxBy(surface => surface.Count())!.Key);
            kept.RemoveAll(words => words.ContainsKey(best.Key));
        }

        return chosen;
    }

    /// <summary>The words of an article as the engine folds them, each with the way it is written there first.</summary>
    static Dictionary<string, string> Words(ArticleText article)
    {
        var text = article.Title + "\n" + article.Text;
        var folded = NormalisedText.Of(text);
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        var at = 0;
        foreach (var word in folded.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (start, length) = folded.Original(at, word.Length);
            words.TryAdd(word, text.Substring(start, length));
            at += word.Length + 1;
        }

        return words;
    }

    /// <summary>Compiles every candidate beside the watch as it is, and counts what each would have changed. Only what stops the first case
    /// stays.</summary>
    static List<AdviceLine> Best(
        IEnumerable<(IReadOnlyList<string> Phrases, WatchDefinition Watch)> candidates, WatchDefinition watch, List<Case> cases, int most)
    {
        var tried = candidates.Take(MostCandidates).Where(c => IsGood(c.Watch)).ToList();
        var set = WatchSet.Compile([watch with { Id = "now" }, .. tried.Select((c, i) => c.Watch with { Id = $"{i}" })]);
        var fires = cases.Select(c => set.Match(c.Text).Select(h => h.Watch).ToHashSet()).ToList();
        return
        [
            .. tried.Select((c, i) =>
                (Line: new AdviceLine(c.Phrases, Stopped(i, true), Stopped(i, false)), Stops: !fires[0].Contains($"{i}")))
                .Where(t => t.Stops && t.Line.Prevents > t.Line.Loses)
                .OrderBy(t => t.Line.Loses).ThenByDescending(t => t.Line.Prevents).ThenBy(t => t.Line.Phrases.Count)
                .ThenBy(t => t.Line.Phrases.Sum(p => p.Length)).Select(t => t.Line).Take(most),
        ];

        // What stands in the news need not be a phrase that a watch may have.
        static bool IsGood(WatchDefinition candidate)
        {
            try
            {
                return WatchSet.Compile([candidate]).Count == 1;
            }
            catch (WatchDefinitionException)
            {
                return false;
            }
        }

        int Stopped(int candidate, bool dismissed) => cases.Zip(fires).Count(pair =>
            pair.First.Dismissed == dismissed && pair.Second.Contains("now") && !pair.Second.Contains($"{candidate}"));
    }
}
