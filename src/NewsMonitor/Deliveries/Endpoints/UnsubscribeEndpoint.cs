using System.Net;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Operations;

namespace NewsMonitor.Deliveries.Endpoints;

/// <summary>
/// What List-Unsubscribe leads to. A mail program POSTs and it is done (RFC 8058); a person who follows the link gets a button, since
/// scanners follow every link of a message.
/// </summary>
public static class UnsubscribeEndpoint
{
    public static void MapUnsubscribe(this IEndpointRouteBuilder root)
    {
        root.MapGet("/unsubscribe/{id}/{token}", AskAsync).AllowAnonymous().ExcludeFromDescription();
        root.MapPost("/unsubscribe/{id}/{token}", StopAsync).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
    }

    static async Task<IResult> AskAsync(string id, string token, MonitorDbContext db, [FromServices] Unsubscribing unsubscribing, CancellationToken cancel) =>
        await FindAsync(db, unsubscribing, id, token, cancel) is { } recipient
            ? Page($"<form method=\"post\"><button>Unsubscribe / إلغاء الاشتراك</button></form><p>{WebUtility.HtmlEncode(recipient.Target)}</p>")
            : Results.NotFound();

    static async Task<IResult> StopAsync(
        string id, string token, MonitorDbContext db, [FromServices] Unsubscribing unsubscribing, [FromServices] Notices notices,
        TimeProvider clock, CancellationToken cancel)
    {
        if (await FindAsync(db, unsubscribing, id, token, cancel) is not { } recipient)
        {
            return Results.NotFound();
        }
        await notices.DisableAsync(recipient.Id, "it was unsubscribed by the link in its messages.", cancel);
        db.Audited(clock.GetUtcNow(), "unsubscribe link", "recipient.unsubscribe", recipient.Id);
        await db.SaveChangesAsync(cancel);
        return Page("<p>Unsubscribed. تم إلغاء الاشتراك.</p>");
    }

    static async Task<Recipient?> FindAsync(MonitorDbContext db, Unsubscribing unsubscribing, string id, string token, CancellationToken cancel) =>
        await db.Set<Recipient>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == id && r.Kind == RecipientKind.Email, cancel) is { } recipient
            && unsubscribing.IsToken(recipient, token) ? recipient : null;

    static IResult Page(string body) => Results.Content(
        $"<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>News Monitor</title>{body}</html>",
        "text/html; charset=utf-8");
}
