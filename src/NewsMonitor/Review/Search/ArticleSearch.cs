using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NewsMonitor.Articles;
using NewsMonitor.Database;
using Npgsql;
using TextEngine.WatchTerms;

namespace NewsMonitor.Review.Search;

/// <summary>An article that was found, with the engine's hits.</summary>
sealed record Found(Article Article, IReadOnlyList<WatchHit> Hits);

/// <summary>
/// Searches the archive, newest first. The index proposes and the engine disposes: candidates come from PostgreSQL's index over folded
/// words, then the engine reads each and says whether, and where, it matches; so a search finds what a watch of the same words would.
/// </summary>
static class ArticleSearch
{
    /// <summary>Common words fill a page from the newest articles alone, which costs less than listing all that have them.</summary>
    const int Newest = 1000;

    /// <summary>How many of the newest articles are looked through before the index is asked for all.</summary>
    const int LargestWindow = 50_000;
    const int MostRounds = 6;
    const int RelevanceDepth = 300;

    /// <summary>Up to <paramref name="limit"/> articles with an id below <paramref name="before"/>, and the id to go on from, null at the end.</summary>
    public static async Task<(List<Found> Found, long? Next)> NewestAsync(
        MonitorDbContext db, SearchText search, ArticleFilter filter, long before, int limit, CancellationToken cancel)
    {
        var found = new List<Found>();
        var words = WordQuery.Wide(search.Tree, await StandingAsync(db, WordQuery.Edits(search.Tree), cancel))!;
        for (var round = 0; round < MostRounds; round++)
        {
            // Each round asks for more, since a query whose candidates the engine keeps refusing is looking for something rare.
            var wanted = (limit - found.Count + 1) << round;
            var ids = await CandidatesAsync(db, words, filter, before, wanted, cancel);
            foreach (var article in await ReadAsync(db, ids, cancel))
            {
                if (search.Match(article.Title, article.Text, article.Source, article.Language) is { Count: > 0 } hits)
                {
                    if (found.Count == limit)
                    {
                        return (found, found[^1].Article.Id);
                    }

                    found.Add(new Found(article, hits));
                }

                before = article.Id;
            }

            if (ids.Count < wanted)
            {
                return (found, null);
            }
        }

        return (found, before);
    }

    /// <summary>The newest <see cref="RelevanceDepth"/> articles that match, those first that say it in the title, more often, more of it.</summary>
    public static async Task<List<Found>> RelevantAsync(
        MonitorDbContext db, SearchText search, ArticleFilter filter, long before, CancellationToken cancel)
    {
        var (found, _) = await NewestAsync(db, search, filter, before, RelevanceDepth, cancel);
        return [.. found.OrderByDescending(Relevance).ThenByDescending(f => f.Article.Id)];
    }

    static double Relevance(Found found)
    {
        var terms = found.Hits.Select(h => h.Term).Distinct(StringComparer.Ordinal).Count();
        var inTitle = found.Hits.Any(h => h.Field == HitField.Title) ? 1 : 0;
        // Long texts repeat words without being more about them.
        var density = found.Hits.Count / Math.Log2(16 + (found.Article.Text.Length / 100.0));
        return (2 * terms) + (3 * inTitle) + Math.Min(density, 3);
    }

    /// <summary>The newest ids below <paramref name="before"/> that the index proposes; fewer than <paramref name="limit"/> when there are no more.</summary>
    static async Task<IReadOnlyList<long>> CandidatesAsync(
        MonitorDbContext db, string words, ArticleFilter filter, long before, int limit, CancellationToken cancel)
    {
        var newest = await AmongAsync(db, words, filter, before, limit, Newest, cancel);
        if (newest.Count == limit)
        {
            return newest;
        }

        // What a thousand articles had some of, a few thousand more will have enough of.
        var window = newest.Count == 0 ? long.MaxValue : 2L * Newest * limit / newest.Count;
        if (window <= LargestWindow && await AmongAsync(db, words, filter, before, limit, window, cancel) is { } more && more.Count == limit)
        {
            return more;
        }

        return await EverywhereAsync(db, words, filter, before, limit, cancel);
    }

