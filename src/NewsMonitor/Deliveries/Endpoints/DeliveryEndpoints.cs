using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Operations.Http;

namespace NewsMonitor.Deliveries.Endpoints;

/// <summary>A message that is or was owed. <c>LastResponse</c> is what the other side said last, or why it was given up.</summary>
public sealed record DeliveryView(
    long Id, string Recipient, long? Alert, string Event, DeliveryStatus Status, string MessageId, int Attempts, DateTimeOffset CreatedAt,
    DateTimeOffset? NextAttemptAt, DateTimeOffset? SentAt, int? LastStatus, string? LastResponse)
{
    internal static DeliveryView Of(Delivery d) => new(
        d.Id, d.RecipientId, d.AlertId, d.Event, d.Status, d.MessageId, d.Attempts, d.CreatedAt,
        d.Status == DeliveryStatus.Pending ? d.NextAttemptAt : null, d.SentAt, d.LastStatus, d.LastResponse);
}

/// <summary>One delivery with the alerts that it tells of and the attempts that failed.</summary>
public sealed record DeliveryDetail(DeliveryView Delivery, IReadOnlyList<long> Alerts, IReadOnlyList<AttemptView> Attempts);

public sealed record AttemptView(DateTimeOffset At, int? Status, string Said);

public readonly record struct DeliveryQuery(
    [property: Description("Only this recipient's.")] string? Recipient,
    [property: Description("Only pending, sent or dead.")] string? Status,
    [property: Description("Only this alert's.")] long? Alert,
    [property: Description("Owed at or after this time.")] DateTimeOffset? From,
    [property: Description("Owed before this time.")] DateTimeOffset? To)
{
    internal IQueryable<Delivery>? Apply(IQueryable<Delivery> deliveries, FieldErrors errors)
    {
        var (recipient, alert, from, to) = (Recipient, Alert, From?.ToUniversalTime(), To?.ToUniversalTime());
        if (Status is not null && !Names.TryParse<DeliveryStatus>(Status, out _))
        {
            errors.Add("status", $"is '{Status}'; it may be pending, sent or dead.");
            return null;
        }
        deliveries = recipient is null ? deliveries : deliveries.Where(d => d.RecipientId == recipient);
        deliveries = Names.TryParse<DeliveryStatus>(Status, out var status) ? deliveries.Where(d => d.Status == status) : deliveries;
        deliveries = from is null ? deliveries : deliveries.Where(d => d.CreatedAt >= from);
        return to is null ? deliveries : deliveries.Where(d => d.CreatedAt < to);
    }
}

/// <summary>The outbox as people see it.</summary>
public static class DeliveryEndpoints
{
    public static void MapDeliveryEndpoints(this IEndpointRouteBuilder api)
    {
        var deliveries = api.MapGroup("/deliveries").WithTags("Delivery");
        deliveries.MapGet("", ListAsync).WithName("listDeliveries").WithSummary("Deliveries, newest first; status=dead are the dead letters").WithProblems(400);
        deliveries.MapGet("/{id:long}", GetAsync).WithName("getDelivery").WithSummary("One delivery with its failed attempts").WithProblems(404);
        deliveries.MapPost("/{id:long}/retry", Retrying.OneAsync).WithName("retryDelivery").WithSummary("Send a dead or waiting delivery again, now")
            .RequireAuthorization(Policies.Admin).WithProblems(404, 409);
        deliveries.MapPost("/retry", Retrying.RangeAsync).WithName("retryDeliveries").WithSummary("Send a range of dead deliveries again")
            .RequireAuthorization(Policies.Admin).WithProblems(400);
    }

    static async Task<Results<Ok<Page<DeliveryView>>, ProblemHttpResult>> ListAsync(
        [AsParameters] DeliveryQuery query, [AsParameters] PageQuery page, MonitorDbContext db, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        var wanted = query.Apply(db.Set<Delivery>().AsNoTracking(), errors);
        if (!page.TryRead(errors, 1, out var limit, out var after) || wanted is null)
        {
            return errors.ToProblem();
        }
        var before = after?[0] ?? long.MaxValue;
        if (query.Alert is { } alert)
        {
            wanted = wanted.Where(d => d.AlertId == alert || db.Set<DeliveryAlert>().Any(l => l.DeliveryId == d.Id && l.AlertId == alert));
        }
        var rows = await wanted.Where(d => d.Id < before).OrderByDescending(d => d.Id).Take(limit + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page<DeliveryView>.Of(rows, limit, DeliveryView.Of, d => Cursors.Of(d.Id)));
    }

    static async Task<Results<Ok<DeliveryDetail>, ProblemHttpResult>> GetAsync(long id, MonitorDbContext db, CancellationToken cancel)
    {
        if (await db.Set<Delivery>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == id, cancel) is not { } delivery)
        {
            return Problems.NotFound("delivery", id);
        }
        var alerts = delivery.AlertId is { } one
            ? [one]
            : await db.Set<DeliveryAlert>().Where(l => l.DeliveryId == id).OrderBy(l => l.AlertId).Select(l => l.AlertId).ToListAsync(cancel);
        var attempts = await db.Set<DeliveryAttempt>().AsNoTracking().Where(a => a.DeliveryId == id).OrderBy(a => a.Id)
            .Select(a => new AttemptView(a.At, a.Status, a.Said)).ToListAsync(cancel);
        return TypedResults.Ok(new DeliveryDetail(DeliveryView.Of(delivery), alerts, attempts));
    }
}
