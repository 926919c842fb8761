using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using NewsMonitor.Alerts;

namespace NewsMonitor.Review.WatchEditing;

/// <summary>How far work on the archive has come.</summary>
public sealed record ScanProgress(long Articles, long Total, double Seconds);

/// <summary>One line of the answer: progress while it runs, then the result.</summary>
public sealed record ProgressLine<T>(ScanProgress? Progress, T? Result) where T : class;

/// <summary>Long work as one JSON object a line: progress twice a second, the result last. Closing the connection cancels it.</summary>
static class ProgressLines
{
    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    public static async Task WriteAsync<T>(
        HttpContext http, Task<T> running, Func<long> read, long total, TimeProvider clock, CancellationToken cancel) where T : class
    {
        http.Response.ContentType = "application/x-ndjson; charset=utf-8";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var timer = Stopwatch.StartNew();
        while (!running.IsCompleted)
        {
            var articles = read();
            var progress = new ScanProgress(articles, Math.Max(total, articles), Math.Round(timer.Elapsed.TotalSeconds, 2));
            await WriteAsync(http.Response, new ProgressLine<T>(progress, null), cancel);
            await Task.WhenAny(running, Task.Delay(Step, clock, cancel));
        }

        await WriteAsync(http.Response, new ProgressLine<T>(null, await running), cancel);
    }

    static async Task WriteAsync<T>(HttpResponse response, ProgressLine<T> line, CancellationToken cancel) where T : class
    {
        await JsonSerializer.SerializeAsync(response.Body, line, AlertJson.Options, cancel);
        await response.Body.WriteAsync("\n"u8.ToArray(), cancel);
        await response.Body.FlushAsync(cancel);
    }
}
