using System.ComponentModel.DataAnnotations;
using NewsMonitor.Operations;

namespace NewsMonitor.Outbound;

/// <summary>
/// Section <c>Monitor:Outbound</c>: where the service may go, and the bounds of every request it makes. The bounds are also read from
/// <c>Monitor:Fetch</c>, where whoever sets up fetching looks for them.
/// </summary>
public sealed class OutboundOptions
{
    const string Section = "Monitor:Outbound";

    /// <summary>Private hosts that may be reached: <c>host</c>, <c>host:port</c>, CIDR; separated by commas or spaces.</summary>
    public string AllowedHosts { get; set; } = "";

    /// <summary>
    /// <c>http://host:port</c> or <c>socks5://host:port</c> for everything; empty: direct. Being configured, it may be private.
    /// </summary>
    public string Proxy { get; set; } = "";

    public string UserAgent { get; set; } = "NewsMonitor/1.0 (news feed monitor)";

    /// <summary>Seconds for the DNS answer and the TCP connection.</summary>
    [Range(1, 120)]
    public double ConnectTimeout { get; set; } = 10;

    /// <summary>Seconds until the last response header, from the start.</summary>
    [Range(1, 300)]
    public double HeadersTimeout { get; set; } = 20;

    /// <summary>Seconds for a whole exchange.</summary>
    [Range(1, 600)]
    public double TotalTimeout { get; set; } = 60;

    /// <summary>Size of a body after decompression, in bytes.</summary>
    [Range(1024, 1_073_741_824)]
    public int MaxBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>All response headers together, in kilobytes.</summary>
    [Range(1, 1024)]
    public int MaxHeaderKilobytes { get; set; } = 32;

    /// <summary>After the grace period a body must have arrived at this average rate, in bytes per second.</summary>
    [Range(0, 1_000_000)]
    public int MinBytesPerSecond { get; set; } = 100;

    /// <summary>Seconds that a slow body has before its rate counts.</summary>
    [Range(1, 300)]
    public double SlowGrace { get; set; } = 10;

    [Range(0, 20)]
    public int MaxRedirects { get; set; } = 5;

    public static OutboundOptions From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var options = new OutboundOptions();
        configuration.BindTo("Monitor:Fetch", options);
        configuration.BindTo(Section, options);
        // A JSON file may give a list; an environment variable gives one string.
        var list = configuration.GetSection($"{Section}:{nameof(AllowedHosts)}").Get<string[]>();
        if (list is { Length: > 0 }) options.AllowedHosts = string.Join(',', list);
        Settings.Check(Section, options);
        try
        {
            options.ReadAllowedHosts();
            if (options.Proxy.Length > 0) OutboundHttp.ProxyUri(options.Proxy);
        }
        catch (FormatException e)
        {
            throw new SettingException(e.Message, e);
        }

        return options;
    }

    public AllowedHosts ReadAllowedHosts() => new(AllowedHosts.Split([',', ' ', ';', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
