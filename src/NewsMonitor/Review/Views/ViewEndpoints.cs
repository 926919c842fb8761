using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Operations;
using NewsMonitor.Operations.Http;

namespace NewsMonitor.Review.Views;

public sealed record ViewEdit(string? Name, ViewFilter? Filter);

public sealed record ViewDocument(long Id, string Name, ViewFilter Filter, string CreatedBy, DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    internal static ViewDocument Of(SavedView v) => new(v.Id, v.Name, v.Filter, v.CreatedBy, v.CreatedAt, v.UpdatedAt);
}

/// <summary>Saved views, shared by the whole team.</summary>
static class ViewEndpoints
{
    public static void MapViews(this IEndpointRouteBuilder api)
    {
        var views = api.MapGroup("/views").WithTags("Alerts");
        views.MapGet("", ListAsync).WithName("listViews").WithSummary("Saved views by name").WithProblems(400);
        views.MapGet("/{id:long}", GetAsync).WithName("getView").WithSummary("One saved view").WithProblems(404);
        views.MapPost("", CreateAsync).WithName("createView").WithSummary("Save a view").RequireAuthorization(Policies.Reviewer)
            .WithProblems(400, 409);
        views.MapPut("/{id:long}", UpdateAsync).WithName("updateView").WithSummary("Change a saved view")
            .RequireAuthorization(Policies.Reviewer).WithProblems(400, 404, 409, 412);
        views.MapDelete("/{id:long}", DeleteAsync).WithName("deleteView").WithSummary("Delete a saved view")
            .RequireAuthorization(Policies.Reviewer).WithProblems(400, 404, 412);
    }

    static async Task<Results<Ok<Page<ViewDocument>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageQuery page, MonitorDbContext db, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        if (!page.TryRead(errors, 1, out var limit, out var after))
        {
            return errors.ToProblem();
        }

        var last = after?[0] ?? 0;
        var views = await db.Set<SavedView>().AsNoTracking().Where(v => v.Id > last).OrderBy(v => v.Id).Take(limit + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page<ViewDocument>.Of(views, limit, ViewDocument.Of, view => Cursors.Of(view.Id)));
    }

    static async Task<Results<Ok<ViewDocument>, ProblemHttpResult>> GetAsync(long id, HttpContext http, MonitorDbContext db,
        CancellationToken cancel)
    {
        if (await db.Set<SavedView>().AsNoTracking().FirstOrDefaultAsync(v => v.Id == id, cancel) is not { } view)
        {
            return Problems.NotFound("view", id);
        }

        http.Tag(view.Version);
        return TypedResults.Ok(ViewDocument.Of(view));
    }

    static async Task<Results<Created<ViewDocument>, ProblemHttpResult>> CreateAsync(
        ViewEdit body, HttpContext http, MonitorDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        if (Check(body) is { Any: true } errors)
        {
            return errors.ToProblem();
        }

        var (actor, now) = (http.User.Actor(), clock.GetUtcNow());
        var view = new SavedView { Name = body.Name!.Trim(), Filter = body.Filter!, CreatedBy = actor, CreatedAt = now, UpdatedAt = now };
        db.Add(view);
        db.Audited(now, actor, "view.create", view.Name, after: view.Filter);
        await db.SaveChangesAsync(cancel);
        http.Tag(view.Version);
        return TypedResults.Created($"/api/v1/views/{view.Id}", ViewDocument.Of(view));
    }

    static async Task<Results<Ok<ViewDocument>, ProblemHttpResult>> UpdateAsync(
        long id, ViewEdit body, HttpContext http, MonitorDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        if (Check(body) is { Any: true } errors)
        {
            return errors.ToProblem();
        }

        if (await db.Set<SavedView>().FirstOrDefaultAsync(v => v.Id == id, cancel) is not { } view)
        {
            return Problems.NotFound("view", id);
        }

        if (http.Refusal(view.Version) is { } refusal)
        {
            return refusal;
        }

        var before = ViewDocument.Of(view);
        (view.Name, view.Filter, view.UpdatedAt) = (body.Name!.Trim(), body.Filter!, clock.GetUtcNow());
        db.Audited(view.UpdatedAt, http.User.Actor(), "view.update", id.ToString(CultureInfo.InvariantCulture), before,
            ViewDocument.Of(view));
        await db.SaveChangesAsync(cancel);
        http.Tag(view.Version);
        return TypedResults.Ok(ViewDocument.Of(view));
    }

    static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        long id, HttpContext http, MonitorDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Set<SavedView>().FirstOrDefaultAsync(v => v.Id == id, cancel) is not { } view)
        {
            return Problems.NotFound("view", id);
        }

        if (http.Refusal(view.Version) is { } refusal)
        {
            return refusal;
        }

        db.Remove(view);
        db.Audited(clock.GetUtcNow(), http.User.Actor(), "view.delete", id.ToString(CultureInfo.InvariantCulture), ViewDocument.Of(view));
        await db.SaveChangesAsync(cancel);
        return TypedResults.NoContent();
    }

    static FieldErrors Check(ViewEdit body)
    {
        var errors = new FieldErrors();
        errors.Text("name", body.Name, 100);
        if (body.Filter is null)
        {
            errors.Add("filter", "is missing; {} shows every alert.");
        }
        else
        {
            body.Filter.Query().TryRead(errors, out _);
        }

        return errors;
    }
}
