using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Database;
using NewsMonitor.Operations.Http;

namespace NewsMonitor.Review.Triage;

/// <summary>The alert list, one alert, and what a reviewer makes of it.</summary>
static class AlertEndpoints
{
    public static void MapAlerts(this IEndpointRouteBuilder api)
    {
        var alerts = api.MapGroup("/alerts").WithTags("Alerts");
        alerts.MapGet("", ListAsync).WithName("listAlerts").WithSummary("Alerts, newest first").WithProblems(400);
        alerts.MapGet("/{id:long}", GetAsync).WithName("getAlert").WithSummary("One alert with its articles, history and deliveries").WithProblems(404);
        alerts.MapPatch("/{id:long}", PatchAsync).WithName("updateAlert").WithSummary("Triage an alert")
            .RequireAuthorization(Policies.Reviewer).WithProblems(400, 404, 412);
    }

    static async Task<Results<Ok<Page<AlertDocument>>, ProblemHttpResult>> ListAsync(
        [AsParameters] AlertQuery query, [AsParameters] PageQuery page, MonitorDbContext db, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        if (!query.TryRead(errors, out var filter) | !page.TryRead(errors, 2, out var limit, out var after))
        {
            return errors.ToProblem();
        }

        var rows = await filter.Apply(db.Set<Alert>().AsNoTracking()).NewestFirst(after).Take(limit + 1).Rows(db).ToListAsync(cancel);
        return TypedResults.Ok(Page<AlertDocument>.Of(rows, limit, row => row.Document(), row => Cursors.Of(row.Alert.RaisedAt, row.Alert.Id)));
    }

    static async Task<Results<Ok<AlertDetail>, ProblemHttpResult>> GetAsync(long id, HttpContext http, MonitorDbContext db, CancellationToken cancel)
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

        if (await db.Set<Alert>().FirstOrDefaultAsync(a => a.Id == id, cancel) is not { } alert)
        {
            return Problems.NotFound("alert", id);
        }

        if (http.Refusal(alert.Version) is { } refusal)
        {
            return refusal;
        }

        if (edit.Apply(db, alert, http.User.Actor(), clock.GetUtcNow()))
        {
            await db.SaveChangesAsync(cancel);
        }

        return await GetAsync(id, http, db, cancel);
    }
}
