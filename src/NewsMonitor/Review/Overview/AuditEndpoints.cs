using System.ComponentModel;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Operations;
using NewsMonitor.Operations.Http;

namespace NewsMonitor.Review.Overview;

public sealed record AuditView(long Id, DateTimeOffset At, string Actor, string Action, string Subject, JsonElement? Before,
    JsonElement? After);

/// <summary>Who changed what, newest first.</summary>
static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder api) => api.MapGet("/audit", ListAsync).WithTags("Operations")
        .WithName("listAudit")
        .WithSummary("Every change with actor, before and after").RequireAuthorization(Policies.Admin).WithProblems(400);

    static async Task<Results<Ok<Page<AuditView>>, ProblemHttpResult>> ListAsync(
        [Description("Only changes by this key.")] string? actor, [Description("Only this action, such as watch.update.")] string? action,
        [Description("Only changes of this thing.")] string? subject, DateTimeOffset? from, DateTimeOffset? to,
        [AsParameters] PageQuery page,
        MonitorDbContext db, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        if (!page.TryRead(errors, 1, out var limit, out var after))
        {
            return errors.ToProblem();
        }

        var before = after?[0] ?? long.MaxValue;
        var entries = db.Set<AuditEntry>().AsNoTracking().Where(e => e.Id < before);
        entries = actor is null ? entries : entries.Where(e => e.Actor == actor);
        entries = action is null ? entries : entries.Where(e => e.Action == action);
        entries = subject is null ? entries : entries.Where(e => e.Subject == subject);
        entries = from?.ToUniversalTime() is { } start ? entries.Where(e => e.At >= start) : entries;
        entries = to?.ToUniversalTime() is { } end ? entries.Where(e => e.At < end) : entries;
        var rows = await entries.OrderByDescending(e => e.Id).Take(limit + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page<AuditView>.Of(rows, limit, View, entry => Cursors.Of(entry.Id)));
    }

    static AuditView View(AuditEntry e) => new(e.Id, e.At, e.Actor, e.Action, e.Subject, Json(e.Before), Json(e.After));

    static JsonElement? Json(string? text) => text is null ? null : JsonElement.Parse(text);
}
