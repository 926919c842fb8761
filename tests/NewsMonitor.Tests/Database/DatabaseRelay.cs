using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace NewsMonitor.Tests.Database;

/// <summary>
/// Stands between a service and its PostgreSQL, and can be taken away: connections break and new ones are refused, as when the server
/// stops, without stopping it for the other tests.
/// </summary>
sealed class DatabaseRelay : IAsyncDisposable
{
    readonly NpgsqlConnectionStringBuilder _server;
    readonly int _port;
    readonly List<Socket> _open = [];
    TcpListener? _listener;
    int _accepted;

    public DatabaseRelay(string connectionString)
    {
        _server = new NpgsqlConnectionStringBuilder(connectionString);
        Open();
        _port = ((IPEndPoint)_listener!.LocalEndpoint).Port;
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString) { Host = "127.0.0.1", Port = _port }.ConnectionString;
    }

    public string ConnectionString { get; }

    /// <summary>Told of every connection, by its number from 1 on.</summary>
    public Action<int> Accepted { get; set; } = _ => { };

    public void Open()
    {
        _listener = new TcpListener(IPAddress.Loopback, _port);
        _listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Start();
        _ = AcceptAsync(_listener);
    }

    public void Close()
    {
        lock (_open)
        {
            _listener?.Stop();
            _listener = null;
            foreach (var socket in _open) socket.Dispose();
            _open.Clear();
        }
    }

    async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptSocketAsync();
                Accepted(Interlocked.Increment(ref _accepted));
                _ = CarryAsync(client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Closed.
        }
    }

    async Task CarryAsync(Socket client)
    {
        var unix = _server.Host!.StartsWith('/');
        var server = unix
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        lock (_open)
        {
            if (_listener is null)
            {
                client.Dispose();
                return;
            }
            _open.AddRange([client, server]);
        }
        try
        {
            if (unix) await server.ConnectAsync(new UnixDomainSocketEndPoint($"{_server.Host}/.s.PGSQL.{_server.Port}"));
            else await server.ConnectAsync(_server.Host!, _server.Port);
            await Task.WhenAny(CopyAsync(client, server), CopyAsync(server, client));
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            // Cut.
        }
        client.Dispose();
        server.Dispose();
    }

    static async Task CopyAsync(Socket from, Socket to)
    {
        await using var source = new NetworkStream(from);
        await using var target = new NetworkStream(to);
        await source.CopyToAsync(target);
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }
}
