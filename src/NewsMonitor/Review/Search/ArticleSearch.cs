using System.Diagnostics;
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
/// Whatever is asked, an answer takes about as long: one that would read half the archive says how far it came, and goes on from there.
/// </summary>
static class ArticleSearch
{
    /// <summary>How many articles are read at once, and how many before a search may end for want of time.</summary>
    const int MostRead = 400;
    const int FewestRead = 1000;
    const int RelevanceDepth = 300;

    /// <summary>
    /// Up to <paramref name="limit"/> articles with an id below <paramref name="before"/>, and the id to go on from: null at the end. There
    /// may be fewer although there are more to find, where finding them takes long. Without a search, all that the filter lets through.
    /// </summary>
    public static async Task<(List<Found> Found, long? Next)> NewestAsync(
        MonitorDbContext db, SearchText? search, ArticleFilter filter, long before, int limit, CancellationToken cancel)
    {
        if (search is null)
        {
            return await AllAsync(db, filter, before, limit, cancel);
        }

        var clock = Stopwatch.StartNew();
        var standing = await StandingAsync(db, WordQuery.Edits(search.Tree), cancel);
        var title = WordQuery.Title(search.Tree, standing);
        var words = title is not null && WordQuery.IsOfTitle(search.Tree) ? null : WordQuery.Wide(search.Tree, standing);
        var proposals = new Proposals(db, words, title, filter, clock);
        var found = new List<Found>();
        var read = 0;
        for (var round = 0; ; round++)
        {
            // Each round asks for more, since a query whose candidates the engine keeps refusing is looking for something rare.
            var wanted = Math.Min((limit - found.Count + 1) << Math.Min(round, 10), Math.Max(MostRead, limit + 1));
            var (ids, rest) = await proposals.BelowAsync(before, wanted, cancel);
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
            }

            // A round that brought fewer than it wanted has looked through thousands already.
            read += ids.Count;
            if (rest is not { } next || (clock.Elapsed > Proposals.Patience && (read >= FewestRead || ids.Count < wanted)))
            {
                return (found, rest);
            }

            before = next;
        }
    }

    static async Task<(List<Found> Found, long? Next)> AllAsync(
        MonitorDbContext db, ArticleFilter filter, long before, int limit, CancellationToken cancel)
    {
        List<NpgsqlParameter> parameters = [new("before", before), new("limit", limit + 1)];
        var sql = $"SELECT a.* FROM articles a WHERE a.id < @before{filter.Sql(parameters)} ORDER BY a.id DESC LIMIT @limit";
        var rows = await db.Set<Article>().FromSqlRaw(sql, [.. parameters]).AsNoTracking().ToListAsync(cancel);
        List<Found> found = [.. rows.OrderByDescending(a => a.Id).Take(limit).Select(a => new Found(a, []))];
        return (found, rows.Count > limit ? found[^1].Article.Id : null);
    }

    /// <summary>The newest <see cref="RelevanceDepth"/> articles that match, those first that say it in the title, more often, more of
    /// it.</summary>
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

    /// <summary>
    /// Those of the words that stand in any article. One edit makes hundreds of words of one, few of which are written anywhere, and a
    /// query of hundreds costs far more than looking each of them up.
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

    internal static async Task<IDbContextTransaction> IndexOnlyAsync(MonitorDbContext db, CancellationToken cancel)
    {
        var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Memory enough for a bitmap of every row; with less PostgreSQL remembers pages only and tests each article on them again.
        await db.Database.ExecuteSqlAsync($"SET LOCAL enable_seqscan = off; SET LOCAL work_mem = '64MB'; SET LOCAL jit = off", cancel);
        return transaction;
    }

    static Task<List<Article>> ReadAsync(MonitorDbContext db, IReadOnlyList<long> ids, CancellationToken cancel) =>
        db.Set<Article>().AsNoTracking().Where(a => ids.Contains(a.Id)).OrderByDescending(a => a.Id).ToListAsync(cancel);
}
