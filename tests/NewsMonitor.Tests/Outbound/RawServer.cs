using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NewsMonitor.Tests.Outbound;

/// <summary>A TCP server that says whatever a test wants, well-formed HTTP or not.</summary>
sealed class RawServer : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _stop = new();
    readonly Task _loop;
    int _connections;

    public RawServer(Func<Stream, CancellationToken, Task> answer)
    {
        _listener.Start();
        _loop = Task.Run(() => AcceptAsync(answer));
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections => _connections;

    public Uri Address => new($"http://127.0.0.1:{Port}/");

    async Task AcceptAsync(Func<Stream, CancellationToken, Task> answer)
    {
        while (!_stop.IsCancellationRequested)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync(_stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            Interlocked.Increment(ref _connections);
            _ = ServeAsync(client, answer);
        }
    }

    async Task ServeAsync(TcpClient client, Func<Stream, CancellationToken, Task> answer)
    {
        using (client)
        {
            try
            {
                await answer(client.GetStream(), _stop.Token);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException)
            {
                // The client hung up or the test is over: what these servers provoke.
                return;
            }
        }
    }

    public static async Task<string> ReadHeadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, cancellationToken) == 1)
            head.Append((char)one[0]);
        return head.ToString();
    }

    public static Task SayAsync(Stream stream, string text, CancellationToken cancellationToken) =>
        stream.WriteAsync(Encoding.Latin1.GetBytes(text), cancellationToken).AsTask();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
    }
}
