using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace NewsMonitor.Tests.Deliveries;

/// <summary>A request as it arrived.</summary>
sealed record Arrival(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);
}

/// <summary>A real HTTP server on loopback that answers as the test says and keeps what it got.</summary>
sealed class HttpFarSide : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly List<Arrival> _arrivals = [];

    HttpFarSide(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First() + "/");

    public IReadOnlyList<Arrival> Arrivals
    {
        get
        {
            lock (_arrivals)
            {
                return [.. _arrivals];
            }
        }
    }

    public static async Task<HttpFarSide> Start(Func<HttpContext, Arrival, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var side = new HttpFarSide(app);
        app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            var arrival = new Arrival(
                http.Request.Path + http.Request.QueryString,
                http.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString()),
                body.ToArray());
            lock (side._arrivals)
            {
                side._arrivals.Add(arrival);
            }
            await answer(http, arrival);
        });
        await app.StartAsync();
        return side;
    }

    public static Task<HttpFarSide> Start(int status, string body = "", params (string Name, string Value)[] headers) => Start((http, _) =>
    {
        http.Response.StatusCode = status;
        foreach (var (name, value) in headers)
        {
            http.Response.Headers[name] = value;
        }
        return http.Response.WriteAsync(body);
    });

    public async ValueTask DisposeAsync()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _app.StopAsync(stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        await _app.DisposeAsync();
    }
}

/// <summary>A mail server of a few lines that answers each command as the test says: real servers cannot be made to misbehave at will.</summary>
sealed class SmtpFarSide : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _stop = new();
    readonly Func<string, string?> _answer;
    readonly Task _running;

    /// <param name="answer">From a command line to a reply; null hangs up, an empty reply says nothing at all.</param>
    public SmtpFarSide(Func<string, string?> answer)
    {
        _answer = answer;
        _listener.Start();
        _running = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static string? Agreeable(string command) => command.Split(' ', ':')[0].ToUpperInvariant() switch
    {
        "" => "220 ready",
        "EHLO" => "250-far.example.org\r\n250 8BITMIME",
        "DATA" => "354 go on",
        "QUIT" => "221 bye",
        _ => "250 fine",
    };

    async Task Accept()
    {
        try
        {
            while (true)
            {
                _ = Talk(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (OperationCanceledException)
        {
            _listener.Stop();
        }
    }

    async Task Talk(TcpClient client)
    {
        using var _ = client;
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        try
        {
            var line = "";
            do
            {
                if (line == "DATA")
                {
                    await Say(stream, _answer("DATA"));
                    while (await reader.ReadLineAsync(_stop.Token) is { } data && data != ".")
                    {
                    }
                    line = ".";
                }
                if (!await Say(stream, _answer(line)))
                {
                    return;
                }
            }
            while ((line = await reader.ReadLineAsync(_stop.Token)) is not null);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return;
        }
    }

    async Task<bool> Say(Stream stream, string? reply)
    {
        if (reply is { Length: > 0 })
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(reply + "\r\n"), _stop.Token);
        }
        return reply is not null;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }
}
