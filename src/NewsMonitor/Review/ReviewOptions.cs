using System.ComponentModel.DataAnnotations;

namespace NewsMonitor.Review;

/// <summary>Bounds of the API, from the configuration section <c>Monitor:Api</c>.</summary>
public sealed class ReviewOptions
{
    public const string Section = "Monitor:Api";

    /// <summary>Requests that one key may make in a minute.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerMinute { get; set; } = 1200;

    /// <summary>Requests without a key that one address may make in a minute; all of them are refused, this bounds their cost.</summary>
    [Range(1, 1_000_000)]
    public int AnonymousRequestsPerMinute { get; set; } = 120;

    /// <summary>Wrong keys from one address before that address is locked out.</summary>
    [Range(1, 1000)]
    public int WrongKeysBeforeLockout { get; set; } = 10;

    /// <summary>How long a locked-out address waits.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Lockout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Largest request body in bytes.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxBodyBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Silence on a live stream after which a comment line is sent, so that proxies keep it open.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the answer to a request with an Idempotency-Key is kept.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan IdempotencyKept { get; set; } = TimeSpan.FromDays(1);
}
