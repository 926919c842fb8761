using System.Runtime.InteropServices;
using NewsMonitor.Articles;
using TextEngine.NearDuplicates;

namespace NewsMonitor.Stories;

/// <summary>What a batch of new articles does to the stories, gathered so that it can be written with a few statements.</summary>
sealed class StoryChanges(long[] storyIds)
{
    int _next;

    public List<(long Id, string Title, int[] Terms)> Opened { get; } = [];

    public List<(Article Article, KnownArticle Known, List<long> Bands)> Added { get; } = [];

    public List<StoryMerge> Merged { get; } = [];

    /// <summary>Stored articles that turned out to be parts of new ones.</summary>
    public List<(long Part, long Whole)> Parts { get; } = [];

    public long Open(Article article, ArticleSketch sketch)
    {
        var id = storyIds[_next++];
        Opened.Add((id, article.Title, MemoryMarshal.Cast<uint, int>(sketch.Terms).ToArray()));
        return id;
    }

    public void Add(Article article, KnownArticle known, List<long> bands) => Added.Add((article, known, bands));

    public void Merge(long from, long into)
    {
        Merged.Add(new StoryMerge(from, into));
        foreach (var (article, _, _) in Added)
        {
            article.StoryId = article.StoryId == from ? into : article.StoryId;
        }
    }
}
