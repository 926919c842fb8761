using System.Runtime.InteropServices;

namespace NewsMonitor.Stories;

/// <summary>What a batch of new articles does to the stories, gathered so that it can be written with a few statements.</summary>
sealed class StoryChanges(long[] storyIds)
{
    int _next;

    public List<(long Id, string Title, int[] Terms)> Opened { get; } = [];

    public List<(SketchedArticle New, KnownArticle Known, List<long> Bands)> Added { get; } = [];

    public List<StoryMerge> Merged { get; } = [];

    /// <summary>Stored articles that turned out to be parts of new ones.</summary>
    public List<(long Part, long Whole)> Parts { get; } = [];

    public long Open(SketchedArticle opening)
    {
        var id = storyIds[_next++];
        Opened.Add((id, opening.Article.Title, MemoryMarshal.Cast<uint, int>(opening.Sketch.Terms).ToArray()));
        return id;
    }

    public void Add(SketchedArticle added, KnownArticle known, List<long> bands) => Added.Add((added, known, bands));

    public void Merge(long from, long into)
    {
        Merged.Add(new StoryMerge(from, into));
        foreach (var (added, _, _) in Added)
        {
            added.Article.StoryId = added.Article.StoryId == from ? into : added.Article.StoryId;
        }
    }
}
