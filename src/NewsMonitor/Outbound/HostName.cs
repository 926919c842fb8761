namespace NewsMonitor.Outbound;

/// <summary>Host names as they are looked up.</summary>
public static class HostName
{
    /// <summary>
    /// The host in ASCII. A host that no rule of international names allows (an emoji with joiners, say) throws from
    /// <see cref="Uri.IdnHost"/>; it is given back as written, and no look-up will find it.
    /// </summary>
    public static string Of(Uri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        try
        {
            return uri.IdnHost;
        }
        catch (UriFormatException)
        {
            return uri.Host;
        }
    }

    /// <summary>Whether the host can be looked up at all.</summary>
    public static bool IsUsable(Uri uri) => Of(uri).All(char.IsAscii);
}
