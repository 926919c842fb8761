using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Database;
using NewsMonitor.Operations;
using NewsMonitor.Operations.Http;

namespace NewsMonitor.Deliveries.Endpoints;

/// <param name="Since">Alerts raised, and deliveries owed, at or after this time.</param>
public sealed record ReplayBody(DateTimeOffset? Since);

/// <param name="Retried">Dead letters that are owed again, under their old ids.</param>
/// <param name="Owed">Alerts that were never owed because the recipient was disabled.</param>
public sealed record ReplayResult(int Retried, int Owed);

static class Replaying
{
    public static async Task<Results<Ok<ReplayResult>, ProblemHttpResult>> RunAsync(
        string id, ReplayBody body, HttpContext http, MonitorDbContext db, TimeProvider clock, [FromServices] Sender sender, CancellationToken cancel)
    {
        if (body.Since is not { } since)
        {
            return Problems.Invalid("since", "is missing: a time such as 2026-03-01T00:00:00Z.");
        }
        if (await db.Set<Recipient>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, cancel) is not { } recipient)
        {
            return Problems.NotFound("recipient", id);
        }
        if (!recipient.Enabled)
        {
            return Problems.Conflict($"Recipient {id} is disabled ({recipient.DisabledReason ?? "by hand"}); enable it first.");
        }
        var result = await AgainAsync(db, recipient, since, http.User.Actor(), clock.GetUtcNow(), cancel);
        await sender.SendDueAsync(cancel);
        return TypedResults.Ok(result);
    }

    /// <summary>Owes the recipient again what it missed, all or nothing.</summary>
    public static async Task<ReplayResult> AgainAsync(
        MonitorDbContext db, Recipient recipient, DateTimeOffset since, string actor, DateTimeOffset now, CancellationToken cancel)
    {
        var id = recipient.Id;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        since = since.ToUniversalTime();
        var retried = await Retrying.AgainAsync(
            db, db.Set<Delivery>().Where(d => d.RecipientId == id && d.CreatedAt >= since && d.Event != MessageEvent.Test), now, cancel);
        // Severities are stored as words, whose order in the database is that of the alphabet: they are compared here.
        var missed = (await (
            from route in db.Set<AlertRoute>()
            where route.RecipientId == id && route.Decision == RouteDecision.RecipientDisabled
            join alert in db.Set<Alert>() on route.AlertId equals alert.Id
            where alert.RaisedAt >= since
            orderby alert.Id
            select new { alert.Id, alert.Severity, Route = route }).ToListAsync(cancel)).Where(a => a.Severity >= recipient.MinSeverity).ToList();
        foreach (var alert in missed)
        {
            db.Add(Planning.Owe(id, MessageEvent.Raised, Planning.KeyOf(MessageEvent.Raised, alert.Id, id), now, alert.Id));
            (alert.Route.Decision, alert.Route.At) = (RouteDecision.Sent, now);
        }
        db.Audited(now, actor, "recipient.replay", id, after: new { since, retried, owed = missed.Count });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return new ReplayResult(retried, missed.Count);
    }
}
