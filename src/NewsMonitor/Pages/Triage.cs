using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Database;
using NewsMonitor.Operations.Http;
using NewsMonitor.Review.Triage;

namespace NewsMonitor.Pages;

/// <summary>What the page's forms change of alerts; the same edit as the API's. A script asks for the changed rows, a browser is sent back.</summary>
static class Triage
{
    public const string Fragment = "text/html-fragment";

    const int MostRows = 100;

    public static void MapTriage(this IEndpointRouteBuilder app)
    {
        app.MapPost("/do/alerts", ChangeAsync).RequireAuthorization(Session.Reviewer);
        app.MapGet("/do/alerts/rows", async (long[] id, MonitorDbContext db, CancellationToken stop) => await RowsAsync(db, id[..Math.Min(id.Length, MostRows)], stop));
    }

    static async Task<IResult> ChangeAsync(
        HttpContext http, [FromForm] AlertChangeForm form, MonitorDbContext db, TimeProvider clock, CancellationToken stop)
    {
        var edit = new AlertEdit { Note = string.IsNullOrWhiteSpace(form.Note) ? null : form.Note };
        edit = Names.TryParse<AlertStatus>(form.Status, out var status) ? edit with { Status = status } : edit;
        edit = form.Assign is null ? edit : edit with { Assignee = form.Assign };
        var now = clock.GetUtcNow();
        var alerts = await db.Set<Alert>().Where(a => form.Id.Contains(a.Id)).ToListAsync(stop);
        await edit.ApplyAsync(db, alerts, http.User.Actor(), now, stop);
        await db.SaveChangesAsync(stop);
        if (http.Request.Headers.Accept != Fragment)
        {
            return Results.LocalRedirect(Session.Local(form.ReturnTo));
        }

        return await RowsAsync(db, form.Id, stop);
    }

    static async Task<IResult> RowsAsync(MonitorDbContext db, long[] ids, CancellationToken stop)
    {
        var rows = await db.Set<Alert>().AsNoTracking().Where(a => ids.Contains(a.Id)).NewestFirst(null).Rows(db).ToListAsync(stop);
        return new RazorComponentResult<AlertRowsView>(new { Alerts = rows.ConvertAll(r => r.Document()) });
    }
}

/// <summary>The fields of the page's triage forms.</summary>
sealed class AlertChangeForm
{
    public long[] Id { get; set; } = [];
    public string? Status { get; set; }
    public string? Assign { get; set; }
    public string? Note { get; set; }
    public string? ReturnTo { get; set; }
}
