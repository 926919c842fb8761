using System.ComponentModel.DataAnnotations;

namespace NewsMonitor.Stories;

/// <summary>Configuration section <c>Monitor:Stories</c>.</summary>
public sealed class StoryOptions
{
    public static readonly TimeSpan DefaultWindow = TimeSpan.FromDays(14);

    /// <summary>A story takes no more copies when its last article is older than this (1 hour to 90 days): a yearly text is not last year's story.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "90.00:00:00")]
    public TimeSpan Window { get; set; } = DefaultWindow;

    /// <summary>An alert is told of its story's growth when so many independent sources carry it.</summary>
    public IReadOnlyList<int> GrowthThresholds { get; set; } = [2, 5, 20];
}
