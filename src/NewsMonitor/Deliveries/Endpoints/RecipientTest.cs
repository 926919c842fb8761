using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Operations;
using NewsMonitor.Operations.Http;

namespace NewsMonitor.Deliveries.Endpoints;

/// <summary>What a test message met. <c>Said</c> is the other side's answer or our error.</summary>
public sealed record TestResult(VerdictKind Verdict, int? Status, string Said, long Delivery);

static class RecipientTest
{
    /// <summary>Past the queue, so that the caller hears the answer; kept as a delivery that has ended, whichever way.</summary>
    public static async Task<Results<Ok<TestResult>, ProblemHttpResult>> RunAsync(
        string id, HttpContext http, MonitorDbContext db, [FromServices] Secrets secrets, [FromServices] MessageMaker messages,
        [FromServices] Func<RecipientKind, IChannel> channels, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Set<Recipient>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, cancel) is not { } recipient)
        {
            return Problems.NotFound("recipient", id);
        }
        return TypedResults.Ok(await SendAsync(db, recipient, secrets, messages, channels, http.User.Actor(), clock, cancel));
    }

    public static async Task<TestResult> SendAsync(
        MonitorDbContext db, Recipient recipient, Secrets secrets, MessageMaker messages, Func<RecipientKind, IChannel> channels, string actor,
        TimeProvider clock, CancellationToken cancel)
    {
        var (now, id) = (clock.GetUtcNow(), recipient.Id);
        var words = Wording.For(recipient.Settings.Language);
        var test = Planning.Owe(id, MessageEvent.Test, "", now, notice: words.TestNotice);
        test.Key = string.Create(CultureInfo.InvariantCulture, $"test:{id}:{test.MessageId}");
        var message = (await messages.MakeAsync(db, recipient, [test], cancel))[test.Id];
        var verdict = await channels.SendAsync(message, recipient, secrets, now, cancel);
        var sent = verdict.Kind == VerdictKind.Sent;
        (test.Status, test.Attempts, test.LastStatus, test.LastResponse) =
            (sent ? DeliveryStatus.Sent : DeliveryStatus.Dead, 1, verdict.Status, verdict.Said);
        test.SentAt = sent ? clock.GetUtcNow() : null;
        db.Add(test);
        db.Audited(now, actor, "recipient.test", id, after: new { verdict.Kind, verdict.Status, verdict.Said });
        await db.SaveChangesAsync(cancel);
        return new TestResult(verdict.Kind, verdict.Status, verdict.Said, test.Id);
    }
}
