namespace NewsMonitor.Operations;

/// <summary>What the service as a whole may be told, from the configuration section <c>Monitor</c>.</summary>
public sealed class MonitorOptions
{
    public const string Section = "Monitor";

    /// <summary>Local mode's cluster and generated secrets.</summary>
    public string DataDirectory { get; set; } = "./data";

    /// <summary>watches.yaml, feeds.opml, recipients.yaml and samples/, applied at every start.</summary>
    public string ConfigDirectory { get; set; } = "./seeds";

    /// <summary>The first admin API key; generated when null.</summary>
    public string? AdminKey { get; set; }

    /// <summary>Where people reach the service, for links in messages; the listening address when null.</summary>
    public string? PublicUrl { get; set; }

    /// <summary><see cref="PublicUrl"/>, ending in a slash so that pages can be named below it; null where it is not set.</summary>
    /// <exception cref="SettingException">It is no http or https address.</exception>
    public Uri? PublicAddress() => string.IsNullOrWhiteSpace(PublicUrl) ? null
        : Uri.TryCreate(PublicUrl.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new SettingException($"Monitor__PublicUrl is '{PublicUrl}'; write it in full, such as https://news.example.org.");

    /// <summary>Whether the sample feeds of the configuration folder are added to an empty database; by default in local mode only.</summary>
    public bool? Samples { get; set; }
}
