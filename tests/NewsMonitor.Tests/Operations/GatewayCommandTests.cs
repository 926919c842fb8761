using System.Net;
using System.Net.Sockets;
using NewsMonitor.Operations;

namespace NewsMonitor.Tests.Operations;

/// <summary>Workers stand on 127.0.0.2, 127.0.0.3 ... at one port, as containers behind one name do.</summary>
public sealed class GatewayCommandTests : IDisposable
{
    readonly CancellationTokenSource _stop = new(TimeSpan.FromMinutes(1));

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    [Fact]
    public async Task ConnectionsAreSharedAmongTheWorkers()
    {
        using var first = Listen("127.0.0.2", 0);
        var port = ((IPEndPoint)first.LocalEndpoint).Port;
        using var second = Listen("127.0.0.3", port);
        _ = AnswerAsync(first, "first");
        _ = AnswerAsync(second, "second");
        var gateway = Start(port, "127.0.0.2", "127.0.0.3");

        var answers = new HashSet<string> { await AskAsync(gateway), await AskAsync(gateway) };

        Assert.Equal(["first: hello", "second: hello"], answers.Order());
    }

    [Fact]
    public async Task WorkerThatIsGoneIsPassedOver()
    {
        using var alive = Listen("127.0.0.3", 0);
        _ = AnswerAsync(alive, "alive");
        var gateway = Start(((IPEndPoint)alive.LocalEndpoint).Port, "127.0.0.2", "127.0.0.3");

        for (var i = 0; i < 4; i++)
        {
            Assert.Equal("alive: hello", await AskAsync(gateway));
        }
    }

    [Fact]
    public async Task WithoutWorkersTheConnectionIsClosed()
    {
        var gateway = Start(1, "127.0.0.2");

        Assert.Equal("", await AskAsync(gateway));
    }

    [Fact]
    public async Task WorkerThatBreaksOffEndsTheClientsConnection()
    {
        using var worker = Listen("127.0.0.2", 0);
        var gateway = Start(((IPEndPoint)worker.LocalEndpoint).Port, "127.0.0.2");
        using var client = new TcpClient();
        await client.ConnectAsync(gateway, _stop.Token);
        using (var accepted = await worker.AcceptSocketAsync(_stop.Token))
        {
            // A killed process resets its connections: zero lingering does the same.
            accepted.LingerState = new LingerOption(true, 0);
        }

        Assert.Equal(0, await ReadOrEndAsync(client));
    }

    /// <summary>Bytes read, 0 where the connection ended or broke.</summary>
    async Task<int> ReadOrEndAsync(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[1], _stop.Token);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    IPEndPoint Start(int port, params string[] workers)
    {
        var listener = Listen("127.0.0.1", 0);
        var addresses = workers.Select(IPAddress.Parse).ToArray();
        _ = GatewayCommand.RunAsync(listener, _ => Task.FromResult(addresses), port, _stop.Token)
            .ContinueWith(_ => listener.Dispose(), TaskScheduler.Default);
        return (IPEndPoint)listener.LocalEndpoint;
    }

    static TcpListener Listen(string address, int port)
    {
        var listener = new TcpListener(IPAddress.Parse(address), port);
        listener.Start();
        return listener;
    }

    async Task AnswerAsync(TcpListener listener, string name)
    {
        while (!_stop.IsCancellationRequested)
        {
            using var socket = await listener.AcceptTcpClientAsync(_stop.Token);
            var stream = socket.GetStream();
            using var reader = new StreamReader(stream);
            var question = await reader.ReadToEndAsync(_stop.Token);
            await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"{name}: {question}"), _stop.Token);
        }
    }

    async Task<string> AskAsync(IPEndPoint gateway)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(gateway, _stop.Token);
        var stream = client.GetStream();
        try
        {
            await stream.WriteAsync("hello"u8.ToArray(), _stop.Token);
            client.Client.Shutdown(SocketShutdown.Send);
            using var reader = new StreamReader(stream);
            return await reader.ReadToEndAsync(_stop.Token);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
