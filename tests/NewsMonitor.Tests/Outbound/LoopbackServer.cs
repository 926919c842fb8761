using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace NewsMonitor.Tests.Outbound;

/// <summary>A real Kestrel on a loopback port; counts what it is asked.</summary>
sealed class LoopbackServer : IAsyncDisposable
{
    readonly WebApplication _app;
    int _requests;

    LoopbackServer(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    public int Port => Address.Port;

    public int Requests => _requests;

    public static async Task<LoopbackServer> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(k => k.Limits.MinResponseDataRate = null);
        var server = new LoopbackServer(builder.Build());
        server._app.Run(context =>
        {
            Interlocked.Increment(ref server._requests);
            return answer(context);
        });
        await server._app.StartAsync();
        server.Address = new Uri(server._app.Urls.First());
        return server;
    }

    public Uri At(string path) => new(Address, path);

    public Uri At(string host, string path) => new($"http://{host}:{Port}{path}");

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
