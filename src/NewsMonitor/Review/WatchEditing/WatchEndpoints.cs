using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Database;
using NewsMonitor.Feeds;
using NewsMonitor.Operations;
using NewsMonitor.Operations.Http;
using NewsMonitor.Watches;

namespace NewsMonitor.Review.WatchEditing;

/// <summary>Watches: everybody sees them, reviewers try them, admins change them. Every poll reads them anew, so a change holds at
/// once.</summary>
static class WatchEndpoints
{
    public static void MapWatches(this IEndpointRouteBuilder api)
    {
        var watches = api.MapGroup("/watches").WithTags("Watches");
        watches.MapGet("", ListAsync).WithName("listWatches").WithSummary("Watches by id").WithProblems(400);
        watches.MapGet("/{id}", GetAsync).WithName("getWatch").WithSummary("One watch").WithProblems(404);
        watches.MapGet("/{id}/revisions", RevisionsAsync).WithName("listWatchRevisions")
            .WithSummary("Every definition the watch has had, newest first")
            .WithProblems(400, 404);
        watches.MapPost("", CreateAsync).WithName("createWatch").WithSummary("Add a watch; its examples are checked")
            .RequireAuthorization(Policies.Admin).WithProblems(400, 409);
        watches.MapPut("/{id}", UpdateAsync).WithName("updateWatch").WithSummary("Change a watch; a changed definition is a new revision")
            .RequireAuthorization(Policies.Admin).WithProblems(400, 404, 412);
        watches.MapDelete("/{id}", DeleteAsync).WithName("deleteWatch").WithSummary("Delete a watch; its alerts and revisions stay")
            .RequireAuthorization(Policies.Admin).WithProblems(400, 404, 412);
        watches.MapPost("/preview", WatchPreview.Preview).WithName("previewWatch").WithSummary("What a watch would find in a text")
            .RequireAuthorization(Policies.Reviewer).WithProblems(400);
        watches.MapPost("/suggest", WatchSuggestions.SuggestAsync).WithName("suggestTerms")
            .WithSummary("Spellings of a name: those the engine derives, and those near it in the archive")
            .RequireAuthorization(Policies.Reviewer).WithProblems(400);
        watches.MapPost("/backtest", BacktestEndpoint.RunAsync).WithName("backtestWatch")
            .WithSummary("What a new or changed watch would have raised; one JSON object a line, progress first, the result last")
            .Produces<ProgressLine<BacktestResult>>(200, "application/x-ndjson").RequireAuthorization(Policies.Reviewer).WithProblems(400);
        watches.MapPost("/{id}/raise", ArchiveRaising.RunAsync).WithName("raiseFromArchive")
            .WithSummary("Raise the watch's alerts for what the archive holds already; one JSON object a line, progress first, the result last")
            .Produces<ProgressLine<RaiseResult>>(200, "application/x-ndjson").RequireAuthorization(Policies.Admin)
            .WithProblems(400, 404, 409);
        api.MapGet("/watches.yaml", YamlAsync).WithTags("Watches").WithName("exportWatches").WithSummary("All watches as a watches.yaml")
            .Produces<string>(200, "application/yaml");
    }

    static async Task<Results<Ok<Page<WatchDocument>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageQuery page, MonitorDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        if (!page.TryReadText(errors, out var limit, out var after))
        {
            return errors.ToProblem();
        }

