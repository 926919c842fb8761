using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Database;
using NewsMonitor.Operations.Http;

namespace NewsMonitor.Review.Triage;

/// <summary>One change for many alerts: those named by <c>Ids</c>, or the newest that fit <c>Filter</c>.</summary>
/// <param name="Ids">1 to 1000 ids.</param>
/// <param name="Filter">The same fields as the alert list's query.</param>
/// <param name="Change">What to change of each.</param>
public sealed record BulkEdit(long[]? Ids, AlertQuery? Filter, AlertEdit? Change);

/// <param name="Changed">Ids of the alerts that the change made different.</param>
/// <param name="Unchanged">Ids of those that were so already.</param>
/// <param name="Missing">Ids that no alert has.</param>
/// <param name="More">Whether more alerts fit the filter than one request changes; send it again.</param>
public sealed record BulkResult(IReadOnlyList<long> Changed, IReadOnlyList<long> Unchanged, IReadOnlyList<long> Missing, bool More);

/// <summary>Triage of many alerts at once, all or none.</summary>
static class BulkTriage
{
    const int Most = 1000;

    public static async Task<Results<Ok<BulkResult>, ProblemHttpResult>> ApplyAsync(
        BulkEdit edit, HttpContext http, MonitorDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        var errors = edit.Change?.Check("change.") ?? new FieldErrors { { "change", "is missing." } };
        if (edit.Ids is null == edit.Filter is null)
        {
            errors.Add("ids", "or filter is wanted, one of the two.");
        }

        if (edit.Ids is { Length: 0 or > Most })
        {
            errors.Add("ids", $"holds {edit.Ids.Length} ids; 1 to {Most} are taken at once.");
        }

        var filter = new AlertFilter();
        if (errors.Any || (edit.Filter is { } query && !query.TryRead(errors, out filter)))
        {
            return errors.ToProblem();
        }

        var (actor, now) = (http.User.Actor(), clock.GetUtcNow());
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var wanted = edit.Ids?.Distinct().ToArray()
            ?? await filter.Apply(db).NewestFirst(null).Select(a => a.Id).Take(Most + 1).ToArrayAsync(cancel);
        var ids = wanted.Take(Most).ToArray();
        var alerts = await db.LockAlertsAsync(ids, cancel);
        var changed = await edit.Change!.ApplyAsync(db, alerts, actor, now, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        var found = alerts.Select(a => a.Id).ToHashSet();
        return TypedResults.Ok(new BulkResult(
            [.. ids.Where(changed.Contains)],
            [.. ids.Where(id => found.Contains(id) && !changed.Contains(id))],
            [.. ids.Where(id => !found.Contains(id))],
            wanted.Length > Most));
    }

    /// <summary>Reads alerts and keeps others from changing them until the transaction ends; ordered, so that two callers cannot lock
    /// crosswise.</summary>
    public static Task<List<Alert>> LockAlertsAsync(this MonitorDbContext db, long[] ids, CancellationToken cancel) =>
        db.Set<Alert>().FromSql($"SELECT *, xmin FROM alerts WHERE id = ANY ({ids}) ORDER BY id FOR UPDATE").ToListAsync(cancel);
}
