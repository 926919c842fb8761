using System.Net;
using NewsMonitor.Outbound;

namespace NewsMonitor.Feeds;

/// <summary>
/// What politeness counts as one host: the address that a name resolves to, so that many names of one server share its turn.
/// </summary>
public static class HostKey
{
    public static async ValueTask<string> OfAsync(OutboundHttp http, Uri uri, bool ownProxy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(uri);
        if (ownProxy) return HostName.Of(uri);
        try
        {
            var addresses = await http.ResolveAsync(uri, cancellationToken);
            return addresses.Length == 0 ? HostName.Of(uri) : addresses.Select(Text).Min(StringComparer.Ordinal)!;
        }
        catch (OutboundException cause) when (cause.Failure is OutboundFailure.Dns or OutboundFailure.Refused)
        {
            // The fetch itself will say what is wrong.
            return HostName.Of(uri);
        }
    }

    static string Text(IPAddress address) => address.ToString();
}
