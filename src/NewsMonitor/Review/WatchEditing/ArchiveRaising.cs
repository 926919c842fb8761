using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Articles;
using NewsMonitor.Database;
using NewsMonitor.Deliveries;
using NewsMonitor.Operations;
using NewsMonitor.Operations.Http;
using NewsMonitor.Review.Archive;
using NewsMonitor.Stories;
using NewsMonitor.Watches;
using Npgsql;
using TextEngine.WatchTerms;

namespace NewsMonitor.Review.WatchEditing;

/// <param name="Since">Only articles fetched since then; all when left out.</param>
/// <param name="Limit">How many alerts at most, those of the newest stories; 1 to 10,000, 1,000 when left out.</param>
/// <param name="Send">Whether recipients are told of them as of new alerts; false when left out.</param>
public sealed record RaiseBody(DateTimeOffset? Since, int? Limit, bool? Send);

/// <param name="Revision">The version of the watch that raised them.</param>
/// <param name="Stories">Stories that the watch fires on.</param>
/// <param name="Known">Those of them that have an alert of the watch already, and keep it as it is.</param>
/// <param name="Raised">Alerts that were raised now.</param>
/// <param name="Left">Stories beyond the limit; ask again for them.</param>
/// <param name="Deliveries">Messages that are owed for the alerts.</param>
public sealed record RaiseResult(int Revision, long Articles, double Seconds, int Stories, int Known, int Raised, int Left, int Deliveries);

/// <summary>
/// Raises a watch's alerts for what was in the archive before the watch said what it says now. They are marked as such, and nobody is told
/// unless that is asked for. Done twice it raises nothing twice; cancelled, it keeps what it has raised.
/// </summary>
sealed class ArchiveRaising(IDbContextFactory<MonitorDbContext> databases, TimeProvider clock, Watch watch, string actor)
{
    const int DefaultLimit = 1000;
    const int MostAlerts = 10_000;

    /// <summary>Stories raised in one transaction; the pipeline waits for the story lock that long at most.</summary>
    const int Step = 100;

    readonly WatchSet _set = WatchSet.Compile([WatchEntry.FromJson(watch.Definition).Definition with { Examples = WatchExamples.None }]);

    public static async Task<Results<EmptyHttpResult, ProblemHttpResult>> RunAsync(
        string id, RaiseBody body, HttpContext http, IDbContextFactory<MonitorDbContext> databases, NpgsqlDataSource database,
        TimeProvider clock,
        CancellationToken cancel)
    {
        if (body.Limit is < 1 or > MostAlerts)
        {
            return Problems.Invalid("limit", $"is {body.Limit}; it may be 1 to {MostAlerts}.");
        }

        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<Watch>().AsNoTracking().FirstOrDefaultAsync(w => w.Id == id, cancel) is not { } watch)
        {
            return Problems.NotFound("watch", id);
        }

        if (!watch.Enabled)
        {
            return Problems.Conflict($"The watch {id} is switched off; switch it on first.");
        }

        var raising = new ArchiveRaising(databases, clock, watch, http.User.Actor());
        var scan = new ArchiveScan(database, raising._set);
        var total = await scan.CountAsync(body.Since, cancel);
        await ProgressLines.WriteAsync(http, raising.RaiseAsync(scan, body, cancel), () => scan.Read, total, clock, cancel);
        return TypedResults.Empty;
    }

    async Task<RaiseResult> RaiseAsync(ArchiveScan scan, RaiseBody body, CancellationToken cancel)
    {
        var timer = Stopwatch.StartNew();
        var stories = new Dictionary<long, List<long>>();
        await scan.RunAsync(body.Since, (article, hits) =>
        {
            if (hits.Count > 0)
            {
                (stories.TryGetValue(article.Story, out var articles) ? articles : stories[article.Story] = []).Add(article.Id);
            }
        }, cancel);

        var known = await KnownAsync(cancel);
        var fresh = stories.Where(story => !known.Contains(story.Key)).OrderByDescending(story => story.Value.Max()).ToList();
        var wanted = fresh.Take(body.Limit ?? DefaultLimit).ToList();
        var (raised, owed) = (0, 0);
        foreach (var step in wanted.Chunk(Step))
        {
            var (alerts, deliveries) = await StepAsync([.. step.SelectMany(story => story.Value)], body.Send ?? false, cancel);
            (raised, owed) = (raised + alerts, owed + deliveries);
        }

        var result = new RaiseResult(watch.Revision, scan.Read, Math.Round(timer.Elapsed.TotalSeconds, 3), stories.Count,
            stories.Count - fresh.Count,
            raised, fresh.Count - wanted.Count, owed);
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.Audited(clock.GetUtcNow(), actor, "watch.raise", watch.Id,
            after: new { body.Since, Send = body.Send ?? false, result.Revision, result.Raised });
        await db.SaveChangesAsync(cancel);
        return result;
    }

    async Task<HashSet<long>> KnownAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<Alert>().Where(a => a.WatchId == watch.Id).Select(a => a.StoryId).ToHashSetAsync(cancel);
    }

    async Task<(int Alerts, int Deliveries)> StepAsync(long[] ids, bool send, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await Assignment.LockAsync(db, cancel);
        var now = clock.GetUtcNow();
        var matches = (await db.Set<Article>().AsNoTracking().Where(a => ids.Contains(a.Id)).OrderBy(a => a.Id).ToListAsync(cancel))
            .Select(Match).Where(match => match.Hits.Count > 0).ToList();
        var alerts = await Raising.RaiseAsync(db, matches, now, cancel, fromArchiveBy: actor);
        var owed = send ? await Planning.PlanAsync(db, alerts, now, cancel) : 0;
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return (alerts.Count, owed);
    }

    WatchMatch Match(Article article) => new(
        article, watch, [.. _set.Match(new ArticleText(article.Title, article.Text, article.Source, article.Language))
            .Select(ArticleDocument.HitOf)]);
}
