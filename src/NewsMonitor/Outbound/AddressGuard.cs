using System.Net;
using System.Text.RegularExpressions;

namespace NewsMonitor.Outbound;

/// <summary>
/// Decides where the service may connect to. Pure: no look-up happens here. A URL is judged before anything is sent, and every
/// address is judged again at the moment of connecting, so neither a redirect nor a changed DNS answer leads inside.
/// </summary>
public sealed partial class AddressGuard(AllowedHosts allowed)
{
    static readonly string[] LocalNames = ["localhost", "localdomain", "local", "internal", "home.arpa"];
    static readonly string[] LoopbackNames = ["ip6-localhost", "ip6-loopback", "localhost6", "metadata"];

    /// <summary>A sentence that says why this URL is not fetched, or null. Names still have to pass by their addresses.</summary>
    public string? Refuse(Uri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (!uri.IsAbsoluteUri || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
            return $"Only http and https addresses are fetched, not '{(uri.IsAbsoluteUri ? uri.Scheme : uri.OriginalString)}'.";
        var host = HostName.Of(uri);
        if (host.Length == 0 || uri.Port <= 0) return "The address names no host.";
        if (!HostName.IsUsable(uri)) return $"'{host}' is no host name.";
        if (IsDisguised(uri, host))
            return $"The host '{WrittenHost(uri)}' is a number in disguise; write the address as four decimal numbers.";
        if (IPAddress.TryParse(host.Trim('[', ']'), out var address)) return Refuse(host, uri.Port, address);
        return !allowed.HasRanges && !allowed.Allows(host, uri.Port) ? RefuseName(host) : null;
    }

    /// <summary>A sentence that says why this host may not be reached at this address, or null.</summary>
    public string? Refuse(string host, int port, IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (allowed.Allows(host, port, address)) return null;
        if (RefuseName(host) is { } reason) return reason;
        return PublicAddress.WhyNot(address) is not { } kind ? null
            : (IPAddress.TryParse(host.Trim('[', ']'), out _) ? $"{host} is" : $"{host} is at {address}, which is")
                + $" not a public address ({kind}). To reach it, name it in Monitor__Outbound__AllowedHosts.";
    }

    /// <summary>True when the operator opened this private place by name or range; such a host often serves many unrelated feeds.</summary>
    public bool IsOpened(Uri uri, IPAddress? address)
    {
        ArgumentNullException.ThrowIfNull(uri);
        return address is null ? allowed.Allows(HostName.Of(uri), uri.Port) : allowed.Allows(HostName.Of(uri), uri.Port, address);
    }

    static string? RefuseName(string host)
    {
        var name = host.TrimEnd('.');
        var local = LoopbackNames.Contains(name, StringComparer.OrdinalIgnoreCase) || LocalNames.Any(
            l => name.Equals(l, StringComparison.OrdinalIgnoreCase) || name.EndsWith("." + l, StringComparison.OrdinalIgnoreCase));
        return local
            ? $"'{host}' is a name of the local machine or network. To reach it, name it in Monitor__Outbound__AllowedHosts."
            : null;
    }

    // 2130706433, 0x7f.1, 0177.0.0.1 and full-width digits all mean an address to some resolver; nobody writes a feed's address so.
    static bool IsDisguised(Uri uri, string host)
    {
        if (uri.HostNameType == UriHostNameType.IPv6) return false;
        var written = WrittenHost(uri);
        if (DottedQuad().IsMatch(host)) return !written.Equals(host, StringComparison.OrdinalIgnoreCase);
        return NumberLast().IsMatch(host) || NumberLast().IsMatch(written);
    }

    static string WrittenHost(Uri uri)
    {
        var text = uri.OriginalString.Replace('\\', '/');
        var start = text.IndexOf("//", StringComparison.Ordinal);
        if (start < 0) return uri.Host;
        var end = text.AsSpan(start + 2).IndexOfAny("/?#");
        var authority = end < 0 ? text[(start + 2)..] : text.Substring(start + 2, end);
        var host = authority[(authority.LastIndexOf('@') + 1)..];
        var colon = host.LastIndexOf(':');
        return (colon > host.LastIndexOf(']') ? host[..colon] : host).Trim();
    }

    [GeneratedRegex(@"^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$")]
    private static partial Regex DottedQuad();

    [GeneratedRegex(@"(^|\.)(\d+|0[xX][0-9a-fA-F]*)\.?$")]
    private static partial Regex NumberLast();
}
