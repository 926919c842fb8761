using System.Net;
using System.Net.Sockets;

namespace NewsMonitor.Outbound;

/// <summary>Opens TCP connections. Every address of the answer is judged here, and only a judged address is connected to.</summary>
public sealed class GuardedConnect(AddressGuard guard, DnsCache dns, TimeProvider time, TimeSpan timeout)
{
    /// <param name="host">Name or literal address.</param>
    /// <param name="port">TCP port.</param>
    /// <param name="trusted">True for the proxy of the configuration, which may be private.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<Stream> ConnectAsync(string host, int port, bool trusted, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var addresses = await ResolveAsync(host, port, trusted, both.Token);
            return await ConnectAnyAsync(host, port, addresses, both.Token);
        }
        catch (OperationCanceledException cause) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new OutboundException(OutboundFailure.Timeout,
                $"{host} did not accept a connection within {timeout.TotalSeconds:0.#} s.", cause);
        }
    }

    /// <summary>The addresses of a name, all of them allowed.</summary>
    /// <exception cref="OutboundException">Refused, or no address.</exception>
    public async ValueTask<IPAddress[]> ResolveAsync(string host, int port, bool trusted, CancellationToken cancellationToken)
    {
        IPAddress[] addresses;
        try
        {
            addresses = await dns.ResolveAsync(host, cancellationToken);
        }
        catch (SocketException cause)
        {
            throw new OutboundException(OutboundFailure.Dns, $"The name {host} could not be looked up ({cause.SocketErrorCode}).", cause);
        }
        if (addresses.Length == 0) throw new OutboundException(OutboundFailure.Dns, $"The name {host} has no address.");
        foreach (var address in addresses)
            if (!trusted && guard.Refuse(host, port, address) is { } reason) throw new OutboundException(OutboundFailure.Refused, reason);
        return addresses;
    }

    static async ValueTask<Stream> ConnectAnyAsync(string host, int port, IPAddress[] addresses, CancellationToken cancellationToken)
    {
        SocketException? last = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException cause)
            {
                socket.Dispose();
                last = cause;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
        throw new OutboundException(OutboundFailure.Connection, $"{host}:{port} could not be reached ({last?.SocketErrorCode}).", last);
    }
}
