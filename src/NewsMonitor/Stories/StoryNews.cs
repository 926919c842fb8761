namespace NewsMonitor.Stories;

/// <summary>What new articles did to stories that were known before; the later stages tell of it.</summary>
/// <param name="Grown">Stories that reached a threshold of independent sources.</param>
/// <param name="Merged">Stories that turned out to be one.</param>
public sealed record StoryNews(IReadOnlyList<StoryGrowth> Grown, IReadOnlyList<StoryMerge> Merged)
{
    public static StoryNews None { get; } = new([], []);
}

public readonly record struct StoryGrowth(long Story, int SourcesBefore, int Sources, int Threshold);

/// <summary>The story that was seen later ends; its articles belong to the earlier one.</summary>
public readonly record struct StoryMerge(long From, long Into);
