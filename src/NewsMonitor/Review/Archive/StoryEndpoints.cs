using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Articles;
using NewsMonitor.Database;
using NewsMonitor.Operations.Http;
using NewsMonitor.Review.Triage;
using NewsMonitor.Stories;

namespace NewsMonitor.Review.Archive;

public sealed record StoryView(
    long Id, string Title, DateTimeOffset FirstSeenAt, DateTimeOffset LastSeenAt, int ArticleCount, int SourceCount, long? MergedInto);

/// <param name="Articles">The newest, at most 200; <c>GET /articles?story=</c> pages through all.</param>
/// <param name="Alerts">Ids and statuses of the alerts that the story raised.</param>
/// <param name="Changes">What the newest copies, at most 20, say differently from the article that each is closest to.</param>
/// <param name="Related">Other accounts of the same matter, the likeliest first.</param>
public sealed record StoryDetail(
    StoryView Story, IReadOnlyList<ArticleRef> Articles, IReadOnlyList<AlertRef> Alerts, IReadOnlyList<ArticleChange> Changes,
    IReadOnlyList<RelatedStory> Related);

/// <param name="Article">The copy.</param>
/// <param name="CopyOf">The article that it is closest to.</param>
/// <param name="Difference">Sentences that only one of the two has.</param>
public sealed record ArticleChange(long Article, long CopyOf, TextDifference Difference);

public sealed record AlertRef(long Id, string Watch, AlertStatus Status, DateTimeOffset RaisedAt);

/// <summary>Stories: articles that are copies of one another.</summary>
static class StoryEndpoints
{
    const int MostArticles = 200, MostChanges = 20, MostRelated = 10;

    public static void MapStories(this IEndpointRouteBuilder api)
    {
        var stories = api.MapGroup("/stories").WithTags("Archive");
        stories.MapGet("", ListAsync).WithName("listStories").WithSummary("Stories, the latest seen first").WithProblems(400);
        stories.MapGet("/{id:long}", GetAsync).WithName("getStory").WithSummary("One story with its articles and alerts").WithProblems(404);
    }

    static async Task<Results<Ok<Page<StoryView>>, ProblemHttpResult>> ListAsync(
        [Description("Last seen at or after this time.")] DateTimeOffset? from,
        [Description("Last seen before this time.")] DateTimeOffset? to,
        [Description("Carried by at least so many sources.")] int? minSources, [AsParameters] PageQuery page, MonitorDbContext db,
        CancellationToken cancel)
    {
        var errors = new FieldErrors();
        if (!page.TryRead(errors, 2, out var limit, out var after))
        {
            return errors.ToProblem();
        }

        var stories = db.Set<Story>().AsNoTracking().Where(s => s.MergedInto == null);
        stories = from?.ToUniversalTime() is { } start ? stories.Where(s => s.LastSeenAt >= start) : stories;
        stories = to?.ToUniversalTime() is { } end ? stories.Where(s => s.LastSeenAt < end) : stories;
        stories = minSources is { } least ? stories.Where(s => s.SourceCount >= least) : stories;
        if (after is [var ticks, var id])
        {
            var at = Cursors.Time(ticks);
            stories = stories.Where(s => EF.Functions.LessThan(ValueTuple.Create(s.LastSeenAt, s.Id), ValueTuple.Create(at, id)));
        }

        var rows = await stories.OrderByDescending(s => s.LastSeenAt).ThenByDescending(s => s.Id).Take(limit + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page<StoryView>.Of(rows, limit, View, story => Cursors.Of(story.LastSeenAt, story.Id)));
    }

    static async Task<Results<Ok<StoryDetail>, ProblemHttpResult>> GetAsync(long id, MonitorDbContext db, CancellationToken cancel)
    {
        if (await db.Set<Story>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel) is not { } story)
        {
            return Problems.NotFound("story", id);
        }

        var articles = await db.Set<Article>().AsNoTracking().Where(a => a.StoryId == id)
            .OrderByDescending(a => a.FetchedAt).ThenByDescending(a => a.Id).Take(MostArticles)
            .Select(a => new ArticleRef(a.Id, a.Title, a.Url, a.Source, a.Language, a.PublishedAt, a.FetchedAt, a.CopyOf, a.Similarity))
            .ToListAsync(cancel);
        var alerts = await db.Set<Alert>().AsNoTracking().Where(a => a.StoryId == id).OrderByDescending(a => a.Id)
            .Select(a => new AlertRef(a.Id, a.WatchId, a.Status, a.RaisedAt)).ToListAsync(cancel);
        return TypedResults.Ok(new StoryDetail(
            View(story), articles, alerts, await ChangesAsync(db, articles, cancel),
            await RelatedStories.OfAsync(db, id, MostRelated, cancel)));
    }

    static async Task<IReadOnlyList<ArticleChange>> ChangesAsync(MonitorDbContext db, List<ArticleRef> articles, CancellationToken cancel)
    {
        var copies = articles.Where(a => a.CopyOf is not null).Take(MostChanges).Select(a => (a.Id, CopyOf: a.CopyOf!.Value)).ToList();
        long[] ids = [.. copies.SelectMany(c => new[] { c.Id, c.CopyOf }).Distinct()];
        var texts = await db.Set<Article>().AsNoTracking().Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.Title, a.Text })
            .ToDictionaryAsync(a => a.Id, cancel);
        // The article that was copied may have aged out.
        return [.. copies.Where(c => texts.ContainsKey(c.CopyOf)).Select(c => (c, Was: texts[c.CopyOf], Now: texts[c.Id]))
            .Select(t => new ArticleChange(t.c.Id, t.c.CopyOf, TextDifference.Between(t.Was.Title, t.Was.Text, t.Now.Title, t.Now.Text)))];
    }

    static StoryView View(Story s) => new(s.Id, s.Title, s.FirstSeenAt, s.LastSeenAt, s.ArticleCount, s.SourceCount, s.MergedInto);
}
