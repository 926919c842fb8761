using System.Net;
using System.Net.Sockets;

namespace NewsMonitor.Outbound;

/// <summary>Which addresses belong to the public Internet. Ranges from the IANA special-purpose registries for IPv4 and IPv6.</summary>
public static class PublicAddress
{
    static readonly (IPNetwork Range, string Name)[] NotPublic4 =
    [
        (IPNetwork.Parse("0.0.0.0/8"), "this network"),
        (IPNetwork.Parse("10.0.0.0/8"), "private"),
        (IPNetwork.Parse("100.64.0.0/10"), "carrier-grade NAT"),
        (IPNetwork.Parse("127.0.0.0/8"), "loopback"),
        (IPNetwork.Parse("168.63.129.16/32"), "cloud metadata"),
        (IPNetwork.Parse("169.254.0.0/16"), "link-local"),
        (IPNetwork.Parse("172.16.0.0/12"), "private"),
        (IPNetwork.Parse("192.0.0.0/24"), "protocol assignments"),
        (IPNetwork.Parse("192.0.2.0/24"), "documentation"),
        (IPNetwork.Parse("192.88.99.0/24"), "6to4 relay"),
        (IPNetwork.Parse("192.168.0.0/16"), "private"),
        (IPNetwork.Parse("198.18.0.0/15"), "benchmarking"),
        (IPNetwork.Parse("198.51.100.0/24"), "documentation"),
        (IPNetwork.Parse("203.0.113.0/24"), "documentation"),
        (IPNetwork.Parse("224.0.0.0/4"), "multicast"),
        (IPNetwork.Parse("240.0.0.0/4"), "reserved"),
    ];

    // Only 2000::/3 is handed out as global unicast; these parts of it lead elsewhere.
    static readonly IPNetwork GlobalUnicast6 = IPNetwork.Parse("2000::/3");
    static readonly (IPNetwork Range, string Name)[] NotPublic6 =
    [
        (IPNetwork.Parse("2001::/23"), "protocol assignments"),
        (IPNetwork.Parse("2001:db8::/32"), "documentation"),
        (IPNetwork.Parse("2002::/16"), "6to4"),
        (IPNetwork.Parse("3fff::/20"), "documentation"),
    ];
    static readonly (IPNetwork Range, string Name)[] Known6 =
    [
        (IPNetwork.Parse("::1/128"), "loopback"),
        (IPNetwork.Parse("::ffff:0:0/96"), "IPv4-mapped"),
        (IPNetwork.Parse("64:ff9b::/32"), "NAT64"),
        (IPNetwork.Parse("fc00::/7"), "private"),
        (IPNetwork.Parse("fe80::/10"), "link-local"),
        (IPNetwork.Parse("fec0::/10"), "site-local"),
        (IPNetwork.Parse("ff00::/8"), "multicast"),
    ];

    public static bool IsPublic(IPAddress address) => WhyNot(address) is null;

    /// <summary>The kind of range that makes an address not public ("loopback", "private" ...), or null for a public one.</summary>
    public static string? WhyNot(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.AddressFamily == AddressFamily.InterNetwork) return Name(NotPublic4, address);
        return IsWithin(GlobalUnicast6, address) ? Name(NotPublic6, address) : Name(Known6, address) ?? "reserved";
    }

    /// <summary>
    /// Bit for bit within one family. (IPNetwork.Contains takes an IPv4-mapped address for its IPv4 part and compares across families.)
    /// </summary>
    public static bool IsWithin(IPNetwork range, IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (range.BaseAddress.AddressFamily != address.AddressFamily) return false;
        var (wanted, given) = (range.BaseAddress.GetAddressBytes(), address.GetAddressBytes());
        var (whole, rest) = Math.DivRem(range.PrefixLength, 8);
        return wanted.AsSpan(0, whole).SequenceEqual(given.AsSpan(0, whole))
            && (rest == 0 || (wanted[whole] ^ given[whole]) >> (8 - rest) == 0);
    }

    static string? Name((IPNetwork Range, string Name)[] ranges, IPAddress address)
    {
        foreach (var (range, name) in ranges)
            if (IsWithin(range, address)) return name;
        return null;
    }
}
