namespace TextEngine.NearDuplicates;

/// <summary>A stored article that shares look-up keys with a new one.</summary>
public readonly struct StoryCandidate
{
    /// <summary>Describes a stored article.</summary>
    /// <param name="article">The caller's number of the article.</param>
    /// <param name="story">The caller's number of its story.</param>
    /// <param name="sketch">Its sketch.</param>
    /// <param name="whole">The longer article of its story that it is a part of, which then speaks for it; null where it is none.</param>
    public StoryCandidate(long article, long story, ArticleSketch sketch, long? whole = null)
        : this(article, story, (sketch ?? throw new ArgumentNullException(nameof(sketch))).Data, whole ?? -1)
    {
    }

    internal StoryCandidate(long article, long story, in SketchData data, long whole)
        => (Article, Story, Data, Whole) = (article, story, data, whole);

    /// <summary>The caller's number of the article.</summary>
    public long Article { get; }

    /// <summary>The caller's number of its story.</summary>
    public long Story { get; }

    internal SketchData Data { get; }

    internal long Whole { get; }

    internal bool IsPart => Whole >= 0;
}
