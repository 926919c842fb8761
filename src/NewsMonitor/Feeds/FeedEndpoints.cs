using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Operations;
using NewsMonitor.Operations.Http;

namespace NewsMonitor.Feeds;

public sealed record FeedsHealth(IReadOnlyDictionary<string, int> States, int Disabled, bool NetworkIsDown,
    IReadOnlyList<FeedView> Troubled);

public sealed record FeedsImported(int Listed, int Added);

public sealed record DiscoverBody(string? Url);

/// <summary>Sources: what is watched, how it is doing, and what a site offers.</summary>
public static class FeedEndpoints
{
    const int LargestOpml = 10 * 1024 * 1024;
    const int MostTroubled = 200;

    public static void MapFeedEndpoints(this IEndpointRouteBuilder api)
    {
        var feeds = api.MapGroup("/feeds").WithTags("Sources");
        feeds.MapGet("", ListAsync).WithName("listFeeds").WithSummary("Feeds, newest first").WithProblems(400);
        feeds.MapGet("/health", HealthAsync).WithName("feedsHealth").WithSummary("How the feeds are doing, and which have a problem");
        feeds.MapGet("/{id:long}", GetAsync).WithName("getFeed").WithSummary("One feed").WithProblems(404);
        feeds.MapGet("/{id:long}/fetches", HistoryAsync).WithName("listFetches").WithSummary("A feed's history, latest first")
            .WithProblems(400, 404);
        feeds.MapPost("", CreateAsync).WithName("createFeed").WithSummary("Watch a feed").RequireAuthorization(Policies.Admin)
            .WithProblems(400, 409);
        feeds.MapPatch("/{id:long}", UpdateAsync).WithName("updateFeed").WithSummary("Change a feed").RequireAuthorization(Policies.Admin)
            .WithProblems(400, 404, 409, 412);
        feeds.MapDelete("/{id:long}", DeleteAsync).WithName("deleteFeed").WithSummary("Stop watching a feed; its articles stay")
            .RequireAuthorization(Policies.Admin).WithProblems(404, 412);
        feeds.MapPost("/{id:long}/refresh", RefreshAsync).WithName("refreshFeed").WithSummary("Look at a feed now")
            .RequireAuthorization(Policies.Reviewer).WithProblems(404, 409);
        feeds.MapPost("/discover", DiscoverAsync).WithName("discoverFeeds").WithSummary("The feeds that a site offers")
            .RequireAuthorization(Policies.Reviewer).WithProblems(400, 422);
        api.MapGet("/feeds.opml", ExportAsync).WithTags("Sources").WithName("exportFeeds")
            .WithSummary("All feeds as OPML, with their folders")
            .Produces<string>(200, "text/x-opml");
        api.MapPost("/feeds.opml", ImportAsync).WithTags("Sources").WithName("importFeeds")
            .WithSummary("Create or update the feeds of an OPML file")
            .RequireAuthorization(Policies.Admin).WithProblems(400, 413);
    }

