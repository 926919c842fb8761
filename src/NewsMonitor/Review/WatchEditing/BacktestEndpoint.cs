using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Database;
using NewsMonitor.Operations.Http;
using NewsMonitor.Watches;
using Npgsql;

namespace NewsMonitor.Review.WatchEditing;

/// <param name="Watch">The watch to try; one with the id of a stored watch is compared with that.</param>
/// <param name="Since">Only articles fetched since then; all when left out.</param>
public sealed record BacktestBody(WatchBody? Watch, DateTimeOffset? Since);

/// <summary>One line of the answer: progress while it runs, then the result.</summary>
public sealed record BacktestLine(BacktestProgress? Progress, BacktestResult? Result);

static class BacktestEndpoint
{
    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

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
        var test = new Backtest(database, [watch.Entry().Definition], [.. stored.Select(w => WatchEntry.FromJson(w.Definition).Definition)]);
        var total = await test.CountAsync(body.Since, cancel);
        http.Response.ContentType = "application/x-ndjson; charset=utf-8";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var timer = Stopwatch.StartNew();
        var running = test.RunAsync(body.Since, cancel);
        while (!running.IsCompleted)
        {
            var progress = new BacktestProgress(test.Read, Math.Max(total, test.Read), Math.Round(timer.Elapsed.TotalSeconds, 2));
            await WriteAsync(http.Response, new BacktestLine(progress, null), cancel);
            await Task.WhenAny(running, Task.Delay(Step, clock, cancel));
        }

        await WriteAsync(http.Response, new BacktestLine(null, await running), cancel);
        return TypedResults.Empty;
    }

    static async Task WriteAsync(HttpResponse response, BacktestLine line, CancellationToken cancel)
    {
        await JsonSerializer.SerializeAsync(response.Body, line, AlertJson.Options, cancel);
        await response.Body.WriteAsync("\n"u8.ToArray(), cancel);
        await response.Body.FlushAsync(cancel);
    }
}
