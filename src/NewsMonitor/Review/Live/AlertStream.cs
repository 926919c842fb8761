using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NewsMonitor.Alerts;
using NewsMonitor.Database;
using NewsMonitor.Operations.Http;
using NewsMonitor.Review.Triage;

namespace NewsMonitor.Review.Live;

/// <summary>
/// Alerts as server-sent events. A client that comes back with Last-Event-ID, to this worker or another, gets all that it missed, once and
/// in order; one that comes without starts with what happens next.
/// </summary>
static class AlertStream
{
    /// <summary>How often the table is looked at although nobody has called.</summary>
    static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    public static async Task<Results<EmptyHttpResult, ProblemHttpResult>> OpenAsync(
        [AsParameters] AlertQuery query,
        [FromHeader(Name = "Last-Event-ID"), Description("Number of the last event that was received.")] string? lastEventId,
        [FromQuery(Name = "lastEventId"), Description("The same, for clients that cannot set headers.")] string? last,
        HttpContext http, IDbContextFactory<MonitorDbContext> databases, AlertSignal signal, IOptions<ReviewOptions> options,
        TimeProvider clock,
        IHostApplicationLifetime life)
    {
        var errors = new FieldErrors();
        query.TryRead(errors, out var filter);
        var given = string.IsNullOrEmpty(lastEventId) ? last : lastEventId;
        var seen = -1L;
        if (!string.IsNullOrEmpty(given) && (!long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out seen)))
        {
            errors.Add("Last-Event-ID", "is none of ours; pass the id of the last event as it came.");
        }

        if (errors.Any)
        {
            return errors.ToProblem();
        }

        // A stopping host must not wait for clients that never leave.
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        try
        {
            if (seen < 0)
            {
                // Where the stream starts is known before the client hears that it is connected: nothing falls in between.
                await using var db = await databases.CreateDbContextAsync(ends.Token);
                await AlertEvents.NumberAsync(db, ends.Token);
                seen = await AlertEvents.LastAsync(db, ends.Token);
            }

            StartAnswer(http);
            await RunAsync(http, seen, filter, databases, signal, options.Value, clock, ends.Token);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            return TypedResults.Empty;
        }

        return TypedResults.Empty;
    }

    static void StartAnswer(HttpContext http)
    {
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    static async Task RunAsync(
        HttpContext http, long seen, AlertFilter filter, IDbContextFactory<MonitorDbContext> databases, AlertSignal signal,
        ReviewOptions options, TimeProvider clock, CancellationToken cancel)
    {
        var response = http.Response;
        var (quietSince, allowedAt) = (clock.GetTimestamp(), clock.GetTimestamp());
        await WriteAsync(response, string.Create(CultureInfo.InvariantCulture, $"retry: 2000\nid: {seen}\n: connected\n\n"), cancel);
        while (true)
        {
            var changed = signal.Next;
            bool more;
            await using (var db = await databases.CreateDbContextAsync(cancel))
            {
                // A stream lives long: its key is looked up again as that of every other request.
                if (clock.GetElapsedTime(allowedAt) >= options.Heartbeat)
                {
                    if (!await IsAllowedAsync(http, db, clock.GetUtcNow(), cancel))
                    {
                        return;
                    }

                    allowedAt = clock.GetTimestamp();
                }

                await AlertEvents.NumberAsync(db, cancel);
                var newest = await AlertEvents.LastAsync(db, cancel);

                // A number beyond the newest comes from another life of the database; nothing after it would ever be seen.
                seen = Math.Min(seen, newest);
                var (events, upTo) = await AlertEvents.AfterAsync(db, seen, filter, cancel);
                foreach (var (number, alert) in events)
                {
                    var data = JsonSerializer.Serialize(alert, AlertJson.Options);
                    await WriteAsync(response,
                        string.Create(CultureInfo.InvariantCulture, $"id: {number}\nevent: {alert.Type}\ndata: {data}\n\n"), cancel);
                    quietSince = clock.GetTimestamp();
                }

                (more, seen) = (upTo > seen, upTo);
            }

            if (more)
            {
                continue;
            }

            var wait = options.Heartbeat < Look ? options.Heartbeat : Look;
            await Task.WhenAny(changed, Task.Delay(wait, clock, cancel));
            cancel.ThrowIfCancellationRequested();
            if (clock.GetElapsedTime(quietSince) >= options.Heartbeat)
            {
                // The comment carries no event, but the id moves the client past everything that its filter left out.
                await WriteAsync(response, string.Create(CultureInfo.InvariantCulture, $": heartbeat\nid: {seen}\n\n"), cancel);
                quietSince = clock.GetTimestamp();
            }
        }
    }

    // People whom a reverse proxy vouches for have no key.
    static async Task<bool> IsAllowedAsync(HttpContext http, MonitorDbContext db, DateTimeOffset now, CancellationToken cancel) =>
        http.User.FindFirst(ApiKeyAuthentication.KeyId)?.Value is not { } id
        || await ApiKeys.IsLiveAsync(db, long.Parse(id, CultureInfo.InvariantCulture), now, cancel);

    static async Task WriteAsync(HttpResponse response, string text, CancellationToken cancel)
    {
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), cancel);
        await response.Body.FlushAsync(cancel);
    }
}