    /// <summary>Looks through the <paramref name="window"/> newest articles.</summary>
    static Task<List<long>> AmongAsync(
        MonitorDbContext db, string words, ArticleFilter filter, long before, int limit, long window, CancellationToken cancel) =>
        IdsAsync(db, words, filter, before, limit, conditions =>
            $"""
            SELECT w.article_id AS "Value"
            FROM (SELECT article_id, words FROM article_words WHERE article_id < @before ORDER BY article_id DESC LIMIT {window}) w {Join(filter)}
            WHERE w.words @@ @words::tsquery{conditions}
            ORDER BY w.article_id DESC LIMIT @limit
            """, cancel);

    /// <summary>
    /// Asks the indexes. All matches are listed before they are sorted, since the planner would otherwise walk the articles from the newest and
    /// test each, hoping that the words are common; and it may not read the whole table, which it thinks cheap for a query of many words.
    /// </summary>
    static async Task<IReadOnlyList<long>> EverywhereAsync(
        MonitorDbContext db, string words, ArticleFilter filter, long before, int limit, CancellationToken cancel)
    {
        await using var transaction = await IndexOnlyAsync(db, cancel);
        return await IdsAsync(db, words, filter, before, limit, conditions =>
            $"""
            WITH found AS MATERIALIZED (
                SELECT w.article_id FROM article_words w {Join(filter)} WHERE w.words @@ @words::tsquery AND w.article_id < @before{conditions})
            SELECT article_id AS "Value" FROM found ORDER BY article_id DESC LIMIT @limit
            """, cancel);
    }

    static string Join(ArticleFilter filter) => filter.IsEmpty ? "" : "JOIN articles a ON a.id = w.article_id";

    /// <summary>
    /// Those of the words that stand in any article. One edit makes hundreds of words of one, few of which are written anywhere, and a query
    /// of hundreds costs far more than looking each of them up.
    /// </summary>
    static async Task<IReadOnlySet<string>> StandingAsync(MonitorDbContext db, IReadOnlyCollection<string> words, CancellationToken cancel)
    {
        if (words.Count == 0)
        {
            return new HashSet<string>();
        }

        await using var transaction = await IndexOnlyAsync(db, cancel);
        var lexemes = words.Select(WordQuery.Quote).ToArray();
        var standing = await db.Database.SqlQuery<string>(
            $"""
            SELECT word AS "Value" FROM unnest({words.ToArray()}, {lexemes}) AS given (word, lexeme)
            WHERE EXISTS (SELECT 1 FROM article_words WHERE words @@ lexeme::tsquery)
            """).ToListAsync(cancel);
        return standing.ToHashSet(StringComparer.Ordinal);
    }

    static async Task<IDbContextTransaction> IndexOnlyAsync(MonitorDbContext db, CancellationToken cancel)
    {
        var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Memory enough for a bitmap of every row; with less PostgreSQL remembers pages only and tests each article on them again.
        await db.Database.ExecuteSqlAsync($"SET LOCAL enable_seqscan = off; SET LOCAL work_mem = '64MB'; SET LOCAL jit = off", cancel);
        return transaction;
    }

    static async Task<List<long>> IdsAsync(
        MonitorDbContext db, string words, ArticleFilter filter, long before, int limit, Func<string, string> sql, CancellationToken cancel)
    {
        List<NpgsqlParameter> parameters = [new("words", words), new("before", before), new("limit", limit)];
        var conditions = filter.Sql(parameters);
        return await db.Database.SqlQueryRaw<long>(sql(conditions), [.. parameters]).ToListAsync(cancel);
    }

    static Task<List<Article>> ReadAsync(MonitorDbContext db, IReadOnlyList<long> ids, CancellationToken cancel) =>
        db.Set<Article>().AsNoTracking().Where(a => ids.Contains(a.Id)).OrderByDescending(a => a.Id).ToListAsync(cancel);
}
