using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Database;
using NewsMonitor.Operations.Http;
using NewsMonitor.Review.Live;
using NewsMonitor.Review.WatchEditing;

namespace NewsMonitor.Review.Triage;

/// <summary>The alert list, one alert, and what a reviewer makes of it.</summary>
static class AlertEndpoints
{
    const int Newest = 1000;

    public static void MapAlerts(this IEndpointRouteBuilder api)
    {
        var alerts = api.MapGroup("/alerts").WithTags("Alerts");
        alerts.MapGet("", ListAsync).WithName("listAlerts").WithSummary("Alerts, newest first").WithProblems(400);
        alerts.MapGet("/{id:long}", GetAsync).WithName("getAlert").WithSummary("One alert with its articles, history and deliveries")
            .WithProblems(404);
        alerts.MapPatch("/{id:long}", PatchAsync).WithName("updateAlert").WithSummary("Triage an alert")
            .RequireAuthorization(Policies.Reviewer).WithProblems(400, 404, 412);
        alerts.MapGet("/{id:long}/suggestions", WatchAdvice.AdviseAsync).WithName("suggestFromAlert")
            .WithSummary("What would have kept the watch from firing on a dismissed alert: `not` phrases, context")
            .RequireAuthorization(Policies.Reviewer).WithProblems(404);
        alerts.MapPost("/bulk", BulkTriage.ApplyAsync).WithName("bulkUpdateAlerts").WithSummary("Triage many alerts at once, all or none")
            .RequireAuthorization(Policies.Reviewer).WithProblems(400);
        alerts.MapGet("/stream", AlertStream.OpenAsync).WithName("streamAlerts").WithSummary("Alerts as they are raised and changed")
            .Produces<AlertEvent>(200, "text/event-stream").WithProblems(400);
        api.MapGet("/alerts.csv", AlertExport.CsvAsync).WithTags("Alerts").WithName("exportAlertsCsv")
            .WithSummary("Alerts as a table for Excel")
            .Produces<string>(200, "text/csv").WithProblems(400);
        api.MapGet("/alerts.jsonl", AlertExport.JsonLinesAsync).WithTags("Alerts").WithName("exportAlertsJsonLines")
            .WithSummary("Alerts as JSON lines").Produces<AlertDocument>(200, "application/x-ndjson").WithProblems(400);
    }

    static async Task<Results<Ok<Page<AlertDocument>>, ProblemHttpResult>> ListAsync(
        [AsParameters] AlertQuery query, [AsParameters] PageQuery page, MonitorDbContext db, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        if (!query.TryRead(errors, out var filter) | !page.TryRead(errors, 2, out var limit, out var after))
        {
            return errors.ToProblem();
        }

        var rows = await NewestAsync(db, filter, after, limit + 1, cancel);
        return TypedResults.Ok(Page<AlertDocument>.Of(rows, limit, row => row.Document(), row =>
            Cursors.Of(row.Alert.RaisedAt, row.Alert.Id)));
    }

    /// <summary>Common words fill a page from the newest alerts alone, which costs less than listing all that have them.</summary>
    static async Task<List<AlertRow>> NewestAsync(MonitorDbContext db, AlertFilter filter, long[]? after, int count,
        CancellationToken cancel)
    {
        if (filter.Words is not null)
        {
            var newest = (filter with { Words = null }).Apply(db).NewestFirst(after).Take(Newest);
            var rows = await filter.Among(db, newest).NewestFirst(null).Take(count).Rows(db).ToListAsync(cancel);
            if (rows.Count == count)
            {
                return rows;
            }
        }

        return await filter.Apply(db).NewestFirst(after).Take(count).Rows(db).ToListAsync(cancel);
    }

    static async Task<Results<Ok<AlertDetail>, ProblemHttpResult>> GetAsync(long id, HttpContext http, MonitorDbContext db,
        CancellationToken cancel)
    {
        var row = await db.Set<Alert>().AsNoTracking().Where(a => a.Id == id).Rows(db).FirstOrDefaultAsync(cancel);
        if (row is null)
        {
            return Problems.NotFound("alert", id);
        }

        http.Tag(row.Alert.Version);
        return TypedResults.Ok(await AlertDetail.ReadAsync(db, row, cancel));
    }

    static async Task<Results<Ok<AlertDetail>, ProblemHttpResult>> PatchAsync(
        long id, AlertEdit edit, HttpContext http, MonitorDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        var errors = edit.Check();
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        // Locked, so that the pipeline's own changes of the row wait instead of failing the reviewer's.
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.LockAlertsAsync([id], cancel) is not [var alert])
        {
            return Problems.NotFound("alert", id);
        }

        if (http.Refusal(alert.Version) is { } refusal)
        {
            return refusal;
        }

        if ((await edit.ApplyAsync(db, [alert], http.User.Actor(), clock.GetUtcNow(), cancel)).Count > 0)
        {
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }

        return await GetAsync(id, http, db, cancel);
    }
}
