using System.ComponentModel.DataAnnotations;

namespace NewsMonitor.Stories;

/// <summary>Configuration section <c>Monitor:Stories</c>.</summary>
public sealed class StoryOptions
{
    public static readonly TimeSpan DefaultWindow = TimeSpan.FromDays(14);

    static readonly int[] DefaultThresholds = [2, 5, 20];

    /// <summary>
    /// A story takes no more copies when its articles are older than this (1 hour to 90 days): a yearly text is not last year's story.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "90.00:00:00")]
    public TimeSpan Window { get; set; } = DefaultWindow;

    /// <summary>An alert is told of its story's growth when so many independent sources carry it; default 2, 5 and 20.</summary>
    public int[]? GrowthThresholds { get; set; }

    /// <summary>The highest threshold above <paramref name="before"/> that is reached by <paramref name="after"/>, if any.</summary>
    public int? Crossed(int before, int after)
        => (GrowthThresholds ?? DefaultThresholds).Where(t => before < t && t <= after).Select(t => (int?)t).Max();
}
