using NewsMonitor.Outbound;

namespace NewsMonitor.Feeds;

/// <param name="Host">What politeness counts the address as.</param>
/// <param name="Place">Its place in the host's queue; disposed of after the request.</param>
public sealed record HostTurn(string Host, IDisposable Place) : IDisposable
{
    public void Dispose() => Place.Dispose();
}

/// <summary>The same politeness for all that is asked of a newsroom's host: feeds, article pages, pages searched for feeds.</summary>
public sealed class HostTurns(OutboundHttp http, HostGate gate, FetchOptions options, TimeProvider time)
{
    /// <summary>Waits for the turn of the address's host; null where the host is left alone for longer than that.</summary>
    public async Task<HostTurn?> TakeAsync(Uri uri, bool ownProxy, TimeSpan patience, CancellationToken cancellationToken)
    {
        var host = await HostKey.OfAsync(http, uri, ownProxy, cancellationToken);
        while (true)
        {
            var (turn, later) = await gate.EnterAsync(host, patience, cancellationToken);
            if (turn is not null) return new HostTurn(host, turn);
            var wait = later - time.GetUtcNow();
            if (wait > patience) return null;
            if (wait > TimeSpan.Zero) await Task.Delay(wait, time, cancellationToken);
        }
    }

    /// <summary>
    /// Leaves a host alone that asks for it. A private host that the operator opened is often a bridge that makes feeds of many sites: what
    /// one of them is refused says nothing about the others, so there the wait is the feed's alone.
    /// </summary>
    public async Task HonourAsync(Uri uri, string host, TimeSpan? wait)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (wait is not { } asked || asked <= TimeSpan.Zero) return;
        System.Net.IPAddress.TryParse(host, out var address);
        if (!http.Guard.IsOpened(uri, address)) await gate.PauseAsync(host, asked < options.MaxInterval ? asked : options.MaxInterval);
    }
}
