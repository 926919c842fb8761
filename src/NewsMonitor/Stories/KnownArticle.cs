using TextEngine.NearDuplicates;

namespace NewsMonitor.Stories;

/// <summary>An article of the window as the assignment sees it.</summary>
sealed class KnownArticle(long id, long story, ArticleSketch sketch, long? whole)
{
    public long Id => id;
    public ArticleSketch Sketch => sketch;
    public long Story { get; set; } = story;

    /// <summary>The longest article of the story that this one is a part of.</summary>
    public long? Whole { get; set; } = whole;

    public StoryCandidate Candidate => new(Id, Story, Sketch, Whole);
}
