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
        var owed = await MissedAsync(db, recipient, since, now, cancel);
        db.Audited(now, actor, "recipient.replay", id, after: new { since, retried, owed });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return new ReplayResult(retried, owed);
    }

    /// <summary>
    /// Decides anew on each alert that met the disabled recipient: by the recipient as it is, the time at which the alert was raised, and the
    /// silences that are in force now.
    /// </summary>
    static async Task<int> MissedAsync(MonitorDbContext db, Recipient recipient, DateTimeOffset since, DateTimeOffset now, CancellationToken cancel)
    {
        var missed = await (
            from route in db.Set<AlertRoute>()
            where route.RecipientId == recipient.Id && route.Decision == RouteDecision.RecipientDisabled
            join alert in db.Set<Alert>() on route.AlertId equals alert.Id
            where alert.RaisedAt >= since
            orderby alert.Id
            select new { Alert = alert, Route = route }).ToListAsync(cancel);
        var silences = await Planning.SilencesAsync(db, now, cancel);
        var owed = 0;
        foreach (var (one, routed) in missed.Zip(await Planning.RoutedAsync(db, missed.ConvertAll(m => m.Alert), cancel)))
        {
            var (id, route) = (one.Alert.Id, Route.Of(routed, recipient, named: true, silences, one.Alert.RaisedAt));
            (one.Route.Decision, one.Route.SilenceId, one.Route.SilenceReason) = (route.Decision, route.Silence?.Id, route.Silence?.Reason);
            if (route.IsTold)
            {
                db.Add(Planning.Owe(recipient.Id, MessageEvent.Raised, Planning.KeyOf(MessageEvent.Raised, id, recipient.Id), now, id));
                (one.Route.Decision, one.Route.At) = (RouteDecision.Sent, now);
                owed++;
            }
        }
        return owed;
    }
}
