using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Operations;
using NewsMonitor.Operations.Http;

namespace NewsMonitor.Deliveries.Endpoints;

/// <summary>Which dead letters: of a recipient, of a time. At least one must be named.</summary>
public sealed record RetryBody(string? Recipient, DateTimeOffset? From, DateTimeOffset? To);

public sealed record RetryResult(int Retried);

static class Retrying
{
    /// <summary>Makes dead ones among these pending again, under their old ids, and lets their lanes run.</summary>
    public static async Task<int> AgainAsync(MonitorDbContext db, IQueryable<Delivery> deliveries, DateTimeOffset now, CancellationToken cancel)
    {
        var dead = deliveries.Where(d => d.Status == DeliveryStatus.Dead
            && db.Set<Recipient>().Any(r => r.Id == d.RecipientId && r.Enabled));
        var lanes = await dead.Select(d => d.RecipientId).Distinct().ToListAsync(cancel);
        var count = await dead.ExecuteUpdateAsync(set => set.SetProperty(d => d.Status, DeliveryStatus.Pending)
            .SetProperty(d => d.Attempts, 0).SetProperty(d => d.NextAttemptAt, now), cancel);
        await WakeAsync(db, lanes, cancel);
        return count;
    }

    public static async Task<Results<Accepted<DeliveryView>, ProblemHttpResult>> OneAsync(
        long id, HttpContext http, MonitorDbContext db, TimeProvider clock, [FromServices] Sender sender, CancellationToken cancel)
    {
        if (await db.Set<Delivery>().FirstOrDefaultAsync(d => d.Id == id, cancel) is not { } delivery)
        {
            return Problems.NotFound("delivery", id);
        }
        if (delivery.Status == DeliveryStatus.Sent)
        {
            return Problems.Conflict($"Delivery {id} has arrived; there is nothing to retry.");
        }
        if (await db.Set<Recipient>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == delivery.RecipientId, cancel) is not { Enabled: true })
        {
            return Problems.Conflict($"Recipient {delivery.RecipientId} is disabled or gone; enable it first.");
        }
        var now = clock.GetUtcNow();
        (delivery.Status, delivery.Attempts, delivery.NextAttemptAt) = (DeliveryStatus.Pending, 0, now);
        db.Audited(now, http.User.Actor(), "delivery.retry", $"{id}");
        await db.SaveChangesAsync(cancel);
        await WakeAsync(db, [delivery.RecipientId], cancel);
        await sender.SendDueAsync(cancel);
        return TypedResults.Accepted($"/api/v1/deliveries/{id}", DeliveryView.Of(delivery));
    }

    public static async Task<Results<Ok<RetryResult>, ProblemHttpResult>> RangeAsync(
        RetryBody body, HttpContext http, MonitorDbContext db, TimeProvider clock, [FromServices] Sender sender, CancellationToken cancel)
    {
        if (body is { Recipient: null, From: null, To: null })
        {
            return Problems.Invalid("recipient", "is missing, as are from and to: name at least one, so that not everything is sent again by mistake.");
        }
        var query = new DeliveryQuery(body.Recipient, null, null, body.From, body.To);
        var count = await AgainAsync(db, query, [], http.User.Actor(), clock.GetUtcNow(), cancel);
        await sender.SendDueAsync(cancel);
        return TypedResults.Ok(new RetryResult(count));
    }

    /// <summary>Retries the dead ones that fit a query, and are among <paramref name="numbers"/> if there are any, and says so in the audit.</summary>
    internal static async Task<int> AgainAsync(
        MonitorDbContext db, DeliveryQuery query, long[] numbers, string actor, DateTimeOffset now, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var wanted = query.Apply(db.Set<Delivery>(), [])!
            .Where(d => (numbers.Length == 0 || numbers.Contains(d.Id)) && d.Event != MessageEvent.Test);
        var count = await AgainAsync(db, wanted, now, cancel);
        db.Audited(now, actor, "delivery.retry", "range", after: new { numbers, query.Recipient, query.From, query.To, count });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return count;
    }

    /// <summary>Somebody who asks for a retry wants it now, not when the breaker would have tried.</summary>
    static Task<int> WakeAsync(MonitorDbContext db, List<string> lanes, CancellationToken cancel) => db.Set<RecipientLane>()
        .Where(l => lanes.Contains(l.RecipientId)).ExecuteUpdateAsync(set => set.SetProperty(l => l.PausedUntil, (DateTimeOffset?)null), cancel);
}
