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
    /// <summary>
    /// Waits for the turn of the address's host; null where it does not come within <paramref name="patience"/>, since the host wants to be
    /// left alone or another worker looks after it.
    /// </summary>
    public async Task<HostTurn?> TakeAsync(Uri uri, bool ownProxy, TimeSpan patience, CancellationToken cancellationToken)
    {
        var host = await HostKey.OfAsync(http, uri, ownProxy, cancellationToken);
        var end = time.GetUtcNow() + patience;
        while (true)
        {
            var (turn, later) = await gate.EnterAsync(host, patience, cancellationToken);
            if (turn is not null) return new HostTurn(host, turn);
            if (later > end) return null;
            var wait = later - time.GetUtcNow();
            if (wait > TimeSpan.Zero) await Task.Delay(wait, time, cancellationToken);
        }
    }

    /// <summary>
    /// Leaves a host alone that asks for it: the one that answered, which behind redirects is another than the one that was asked. A
    /// private host that the operator opened is often a bridge that makes feeds of many sites: what one of them is refused says nothing
    /// about the others, so there the wait is the feed's alone.
    /// </summary>
    /// <param name="uri">The address that was asked.</param>
    /// <param name="host">Its host, as politeness counts it.</param>
    /// <param name="answered">The address that answered; null where none did.</param>
    /// <param name="ownProxy">Asked through a proxy of the feed's own.</param>
    /// <param name="wait">What was asked for, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task HonourAsync(
        Uri uri, string host, Uri? answered, bool ownProxy, TimeSpan? wait, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (wait is not { } asked || asked <= TimeSpan.Zero) return;
        if (answered is not null && answered.Authority != uri.Authority)
            (uri, host) = (answered, await HostKey.OfAsync(http, answered, ownProxy, cancellationToken));
        System.Net.IPAddress.TryParse(host, out var address);
        if (!http.Guard.IsOpened(uri, address)) await gate.PauseAsync(host, asked < options.MaxInterval ? asked : options.MaxInterval);
    }
}
