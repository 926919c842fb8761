using Microsoft.EntityFrameworkCore;
using NewsMonitor.Articles;
using NewsMonitor.Database;
using TextEngine.WatchTerms;

namespace NewsMonitor.Watches;

/// <summary>
/// The watches that are in force, compiled. <see cref="RefreshAsync"/> reads them again when any of them changed and swaps
/// the whole set at once, so that an article is always matched against one consistent set.
/// </summary>
public sealed class WatchCatalog(IDbContextFactory<MonitorDbContext> databases, ILogger<WatchCatalog> log)
{
    readonly SemaphoreSlim _reading = new(1);
    volatile State _state = new(WatchSet.Compile([]), new Dictionary<string, Watch>(), 0);

    sealed record State(WatchSet Set, IReadOnlyDictionary<string, Watch> Watches, long Version);

    /// <summary>Costs one small query where nothing changed.</summary>
    public async Task RefreshAsync(CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        if (await VersionAsync(db, stop) == _state.Version)
        {
            return;
        }

        await _reading.WaitAsync(stop);
        try
        {
            // The version first: what is read after it may be newer, never older, and the next refresh would tell.
            if (await VersionAsync(db, stop) is var version && version != _state.Version)
            {
                var watches = await db.Set<Watch>().AsNoTracking().Where(w => w.Enabled).OrderBy(w => w.Id).ToListAsync(stop);
                _state = new State(Compile(watches), watches.ToDictionary(w => w.Id), version);
            }
        }
        finally
        {
            _reading.Release();
        }
    }

    // What was right when it was saved an upgrade may see otherwise. Examples are the author's matter, and a watch that can no longer be read
    // must not keep all others from being looked for.
    WatchSet Compile(List<Watch> watches)
    {
        var definitions = watches.ConvertAll(w => WatchEntry.FromJson(w.Definition).Definition with { Examples = WatchExamples.None });
        try
        {
            return WatchSet.Compile(definitions);
        }
        catch (WatchDefinitionException e)
        {
            log.LogError("Watches that cannot be read are not looked for until they are saved anew: {Problems}", string.Join("; ", e.Problems));
            var refused = e.Problems.Select(p => p.Watch).ToHashSet(StringComparer.Ordinal);
            return WatchSet.Compile(definitions.FindAll(d => !refused.Contains(d.Id)));
        }
    }

    static Task<long> VersionAsync(MonitorDbContext db, CancellationToken stop)
        => db.Database.SqlQuery<long>($"SELECT version AS \"Value\" FROM watches_version").SingleAsync(stop);

    /// <summary>Which watches fire on an article, with their hits.</summary>
    public IReadOnlyList<WatchMatch> Match(Article article)
    {
        var state = _state;
        var hits = state.Set.Match(new ArticleText(article.Title, article.Text, article.Source, article.Language));
        return [.. hits
            .GroupBy(h => h.Watch)
            .Select(g => new WatchMatch(article, state.Watches[g.Key], [.. g.Select(h => new Hit(
                h.Watch, h.Term, h.Field == HitField.Title ? "title" : "text", h.Start, h.Length, h.Surface, h.Why))]))];
    }
}

/// <summary>A watch that fires on an article.</summary>
public sealed record WatchMatch(Article Article, Watch Watch, List<Hit> Hits);
