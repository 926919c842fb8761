using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NewsMonitor.Database;
using Npgsql;

namespace NewsMonitor.Review.Search;

/// <summary>The articles that PostgreSQL's index proposes for one search, newest first; the engine judges them.</summary>
/// <param name="words">A tsquery over all words; null where the titles' say it all.</param>
/// <param name="title">A tsquery over the words of titles, or null.</param>
/// <param name="clock">How long the search has taken so far.</param>
sealed class Proposals(MonitorDbContext db, string? words, string? title, ArticleFilter filter, Stopwatch clock)
{
    /// <summary>Common words fill a page from the newest articles alone, which costs less than listing all that have them.</summary>
    const int Newest = 1000;

    /// <summary>How many of the newest articles are looked through before the index is asked for all.</summary>
    const int LargestWindow = 25_000;

    /// <summary>More rows than these are not read for one answer: those that the index knows, and those that must be looked at one by
    /// one.</summary>
    const int MostListed = 400_000;
    const int MostLookedAt = 15_000;
    const int Step = 5_000;

    // What article_words_title indexes, written without braces, which EF would take for a parameter's.
    const string TitleHas = """ts_filter(w.words, ARRAY['a']::"char"[]) @@ @title::tsquery""";

    bool? _tooMany;

    /// <summary>An answer that took so long ends with what it has.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(75);

    /// <summary>
    /// The newest ids below <paramref name="before"/>, at most <paramref name="wanted"/>, and the id below which nothing was looked at yet:
    /// null where there are no more.
    /// </summary>
    public async Task<(IReadOnlyList<long> Ids, long? Next)> BelowAsync(long before, int wanted, CancellationToken cancel)
    {
        var newest = await AmongAsync(before, wanted, Newest, cancel);
        if (newest.Count == wanted)
        {
            return (newest, newest[^1]);
        }

        // What a thousand articles had some of, a few thousand more will have enough of.
        var window = newest.Count == 0 ? long.MaxValue : 2L * Newest * wanted / newest.Count;
        if (window <= LargestWindow && await AmongAsync(before, wanted, window, cancel) is { } more && more.Count == wanted)
        {
            return (more, more[^1]);
        }

        return await IsTooMuchAsync(before, cancel) ? await StepwiseAsync(before, wanted, cancel)
            : await EverywhereAsync(before, wanted, cancel);
    }

    /// <summary>Looks through the <paramref name="window"/> newest articles.</summary>
    Task<List<long>> AmongAsync(long before, int wanted, long window, CancellationToken cancel) => IdsAsync(before, wanted, conditions =>
        $"""
        SELECT w.article_id AS "Value"
        FROM (SELECT article_id, words FROM article_words WHERE article_id < @before ORDER BY article_id DESC LIMIT {window}) w {Join}
        WHERE {Asked}{conditions}
        ORDER BY w.article_id DESC LIMIT @limit
        """, cancel);

    /// <summary>Looks through the newest articles a stretch at a time, at least one stretch, for as long as an answer may take.</summary>
    async Task<(IReadOnlyList<long> Ids, long? Next)> StepwiseAsync(long before, int wanted, CancellationToken cancel)
    {
        var ids = new List<long>();
        while (true)
        {
            var floor = await db.Database.SqlQuery<long?>(
                $"""
                SELECT (SELECT article_id FROM article_words WHERE article_id < {before} ORDER BY article_id DESC OFFSET {Step - 1} LIMIT 1) AS "Value"
                """).SingleAsync(cancel);
            var more = await AmongAsync(before, wanted - ids.Count, Step, cancel);
            ids.AddRange(more);
            if (ids.Count == wanted)
            {
                return (ids, ids[^1]);
            }

            if (floor is null || clock.Elapsed > Patience)
            {
                return (ids, floor);
            }

            before = floor.Value;
        }
    }

    /// <summary>
    /// Asks the indexes. All matches are listed before they are sorted, since the planner would otherwise walk the articles from the newest
    /// and test each, hoping that the words are common; and it may not read the whole table, which it thinks cheap for a query of many
    /// words.
    /// </summary>
    async Task<(IReadOnlyList<long> Ids, long? Next)> EverywhereAsync(long before, int wanted, CancellationToken cancel)
    {
        await using var transaction = await ArticleSearch.IndexOnlyAsync(db, cancel);
        var ids = await IdsAsync(before, wanted, conditions =>
            $"""
            WITH found AS MATERIALIZED (SELECT w.article_id {Wanted(conditions)})
            SELECT article_id AS "Value" FROM found ORDER BY article_id DESC LIMIT @limit
            """, cancel);
        return (ids, ids.Count == wanted ? ids[^1] : null);
    }

    /// <summary>
    /// Whether all that the index would list is more than one answer may read. PostgreSQL's statistics know how common words are; that two
    /// common words never stand side by side, nobody knows before reading every article that has both.
    /// </summary>
    async Task<bool> IsTooMuchAsync(long before, CancellationToken cancel)
    {
        if (_tooMany is null)
        {
            await using var transaction = await ArticleSearch.IndexOnlyAsync(db, cancel);
            List<NpgsqlParameter> parameters = [.. Parameters(before)];
            await using var explain = (NpgsqlCommand)db.Database.GetDbConnection().CreateCommand();
            explain.Transaction = (NpgsqlTransaction)transaction.GetDbTransaction();
            explain.CommandText = $"EXPLAIN (FORMAT JSON) SELECT w.article_id {Wanted(filter.Sql(parameters))}";
            explain.Parameters.AddRange(parameters.ToArray());
            using var plan = JsonDocument.Parse((string)(await explain.ExecuteScalarAsync(cancel))!);
            var exact = (words is null || WordQuery.IsExact(words)) && (title is null || WordQuery.IsExact(title));
            _tooMany = MostRows(plan.RootElement[0].GetProperty("Plan")) > (exact ? MostListed : MostLookedAt);
        }

        return _tooMany.Value;
    }

    static double MostRows(JsonElement node) => Math.Max(node.GetProperty("Plan Rows").GetDouble(),
        node.TryGetProperty("Plans", out var below) ? below.EnumerateArray().Max(MostRows) : 0);

    string Join => filter.IsEmpty ? "" : "JOIN articles a ON a.id = w.article_id";

    string Asked => (words, title) switch
    {
        (null, null) => "TRUE",
        (_, null) => "w.words @@ @words::tsquery",
        (null, _) => TitleHas,
        _ => "w.words @@ @words::tsquery AND " + TitleHas,
    };

    string Wanted(string conditions) => $"FROM article_words w {Join} WHERE {Asked} AND w.article_id < @before{conditions}";

    IEnumerable<NpgsqlParameter> Parameters(long before)
    {
        yield return new("before", before);
        if (words is not null)
        {
            yield return new("words", words);
        }

        if (title is not null)
        {
            yield return new("title", title);
        }
    }

    async Task<List<long>> IdsAsync(long before, int wanted, Func<string, string> sql, CancellationToken cancel)
    {
        List<NpgsqlParameter> parameters = [.. Parameters(before), new("limit", wanted)];
        var conditions = filter.Sql(parameters);
        return await db.Database.SqlQueryRaw<long>(sql(conditions), [.. parameters]).ToListAsync(cancel);
    }
}
