using System.ComponentModel.DataAnnotations;

namespace NewsMonitor.Deliveries;

/// <summary>Settings under <c>Monitor:Deliveries</c>.</summary>
public sealed class DeliveryOptions
{
    public const string Section = "Monitor:Deliveries";

    /// <summary>Recipients that one worker sends to at the same time.</summary>
    [Range(1, 1000)]
    public int Lanes { get; set; } = 200;

    /// <summary>How long the recipients of a worker that died stay unserved.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a stopping worker waits for the answers that are still out.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A recipient that only failed for so long is disabled, with a notice to the default recipients.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "30.00:00:00")]
    public TimeSpan DisableAfter { get; set; } = TimeSpan.FromDays(5);

    /// <summary>The wait for an HTTP receiver's answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Where Telegram's bots are served: its own address, or that of a server you run.</summary>
    public Uri? TelegramApi { get; set; }
}