        var rows = await db.Set<Watch>().AsNoTracking().Where(w => after == null || string.Compare(w.Id, after) > 0).OrderBy(w => w.Id)
            .Take(limit + 1)
            .ToListAsync(cancel);
        var counts = await AlertsAsync(db, [.. rows.Select(w => w.Id)], clock, cancel);
        return TypedResults.Ok(Page<WatchDocument>.Of(
            rows, limit, watch => WatchDocument.Of(watch, counts.GetValueOrDefault(watch.Id)), watch => Cursors.OfText(watch.Id)));
    }

    static async Task<Results<Ok<WatchDocument>, ProblemHttpResult>> GetAsync(
        string id, HttpContext http, MonitorDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Set<Watch>().AsNoTracking().FirstOrDefaultAsync(w => w.Id == id, cancel) is not { } watch)
        {
            return Problems.NotFound("watch", id);
        }

        http.Tag(watch.Version);
        return TypedResults.Ok(WatchDocument.Of(watch, (await AlertsAsync(db, [id], clock, cancel)).GetValueOrDefault(id)));
    }

    static async Task<Results<Ok<Page<RevisionDocument>>, ProblemHttpResult>> RevisionsAsync(
        string id, [AsParameters] PageQuery page, MonitorDbContext db, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        if (!page.TryRead(errors, 1, out var limit, out var after))
        {
            return errors.ToProblem();
        }

        var before = after?[0] ?? long.MaxValue;
        var rows = await db.Set<WatchRevision>().AsNoTracking().Where(r => r.WatchId == id && r.Revision < before)
            .OrderByDescending(r => r.Revision)
            .Take(limit + 1).ToListAsync(cancel);
        return rows.Count == 0 && after is null
            ? Problems.NotFound("watch", id)
            : TypedResults.Ok(Page<RevisionDocument>.Of(rows, limit, RevisionDocument.Of, r => Cursors.Of(r.Revision)));
    }

    static async Task<Results<Created<WatchDocument>, ProblemHttpResult>> CreateAsync(
        WatchBody body, HttpContext http, MonitorDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        body.Compile(errors);
        await body.CheckRecipientsAsync(errors, db, cancel);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        if (await db.Set<Watch>().AnyAsync(w => w.Id == body.Id, cancel))
        {
            return Problems.Conflict($"There is a watch {body.Id} already; change it with PUT /api/v1/watches/{body.Id}.");
        }

        var (actor, now) = (http.User.Actor(), clock.GetUtcNow());
        var before = await WatchImport.LastRevisionsAsync(db, [body.Id!], cancel);
        WatchImport.Save(db, null, body.Entry(), actor, Origin.Api, now, before.GetValueOrDefault(body.Id!));
        var watch = db.Set<Watch>().Local.Single(w => w.Id == body.Id);
        watch.Enabled = body.Enabled ?? true;
        db.Audited(now, actor, "watch.create", watch.Id, after: WatchBody.Of(watch));
        await db.SaveChangesAsync(cancel);
        http.Tag(watch.Version);
        return TypedResults.Created($"/api/v1/watches/{watch.Id}", WatchDocument.Of(watch, 0));
    }

    static async Task<Results<Ok<WatchDocument>, ProblemHttpResult>> UpdateAsync(
        string id, WatchBody body, HttpContext http, MonitorDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        if (body.Id is not null && body.Id != id)
        {
            errors.Add("id", $"is '{body.Id}', but an id stays what it is: {id}.");
        }

        body = body with { Id = id };
        if (await db.Set<Watch>().FirstOrDefaultAsync(w => w.Id == id, cancel) is not { } watch)
        {
            return Problems.NotFound("watch", id);
        }

        body.Compile(errors);
        await body.CheckRecipientsAsync(errors, db, cancel);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        if (http.Refusal(watch.Version) is { } refusal)
        {
            return refusal;
        }

        var before = WatchBody.Of(watch);
        var (actor, now) = (http.User.Actor(), clock.GetUtcNow());
        WatchImport.Save(db, watch, body.Entry(), actor, watch.Origin, now);
        watch.Enabled = body.Enabled ?? watch.Enabled;
        if (db.ChangeTracker.HasChanges())
        {
            watch.UpdatedAt = now;
            db.Audited(now, actor, "watch.update", id, before, WatchBody.Of(watch));
            await db.SaveChangesAsync(cancel);
        }

        http.Tag(watch.Version);
        return TypedResults.Ok(WatchDocument.Of(watch, (await AlertsAsync(db, [id], clock, cancel)).GetValueOrDefault(id)));
    }

    static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string id, HttpContext http, MonitorDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Set<Watch>().FirstOrDefaultAsync(w => w.Id == id, cancel) is not { } watch)
        {
            return Problems.NotFound("watch", id);
        }

        if (http.Refusal(watch.Version) is { } refusal)
        {
            return refusal;
        }

        db.Remove(watch);
        db.Audited(clock.GetUtcNow(), http.User.Actor(), "watch.delete", id, WatchBody.Of(watch));
        await db.SaveChangesAsync(cancel);
        return TypedResults.NoContent();
    }

    static async Task<ContentHttpResult> YamlAsync(MonitorDbContext db, CancellationToken cancel)
    {
        var watches = await db.Set<Watch>().AsNoTracking().OrderBy(w => w.Id).ToListAsync(cancel);
        return TypedResults.Text(WatchFileWriter.Write(watches.Select(w => w.ToEntry())),
            "application/yaml; charset=utf-8");
    }

    static async Task<Dictionary<string, int>> AlertsAsync(MonitorDbContext db, string[] ids, TimeProvider clock, CancellationToken cancel)
    {
        var since = clock.GetUtcNow().AddDays(-7);
        return await db.Set<Alert>().Where(a => ids.Contains(a.WatchId) && a.RaisedAt >= since).GroupBy(a => a.WatchId)
            .ToDictionaryAsync(g => g.Key, g => g.Count(), cancel);
    }
}
