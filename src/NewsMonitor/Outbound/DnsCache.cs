using System.Collections.Concurrent;
using System.Net;

namespace NewsMonitor.Outbound;

/// <summary>Asks the system for the addresses of a name; tests put their own answers here.</summary>
public delegate Task<IPAddress[]> HostResolver(string host, CancellationToken cancellationToken);

/// <summary>
/// Keeps DNS answers for a short while. Safe beside the guard, which judges the very addresses that are connected to, cached or not.
/// </summary>
public sealed class DnsCache(HostResolver resolver, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);
    const int Bound = 50_000;

    readonly ConcurrentDictionary<string, (DateTimeOffset Until, IPAddress[] Addresses)> _answers = new(StringComparer.OrdinalIgnoreCase);

    public static HostResolver System { get; } = (host, cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken);

    public async ValueTask<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var literal)) return [literal];
        var now = time.GetUtcNow();
        if (_answers.TryGetValue(host, out var known) && known.Until > now) return known.Addresses;
        var addresses = await resolver(host, cancellationToken);
        if (_answers.Count >= Bound) _answers.Clear();
        if (addresses.Length > 0) _answers[host] = (now + Lifetime, addresses);
        return addresses;
    }
}
