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
            return await ConnectAnyAsync(host, port, addresses, timeout / addresses.Length, both.Token);
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

    /// <summary>
    /// One address after the other. Each has its share of the time, so that one which swallows all packets leaves some to the next.
    /// </summary>
    async ValueTask<Stream> ConnectAnyAsync(
        string host, int port, IPAddress[] addresses, TimeSpan share, CancellationToken cancellationToken)
    {
        SocketException? last = null;
        foreach (var address in addresses)
        {
            using var limit = new CancellationTokenSource(share, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), both.Token);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException cause)
            {
                socket.Dispose();
                last = cause;
            }
            catch (OperationCanceledException) when (address != addresses[^1] && !cancellationToken.IsCancellationRequested)
            {
                socket.Dispose();
                last = new SocketException((int)SocketError.TimedOut);
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
