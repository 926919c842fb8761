using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Articles;
using NewsMonitor.Database;
using NewsMonitor.Operations.Http;
using NewsMonitor.Review.Search;
using NewsMonitor.Watches;

namespace NewsMonitor.Review.Archive;

/// <summary>The archive's filters; bind it with <c>[AsParameters]</c>.</summary>
public readonly record struct ArticleQuery(
    [property: Description("Words to find, in the query language of the watches.")] string? Q,
    [property: Description("Only these sources, by name.")] string[]? Source,
    [property: Description("Only these languages, such as ar; ar also takes ar-IQ.")] string[]? Language,
    [property: Description("Fetched at or after this time (ISO 8601).")] DateTimeOffset? From,
    [property: Description("Fetched before this time (ISO 8601).")] DateTimeOffset? To,
    [property: Description("Only articles of this story.")] long? Story,
    [property: Description("Only articles of this feed.")] long? Feed,
    [property: Description("newest (the default), or relevance: the best of the newest that match, 300 at most; only with q.")] string? Sort)
{
    internal ArticleFilter Filter() => new()
    {
        Sources = Source ?? [],
        Languages = [.. (Language ?? [])
            .SelectMany(l => l.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(l => l.Split('-')[0].ToLowerInvariant())],
        From = From,
        To = To,
        Story = Story,
        Feed = Feed,
    };
}

/// <summary>The archive: search and single articles.</summary>
static class ArticleEndpoints
{
    public static void MapArticles(this IEndpointRouteBuilder api)
    {
        var articles = api.MapGroup("/articles").WithTags("Archive");
        articles.MapGet("", ListAsync).WithName("listArticles").WithSummary("Articles, newest first; searched with q").WithProblems(400)
            .WithDescription("A search that would take long ends with what it has: a page may hold fewer items than `limit`, even none, and a "
                + "`nextCursor` from which it goes on. Only a page without `nextCursor` is the last.");
        articles.MapGet("/{id:long}", GetAsync).WithName("getArticle").WithSummary("One article with its text, revisions and matches")
            .WithProblems(400, 404);
    }

    static async Task<Results<Ok<Page<ArticleDocument>>, ProblemHttpResult>> ListAsync(
        [AsParameters] ArticleQuery query, [AsParameters] PageQuery page, MonitorDbContext db, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        var relevance = query.Sort == "relevance";
        var read = page.TryRead(errors, relevance ? 2 : 1, out var limit, out var after);
        var search = errors.ReadSearch("q", query.Q);
        if (query.Sort is not (null or "newest" or "relevance") || (relevance && search is null && !errors.Any))
        {
            errors.Add("sort", "may be newest, or relevance where q is given.");
        }

        if (errors.Any || !read)
        {
            return errors.ToProblem();
        }

        if (!relevance)
        {
            var (found, next) = await ArticleSearch.NewestAsync(db, search, query.Filter(), after?[0] ?? long.MaxValue, limit, cancel);
            return TypedResults.Ok(new Page<ArticleDocument>([.. found.Select(ArticleDocument.Of)], next is { } id ? Cursors.Of(id)
                : null));
        }

        return TypedResults.Ok(await BestAsync(db, search!, query.Filter(), after, limit, cancel));
    }

    // The cursor holds the newest id of the first page, so that what comes in meanwhile cannot push the ranking about.
    static async Task<Page<ArticleDocument>> BestAsync(
        MonitorDbContext db, SearchText search, ArticleFilter filter, long[]? after, int limit, CancellationToken cancel)
    {
        var (before, skip) = after is [var first, var count] ? (first, (int)Math.Clamp(count, 0, int.MaxValue)) : (long.MaxValue, 0);
        var ranked = await ArticleSearch.RelevantAsync(db, search, filter, before, cancel);
        before = before < long.MaxValue || ranked.Count == 0 ? before : ranked.Max(f => f.Article.Id) + 1;
        var next = ranked.Count - skip > limit ? Cursors.Of(before, skip + limit) : null;
        return new Page<ArticleDocument>([.. ranked.Skip(skip).Take(limit).Select(ArticleDocument.Of)], next);
    }

    static async Task<Results<Ok<ArticleDetail>, ProblemHttpResult>> GetAsync(
        long id, [Description("Mark these words in title and text.")] string? q, MonitorDbContext db, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        var search = errors.ReadSearch("q", q);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        if (await db.Set<Article>().AsNoTracking().FirstOrDefaultAsync(a => a.Id == id, cancel) is not { } article)
        {
            return Problems.NotFound("article", id);
        }

        var hits = search?.Match(article.Title, article.Text, article.Source, article.Language) ?? [];
        return TypedResults.Ok(new ArticleDetail(
            ArticleDocument.Of(new Found(article, hits)),
            article.Text,
            await db.Set<ArticleRevision>().AsNoTracking().Where(r => r.ArticleId == id).OrderBy(r => r.Revision)
                .Select(r => new RevisionView(r.Revision, r.Title, r.Text, r.SeenAt)).ToListAsync(cancel),
            await db.Set<Match>().AsNoTracking().Where(m => m.ArticleId == id).OrderBy(m => m.WatchId)
                .Select(m => new MatchView(m.WatchId, m.WatchRevision, m.Hits, m.MatchedAt)).ToListAsync(cancel)));
    }
}
