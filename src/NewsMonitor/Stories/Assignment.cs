using Microsoft.EntityFrameworkCore;
using NewsMonitor.Articles;
using NewsMonitor.Database;
using TextEngine.NearDuplicates;

namespace NewsMonitor.Stories;

/// <summary>Gives every new article its story: that of its closest copy within the window, or one of its own.</summary>
public static class Assignment
{
    /// <summary>A story takes no more copies when it is this old: a yearly text is not last year's story.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(14);

    // One writer at a time in the whole installation; released with the transaction.
    const long StoryLock = 0x4e4d_5354_4f52;

    /// <summary>Must run inside the transaction that stores the articles.</summary>
    public static async Task<IReadOnlyList<Story>> AssignAsync(
        MonitorDbContext db, IReadOnlyList<(Article Article, ArticleSketch Sketch)> articles, DateTimeOffset now, CancellationToken stop)
    {
        if (articles.Count == 0)
        {
            return [];
        }

        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({StoryLock})", stop);
        var candidates = await CandidatesAsync(db, articles.Select(a => a.Sketch), now, stop);
        var storyIds = await db.NextIdsAsync("stories", articles.Count, stop);
        var stories = new Dictionary<long, Story>();
        for (var i = 0; i < articles.Count; i++)
        {
            var (article, sketch) = articles[i];
            var closest = candidates
                .Select(c => (Candidate: c, Similarity: ArticleSketch.Compare(sketch, c.Sketch)))
                .Where(c => c.Similarity.Kind == SimilarityKind.Copy)
                .OrderByDescending(c => c.Similarity.Value).ThenBy(c => c.Candidate.ArticleId)
                .FirstOrDefault();
            if (closest.Candidate is { } copy)
            {
                article.StoryId = copy.StoryId;
                article.CopyOf = copy.ArticleId;
                article.Similarity = (float)closest.Similarity.Value;
                stories.TryAdd(copy.StoryId, await db.Set<Story>().SingleAsync(s => s.Id == copy.StoryId, stop));
            }
            else
            {
                var story = new Story { Id = storyIds[i], Title = article.Title, FirstSeenAt = now, LastSeenAt = now };
                db.Add(story);
                article.StoryId = story.Id;
                stories.Add(story.Id, story);
            }

            candidates.Add(new Candidate(article.Id, article.StoryId, sketch));
            db.Add(article);
            db.Add(new StorySketch { ArticleId = article.Id, StoryId = article.StoryId, Sketch = sketch.ToBytes(), SeenAt = now });
            foreach (var band in sketch.Bands.ToArray().Distinct())
            {
                db.Add(new StoryBand { Band = band, ArticleId = article.Id, SeenAt = now });
            }
        }

        await CountAsync(db, stories, articles.Select(a => a.Article), now, stop);
        return [.. stories.Values];
    }

    static async Task CountAsync(
        MonitorDbContext db, Dictionary<long, Story> stories, IEnumerable<Article> added, DateTimeOffset now, CancellationToken stop)
    {
        var ids = stories.Keys.ToArray();
        var hosts = (await db.Set<Article>().Where(a => ids.Contains(a.StoryId)).Select(a => new { a.StoryId, a.SourceHost }).ToListAsync(stop))
            .Select(a => (a.StoryId, a.SourceHost))
            .Concat(added.Select(a => (a.StoryId, a.SourceHost)))
            .ToLookup(a => a.StoryId, a => a.SourceHost);
        foreach (var story in stories.Values)
        {
            story.ArticleCount = hosts[story.Id].Count();
            story.SourceCount = hosts[story.Id].Distinct().Count();
            story.LastSeenAt = now;
        }
    }

    static async Task<List<Candidate>> CandidatesAsync(
        MonitorDbContext db, IEnumerable<ArticleSketch> sketches, DateTimeOffset now, CancellationToken stop)
    {
        var bands = sketches.SelectMany(s => s.Bands.ToArray()).Distinct().ToArray();
        var since = now - Window;
        var ids = db.Set<StoryBand>().Where(b => bands.Contains(b.Band) && b.SeenAt > since).Select(b => b.ArticleId);
        var found = await db.Set<StorySketch>().AsNoTracking().Where(s => ids.Contains(s.ArticleId)).ToListAsync(stop);
        return found.ConvertAll(s => new Candidate(s.ArticleId, s.StoryId, ArticleSketch.FromBytes(s.Sketch)));
    }

    sealed record Candidate(long ArticleId, long StoryId, ArticleSketch Sketch);
}
