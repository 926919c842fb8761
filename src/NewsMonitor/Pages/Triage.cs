using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Database;
using NewsMonitor.Operations.Http;
using NewsMonitor.Review.Triage;

namespace NewsMonitor.Pages;

/// <summary>What the page's forms change of alerts; the same edit as the API's. A script asks for the changed rows, a browser is sent
/// back.</summary>
static class Triage
{
    public const string Fragment = "text/html-fragment";

    const int MostRows = 100, MostAtOnce = 1000;

    public static void MapTriage(this IEndpointRouteBuilder app)
    {
        app.MapPost("/do/alerts", ChangeAsync).RequireAuthorization(Session.Reviewer);
        app.MapGet("/do/alerts/rows", async (long[] id, MonitorDbContext db, CancellationToken stop) =>
            await RowsAsync(db, id[..Math.Min(id.Length, MostRows)], stop));
    }

    static async Task<IResult> ChangeAsync(
        HttpContext http, [FromForm] AlertChangeForm form, MonitorDbContext db, TimeProvider clock, CancellationToken stop)
    {
        var edit = new AlertEdit { Note = string.IsNullOrWhiteSpace(form.Note) ? null : form.Note };
        var (status, ids) = form.One?.Split(':') is [var one, var only] && long.TryParse(only, CultureInfo.InvariantCulture, out var id)
            ? (one, [id])
            : (form.Status, form.Id.Distinct().Take(MostAtOnce).ToArray());
        edit = Names.TryParse<AlertStatus>(status, out var wanted) ? edit with { Status = wanted } : edit;
        edit = form.Assign is null ? edit : edit with { Assignee = form.Assign };
        if (edit.Check() is { Any: true } errors)
        {
            return IsScript(http) ? errors.ToProblem() : Results.LocalRedirect(Session.Local(form.ReturnTo));
        }

        // Locked, so that the pipeline's own changes of the rows wait instead of failing the reader's.
        var now = clock.GetUtcNow();
        await using (var transaction = await db.Database.BeginTransactionAsync(stop))
        {
            await edit.ApplyAsync(db, await db.LockAlertsAsync(ids, stop), http.User.Actor(), now, stop);
            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
        }

        return IsScript(http) ? await RowsAsync(db, ids, stop) : Results.LocalRedirect(Session.Local(form.ReturnTo));
    }

    static bool IsScript(HttpContext http) => http.Request.Headers.Accept == Fragment;

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

    /// <summary>A button that stands in one alert's own row: "status:id", whatever else is chosen.</summary>
    public string? One { get; set; }
    public string? Assign { get; set; }
    public string? Note { get; set; }
    public string? ReturnTo { get; set; }
}
