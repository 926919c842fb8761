using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace NewsMonitor.Tests.EndToEnd;

/// <summary>A real HTTP server on loopback: newsrooms that serve feeds, and endpoints that receive webhooks.</summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly ConcurrentDictionary<string, (string Body, string Type, int Status)> _pages = new();

    public ConcurrentQueue<ReceivedRequest> Received { get; } = new();

    /// <summary>What a POST is answered with; 200 unless told otherwise.</summary>
    public Func<HttpContext, Task<int>> OnPost { get; set; } = _ => Task.FromResult(200);

    public Uri Address => new(_app.Urls.First());

    LoopbackServer(WebApplication app) => _app = app;

    public static async Task<LoopbackServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new LoopbackServer(app);
        app.MapGet("/{**path}", server.Get);
        app.MapPost("/{**path}", (Delegate)server.PostAsync);
        await app.StartAsync();
        return server;
    }

    public Uri Serve(string path, string body, string type = "application/rss+xml; charset=utf-8", int status = 200)
    {
        _pages[path.TrimStart('/')] = (body, type, status);
        return new Uri(Address, path);
    }

    IResult Get(string? path) => _pages.TryGetValue(path ?? "", out var page)
        ? Results.Text(page.Body, page.Type, statusCode: page.Status)
        : Results.NotFound();

    async Task<IResult> PostAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        Received.Enqueue(new ReceivedRequest(context.Request.Path, headers, body));
        return Results.StatusCode(await OnPost(context));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

public sealed record ReceivedRequest(string Path, IReadOnlyDictionary<string, string> Headers, string Body);
