using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Feeds;
using NewsMonitor.Operations;
using NewsMonitor.Operations.Http;

namespace NewsMonitor.Deliveries.Endpoints;

/// <summary>Who is told, and how.</summary>
public static class RecipientEndpoints
{
    public static void MapRecipientEndpoints(this IEndpointRouteBuilder api)
    {
        var recipients = api.MapGroup("/recipients").WithTags("Delivery");
        recipients.MapGet("", ListAsync).WithName("listRecipients").WithSummary("Recipients by id, without their secrets").WithProblems(400);
        recipients.MapGet("/{id}", GetAsync).WithName("getRecipient").WithSummary("One recipient").WithProblems(404);
        recipients.MapPost("", CreateAsync).WithName("createRecipient").WithSummary("Add a recipient")
            .RequireAuthorization(Policies.Admin).WithProblems(400, 409);
        recipients.MapPatch("/{id}", ChangeAsync).WithName("updateRecipient").WithSummary("Change what is given of a recipient")
            .RequireAuthorization(Policies.Admin).WithProblems(400, 404, 412);
        recipients.MapDelete("/{id}", DeleteAsync).WithName("deleteRecipient").WithSummary("Remove a recipient; what it is still owed is given up")
            .RequireAuthorization(Policies.Admin).WithProblems(404);
        recipients.MapPost("/{id}/test", RecipientTest.RunAsync).WithName("testRecipient")
            .WithSummary("Send a real test message now and return what the other side said").RequireAuthorization(Policies.Admin).WithProblems(404);
        recipients.MapPost("/{id}/replay", Replaying.RunAsync).WithName("replayRecipient")
            .WithSummary("Owe a recipient again everything that it missed since a time").RequireAuthorization(Policies.Admin).WithProblems(400, 404, 409);
    }

    static async Task<Results<Ok<Page<RecipientView>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageQuery page, MonitorDbContext db, [FromServices] Secrets secrets, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        if (!page.TryReadText(errors, out var limit, out var after))
        {
            return errors.ToProblem();
        }

        var recipients = await db.Set<Recipient>().AsNoTracking().Where(r => after == null || string.Compare(r.Id, after) > 0).OrderBy(r => r.Id)
            .Take(limit + 1).ToListAsync(cancel);
        var lanes = await db.Set<RecipientLane>().AsNoTracking().ToDictionaryAsync(l => l.RecipientId, cancel);
        return TypedResults.Ok(Page<RecipientView>.Of(
            recipients, limit, r => RecipientView.Of(r, lanes.GetValueOrDefault(r.Id), secrets), r => Cursors.OfText(r.Id)));
    }

    static async Task<Results<Ok<RecipientView>, ProblemHttpResult>> GetAsync(
        string id, HttpContext http, MonitorDbContext db, [FromServices] Secrets secrets, CancellationToken cancel)
    {
        if (await db.Set<Recipient>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, cancel) is not { } recipient)
        {
            return Problems.NotFound("recipient", id);
        }
        http.Tag(recipient.Version);
        var lane = await db.Set<RecipientLane>().AsNoTracking().FirstOrDefaultAsync(l => l.RecipientId == id, cancel);
        return TypedResults.Ok(RecipientView.Of(recipient, lane, secrets));
    }

    static async Task<Results<Created<RecipientView>, ProblemHttpResult>> CreateAsync(
        RecipientBody body, HttpContext http, MonitorDbContext db, [FromServices] Secrets secrets, TimeProvider clock, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        if (body.Read(errors, null) is not { } definition)
        {
            return errors.ToProblem();
        }
        if (await db.Set<Recipient>().AnyAsync(r => r.Id == definition.Id, cancel))
        {
            return Problems.Conflict($"There is a recipient {definition.Id} already.");
        }
        var now = clock.GetUtcNow();
        var recipient = RecipientStore.Create(definition, secrets, Origin.Api, now);
        recipient.Enabled = body.Enabled ?? true;
        db.Add(recipient);
        var view = RecipientView.Of(recipient, null, secrets);
        db.Audited(now, http.User.Actor(), "recipient.create", recipient.Id, after: view);
        await db.SaveChangesAsync(cancel);
        http.Tag(recipient.Version);
        return TypedResults.Created($"/api/v1/recipients/{recipient.Id}", view);
    }

    static async Task<Results<Ok<RecipientView>, ProblemHttpResult>> ChangeAsync(
        string id, RecipientBody body, HttpContext http, MonitorDbContext db, [FromServices] Secrets secrets, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.Set<Recipient>().FirstOrDefaultAsync(r => r.Id == id, cancel) is not { } recipient)
        {
            return Problems.NotFound("recipient", id);
        }
        if (http.Refusal(recipient.Version) is { } refusal)
        {
            return refusal;
        }
        var errors = new FieldErrors();
        if (body.Read(errors, recipient) is not { } definition)
        {
            return errors.ToProblem();
        }
        var (now, before) = (clock.GetUtcNow(), RecipientView.Of(recipient, null, secrets));
        RecipientStore.Apply(recipient, definition, secrets, now);
        recipient.UpdatedAt = now;
        if (body.Enabled is { } enabled && enabled != recipient.Enabled)
        {
            await RecipientStore.SwitchAsync(db, recipient, enabled, now, cancel);
        }
        db.Audited(now, http.User.Actor(), "recipient.update", id, before, RecipientView.Of(recipient, null, secrets));
        await db.SaveChangesAsync(cancel);
        return await GetAsync(id, http, db, secrets, cancel);
    }

    static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string id, HttpContext http, MonitorDbContext db, [FromServices] Secrets secrets, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Set<Recipient>().FirstOrDefaultAsync(r => r.Id == id, cancel) is not { } recipient)
        {
            return Problems.NotFound("recipient", id);
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        db.Remove(recipient);
        db.Audited(clock.GetUtcNow(), http.User.Actor(), "recipient.delete", id, before: RecipientView.Of(recipient, null, secrets));
        await db.SaveChangesAsync(cancel);
        await db.Set<Delivery>().Where(d => d.RecipientId == id && d.Status == DeliveryStatus.Pending).ExecuteUpdateAsync(set => set
            .SetProperty(d => d.Status, DeliveryStatus.Dead).SetProperty(d => d.LastResponse, "the recipient was deleted"), cancel);
        await db.Set<RecipientLane>().Where(l => l.RecipientId == id).ExecuteDeleteAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.NoContent();
    }
}
