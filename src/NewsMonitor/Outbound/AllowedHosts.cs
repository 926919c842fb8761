using System.Globalization;
using System.Net;

namespace NewsMonitor.Outbound;

/// <summary>
/// The private places that the operator opened by name: <c>host</c>, <c>host:port</c>, an address, <c>[v6]:port</c> or a CIDR range.
/// </summary>
public sealed class AllowedHosts
{
    readonly List<(string Host, int? Port)> _hosts = [];
    readonly List<IPNetwork> _ranges = [];

    public static readonly AllowedHosts None = new([]);

    /// <exception cref="FormatException">An entry is none of the forms; the message names it.</exception>
    public AllowedHosts(IEnumerable<string> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach (var entry in entries.Select(e => e.Trim()).Where(e => e.Length > 0)) Add(entry);
    }

    /// <summary>A range can admit a name that is refused by itself (localhost), so such a name is judged by its addresses.</summary>
    public bool HasRanges => _ranges.Count > 0;

    public bool Allows(string host, int port) => _hosts.Exists(
        h => h.Host.Equals(Plain(host), StringComparison.OrdinalIgnoreCase) && (h.Port is null || h.Port == port));

    public bool Allows(string host, int port, IPAddress address)
    {
        if (Allows(host, port)) return true;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return _ranges.Exists(r => PublicAddress.IsWithin(r, address) || PublicAddress.IsWithin(r, plain));
    }

    void Add(string entry)
    {
        if (entry.Contains('/', StringComparison.Ordinal))
        {
            if (!IPNetwork.TryParse(entry, out var range)) throw Bad(entry, "is no CIDR range such as 10.1.0.0/16");
            _ranges.Add(range);
            return;
        }
        if (!entry.Contains("]:", StringComparison.Ordinal) && IPAddress.TryParse(entry, out var address))
        {
            _ranges.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            return;
        }
        var colon = entry.LastIndexOf(':');
        var host = colon < 0 ? entry : entry[..colon];
        int? port = null;
        if (colon >= 0)
        {
            if (!int.TryParse(entry.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number is < 1 or > 65535) throw Bad(entry, "has no port number between 1 and 65535 after the colon");
            port = number;
        }
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown) throw Bad(entry, "is neither a host name, an address nor a CIDR range");
        _hosts.Add((Plain(host), port));
    }

    static string Plain(string host) => host.TrimEnd('.').TrimStart('[').TrimEnd(']');

    static FormatException Bad(string entry, string why) => new($"Monitor__Outbound__AllowedHosts: '{entry}' {why}.");
}
