using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Operations.Http;
using NewsMonitor.Watches;
using Npgsql;

namespace NewsMonitor.Review.WatchEditing;

/// <param name="Watch">The watch to try; one with the id of a stored watch is compared with that.</param>
/// <param name="Since">Only articles fetched since then; all when left out.</param>
public sealed record BacktestBody(WatchBody? Watch, DateTimeOffset? Since);

static class BacktestEndpoint
{
    /// <summary>Closing the connection cancels it.</summary>
    public static async Task<Results<EmptyHttpResult, ProblemHttpResult>> RunAsync(
        BacktestBody body, HttpContext http, MonitorDbContext db, NpgsqlDataSource database, TimeProvider clock, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        var watch = body.Watch is null ? null : body.Watch with { Id = body.Watch.Id ?? "new" };
        if (watch is null)
        {
            errors.Add("watch", "is missing.");
        }

        if (watch?.Compile(errors, "watch.") is null)
        {
            return errors.ToProblem();
        }

        var stored = await db.Set<Watch>().AsNoTracking().Where(w => w.Id == watch.Id).ToListAsync(cancel);
        var test = new Backtest(database, [watch.Entry().Definition],
            [.. stored.Select(w => WatchEntry.FromJson(w.Definition).Definition)]);
        var total = await test.CountAsync(body.Since, cancel);
        await ProgressLines.WriteAsync(http, test.RunAsync(body.Since, cancel), () => test.Read, total, clock, cancel);
        return TypedResults.Empty;
    }
}
