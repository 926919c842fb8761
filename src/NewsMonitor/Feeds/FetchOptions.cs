using System.ComponentModel.DataAnnotations;
using NewsMonitor.Operations;

namespace NewsMonitor.Feeds;

/// <summary>
/// Section <c>Monitor:Fetch</c>: how much at once, how politely, how often. The bounds of one request may stand there too.
/// </summary>
public sealed class FetchOptions
{
    /// <summary>Feeds under way at once in one worker.</summary>
    [Range(1, 1000)]
    public int Concurrency { get; set; } = 64;

    /// <summary>Requests at once to one resolved host.</summary>
    [Range(1, 100)]
    public int PerHost { get; set; } = 2;

    /// <summary>Time between two starts at one resolved host.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan PerHostSpacing { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// What one poll may take, with all its redirects, repeats and article pages, each of which has limits of its own. Behind them all this
    /// one sees to it that a poll which stands still, whatever the reason, does not keep its feed from being looked at ever again.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan PollTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>No feed is asked more often than this.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MinInterval { get; set; } = FetchPace.Standard.Min;

    /// <summary>No feed is asked less often than this.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MaxInterval { get; set; } = FetchPace.Standard.Max;

    /// <summary>For a feed whose rhythm is not known.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan DefaultInterval { get; set; } = FetchPace.Standard.Default;

    /// <summary>The quickest pace that a publication rate alone leads to.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan FastestByRate { get; set; } = FetchPace.Standard.FastestByRate;

    /// <summary>The slowest pace that a publication rate alone leads to.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SlowestByRate { get; set; } = FetchPace.Standard.SlowestByRate;

    /// <summary>Recipients told when a feed breaks, falls silent, misses items, moves, ends or comes back: ids, with commas.</summary>
    public string NotifyRecipients { get; set; } = "";

    public FetchPace Pace => new(MinInterval, MaxInterval, DefaultInterval, FastestByRate, SlowestByRate);

    public static FetchOptions From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration.Read<FetchOptions>("Monitor:Fetch");
    }
}
