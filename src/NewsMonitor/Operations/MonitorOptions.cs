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

    /// <summary>Whether the sample feeds of the configuration folder are added to an empty database; by default in local mode only.</summary>
    public bool? Samples { get; set; }
}