    static async Task<Results<Ok<Page<FeedView>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageQuery page, FeedState? state, string? folder, [Description("Part of title or address.")] string? q,
        MonitorDbContext db, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        if (!page.TryRead(errors, 1, out var limit, out var after)) return errors.ToProblem();
        var before = after?[0] ?? long.MaxValue;
        var feeds = db.Set<Feed>().AsNoTracking().Where(f => f.Id < before);
        if (state is { } wanted) feeds = feeds.Where(f => f.State == wanted);
        if (folder is not null) feeds = feeds.Where(f => f.Folder == folder || f.Folder!.StartsWith(folder + " / "));
        if (!string.IsNullOrWhiteSpace(q))
            feeds = feeds.Where(f => EF.Functions.ILike(f.Title + " " + f.Url, $"%{Escaped(q.Trim())}%", "\\"));
        var rows = await feeds.OrderByDescending(f => f.Id).Take(limit + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page<FeedView>.Of(rows, limit, FeedView.Of, f => Cursors.Of(f.Id)));
    }

    static string Escaped(string text) => text.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_");

    static async Task<Ok<FeedsHealth>> HealthAsync(MonitorDbContext db, NetworkHealth network, CancellationToken cancel)
    {
        var feeds = db.Set<Feed>().AsNoTracking();
        // A feed that has ended is off, and to be seen all the same.
        var states = await feeds.Where(f => f.Enabled || f.State == FeedState.Gone).GroupBy(f => f.State)
            .Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        var troubled = await feeds.Where(f => f.State != FeedState.Healthy).OrderByDescending(f => f.Failures).ThenBy(f => f.Id)
            .Take(MostTroubled).ToListAsync(cancel);
        return TypedResults.Ok(new FeedsHealth(
            Enum.GetValues<FeedState>().ToDictionary(s => Names.Kebab(s), s => states.Find(g => g.Key == s)?.Count ?? 0),
            await feeds.CountAsync(f => !f.Enabled, cancel), network.IsDown, [.. troubled.Select(FeedView.Of)]));
    }

    static async Task<Results<Ok<FeedView>,
        ProblemHttpResult>> GetAsync(long id, HttpContext http, MonitorDbContext db, CancellationToken cancel)
    {
        if (await db.Set<Feed>().AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, cancel) is not { } feed)
            return Problems.NotFound("feed", id);
        http.Tag(feed.Version);
        return TypedResults.Ok(FeedView.Of(feed));
    }

    static async Task<Results<Ok<Page<FetchView>>, ProblemHttpResult>> HistoryAsync(
        long id, [AsParameters] PageQuery page, MonitorDbContext db, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        if (!page.TryRead(errors, 1, out var limit, out var after)) return errors.ToProblem();
        if (!await db.Set<Feed>().AnyAsync(f => f.Id == id, cancel)) return Problems.NotFound("feed", id);
        var before = after?[0] ?? long.MaxValue;
        var rows = await db.Set<FeedFetch>().AsNoTracking().Where(f => f.FeedId == id && f.Id < before)
            .OrderByDescending(f => f.Id).Take(limit + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page<FetchView>.Of(rows, limit, FetchView.Of, f => Cursors.Of(f.Id)));
    }

    static async Task<Results<Created<FeedView>, ProblemHttpResult>> CreateAsync(
        FeedBody body, HttpContext http, FeedEdit edit, MonitorDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        var url = edit.Check(body, errors, urlIsRequired: true);
        if (errors.Any) return errors.ToProblem();
        if (await TakenAsync(db, url!, 0, cancel) is { } taken) return taken;
        var now = clock.GetUtcNow();
        var feed = new Feed { Url = url!.AbsoluteUri, Origin = Origin.Api, NextFetchAt = now, CreatedAt = now };
        edit.Apply(body, url, feed);
        db.Add(feed);
        db.Audited(now, http.User.Actor(), "feed.create", feed.Url, after: FeedView.Of(feed));
        await db.SaveChangesAsync(cancel);
        http.Tag(feed.Version);
        return TypedResults.Created($"/api/v1/feeds/{feed.Id}", FeedView.Of(feed));
    }

    static async Task<Results<Ok<FeedView>, ProblemHttpResult>> UpdateAsync(
        long id, FeedBody body, HttpContext http, FeedEdit edit, MonitorDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Set<Feed>().SingleOrDefaultAsync(f => f.Id == id, cancel) is not { } feed) return Problems.NotFound("feed", id);
        if (http.Refusal(feed.Version) is { } refusal) return refusal;
        var errors = new FieldErrors();
        var url = edit.Check(body, errors, urlIsRequired: false);
        if (errors.Any) return errors.ToProblem();
        if (url is not null && await TakenAsync(db, url, id, cancel) is { } taken) return taken;
        var before = FeedView.Of(feed);
        edit.Apply(body, url, feed);
        db.Audited(clock.GetUtcNow(), http.User.Actor(), "feed.update", feed.Url, before, FeedView.Of(feed));
        await db.SaveChangesAsync(cancel);
        http.Tag(feed.Version);
        return TypedResults.Ok(FeedView.Of(feed));
    }

    static async Task<ProblemHttpResult?> TakenAsync(MonitorDbContext db, Uri url, long self, CancellationToken cancel)
    {
        var other = await db.Set<Feed>().Where(f => f.Url == url.AbsoluteUri && f.Id != self).Select(f => (long?)f.Id)
            .SingleOrDefaultAsync(cancel);
        return other is null ? null : Problems.Conflict($"Feed {other} has this address already; change that one.");
    }

    static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        long id, HttpContext http, MonitorDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Set<Feed>().SingleOrDefaultAsync(f => f.Id == id, cancel) is not { } feed) return Problems.NotFound("feed", id);
        if (http.Refusal(feed.Version) is { } refusal) return refusal;
        db.Remove(feed);
        db.Audited(clock.GetUtcNow(), http.User.Actor(), "feed.delete", feed.Url, before: FeedView.Of(feed));
        await db.SaveChangesAsync(cancel);
        return TypedResults.NoContent();
    }

    static async Task<Results<Accepted,
        ProblemHttpResult>> RefreshAsync(long id, MonitorDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        // Without validators, since whoever asks for it doubts what the server said last.
        var due = await db.Set<Feed>().Where(f => f.Id == id && f.Enabled).ExecuteUpdateAsync(
            set => set.SetProperty(f => f.NextFetchAt, clock.GetUtcNow())
                .SetProperty(f => f.LastWholeFetchAt, (DateTimeOffset?)null), cancel);
        if (due > 0) return TypedResults.Accepted($"/api/v1/feeds/{id}/fetches");
        return await db.Set<Feed>().AnyAsync(f => f.Id == id, cancel)
            ? Problems.Conflict("The feed is disabled; enable it first.") : Problems.NotFound("feed", id);
    }

    static async Task<Results<Ok<IReadOnlyList<OfferedFeed>>, ProblemHttpResult>> DiscoverAsync(
        DiscoverBody body, FeedDiscoverer discoverer, CancellationToken cancel)
    {
        var text = body.Url?.Trim() ?? "";
        if (!text.Contains("://", StringComparison.Ordinal)) text = "https://" + text;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var site)) return Problems.Invalid("url", "is no address.");
        var (feeds, problem) = await discoverer.FindAsync(site, cancel);
        return problem is null ? TypedResults.Ok(feeds) : Problems.Of(StatusCodes.Status422UnprocessableEntity, "No feed found", problem);
    }

    static async Task<ContentHttpResult> ExportAsync(MonitorDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        var feeds = await db.Set<Feed>().AsNoTracking().Where(f => f.Origin != Origin.Sample).ToListAsync(cancel);
        return TypedResults.Text(OpmlFile.Write("News Monitor", clock.GetUtcNow(), feeds), "text/x-opml; charset=utf-8");
    }

    [RequestSizeLimit(LargestOpml)]
    static async Task<Results<Ok<FeedsImported>, ProblemHttpResult>> ImportAsync(
        HttpContext http, MonitorDbContext db, [FromServices] Secrets secrets, CronTimes cron, TimeProvider clock, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, cancel);
        var text = OpmlFile.Decode(body.ToArray());
        var now = clock.GetUtcNow();
        var before = await db.Set<Feed>().CountAsync(cancel);
        var (done, problems) = await FeedImport.ApplyAsync(db, secrets, text, Origin.Api, cron, now, cancel);
        if (done is null) return Problems.Of(StatusCodes.Status400BadRequest, "Not valid", string.Join('\n', problems));
        db.Audited(now, http.User.Actor(), "feed.import", done);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(new FeedsImported(OpmlFile.Read(text).Feeds.Count, await db.Set<Feed>().CountAsync(cancel) - before));
    }
}
