using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using Npgsql;
using TextEngine.NearDuplicates;

namespace NewsMonitor.Stories;

/// <summary>
/// Gives every new article its story: that of its copies within the window, or one of its own. Where an article proves two stories to be
/// one, the one seen first keeps its number and takes the other's articles. What was told once does not move otherwise.
/// </summary>
public static class Assignment
{
    // One writer at a time in the whole installation; released with the transaction.
    const long StoryLock = 0x4e4d_5354_4f52;

    /// <summary>Gives the articles their stories and stores both, inside the caller's transaction.</summary>
    public static async Task<StoryNews> AssignAsync(
        MonitorDbContext db, IReadOnlyList<SketchedArticle> articles, DateTimeOffset now, CancellationToken stop,
        StoryOptions? options = null)
    {
        if (articles.Count == 0)
        {
            return StoryNews.None;
        }

        options ??= new StoryOptions();
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var (lookup, ids) = await StoryLookup.ReadAsync(
            connection, StoryLock, [.. articles.Select(a => a.Sketch)], now - options.Window, now - (options.Window / 2), stop);
        var changes = new StoryChanges(ids);
        var matcher = new StoryMatcher();
        foreach (var article in articles)
        {
            Assign(article, lookup, matcher, changes);
        }

        return await StoryWriter.WriteAsync(connection, changes, options, now, stop);
    }

    /// <summary>Makes the caller's transaction the one writer of stories and of their alerts until it ends.</summary>
    public static Task LockAsync(MonitorDbContext db, CancellationToken stop) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({StoryLock})", stop);

    static void Assign(SketchedArticle fresh, StoryLookup lookup, StoryMatcher matcher, StoryChanges changes)
    {
        var (article, sketch) = (fresh.Article, fresh.Sketch);
        var candidates = lookup.Candidates(sketch);
        matcher.Decide(sketch, [.. candidates.Select(c => c.Candidate)]);
        if (matcher.Decided < 0)
        {
            article.StoryId = changes.Open(fresh);
        }
        else
        {
            var (closest, stories) = (candidates[matcher.Closest], matcher.Merged.Append(candidates[matcher.Decided].Story).ToArray());
            article.StoryId = stories.Min();
            (article.CopyOf, article.Similarity) = (closest.Id, (float)matcher.Similarity.Value);
            foreach (var from in stories.Where(s => s != article.StoryId))
            {
                lookup.Merge(from, article.StoryId);
                changes.Merge(from, article.StoryId);
            }
        }

        var added = new KnownArticle(article.Id, article.StoryId, sketch, null);
        var bands = lookup.Add(added);
        if (matcher.Whole >= 0)
        {
            lookup.MakePart(added, candidates[matcher.Whole].Id);
        }

        foreach (var part in matcher.Parts)
        {
            lookup.MakePart(candidates[part], article.Id);
            changes.Parts.Add((candidates[part].Id, article.Id));
        }

        changes.Add(fresh, added, bands);
    }
}
