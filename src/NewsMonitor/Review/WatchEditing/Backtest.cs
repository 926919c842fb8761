using System.Diagnostics;
using System.Runtime.InteropServices;
using NewsMonitor.Alerts;
using NewsMonitor.Review.Archive;
using Npgsql;
using TextEngine.WatchTerms;

namespace NewsMonitor.Review.WatchEditing;

/// <param name="Gained">Stories that the watch would raise and its stored version does not.</param>
/// <param name="Kept">Stories that both raise.</param>
/// <param name="Lost">Stories that only the stored version raises.</param>
/// <param name="AlertsPerDay">Gained and kept stories over the days that the articles span.</param>
/// <param name="ByDay">The same stories by the day (UTC) of their first article that was hit; days without any are left out.</param>
public sealed record BacktestResult(
    long Articles, double Seconds, double ArticlesPerSecond, double Days, int ArticlesHit, int Gained, int Kept, int Lost,
    double AlertsPerDay,
    double AlertsPerDayBefore, IReadOnlyList<BacktestDay> ByDay, IReadOnlyList<BacktestSample> Samples);

public sealed record BacktestDay(DateOnly Day, int Gained, int Kept, int Lost);

/// <param name="Change">gained, kept or lost.</param>
public sealed record BacktestSample(string Change, string Watch, long Article, long Story, string Title, string Source,
    DateTimeOffset FetchedAt, Excerpt Excerpt);

/// <summary>
/// Runs watches over the stored articles beside the versions they would replace. Of each story that is hit, a few numbers are kept and no text,
/// since a common word hits the whole archive; the samples are read again at the end.
/// </summary>
sealed class Backtest(NpgsqlDataSource database, IReadOnlyList<WatchDefinition> candidates, IReadOnlyList<WatchDefinition> stored)
{
    const int MostSamples = 10;
    const int LongestExcerpt = 240;

    /// <summary>What tells the two versions of a watch apart in the one set that looks for both.</summary>
    const string New = "+", Old = "-";

    static readonly string[] Changes = ["gained", "lost", "kept"];

    readonly ArchiveScan _scan = new(
        database, WatchSet.Compile([.. candidates.Select(w => Named(New, w)), .. stored.Select(w => Named(Old, w))]));

    /// <summary>The watch that a name in the set stands for.</summary>
    readonly Dictionary<string, (string Watch, bool IsNew)> _names =
        candidates.Select(w => (New, w.Id)).Concat(stored.Select(w => (Old, w.Id))).ToDictionary(n => n.Item1 + n.Id, n => (n.Id, n.Item1 == New));

    readonly Dictionary<(string Watch, long Story), Raised> _stories = [];
    int _hit;
    DateTimeOffset _first = DateTimeOffset.MaxValue, _last = DateTimeOffset.MinValue;

    /// <param name="First">When the first article that was hit was fetched.</param>
    /// <param name="Article">The one of them with the lowest number.</param>
    record struct Raised(bool ByNew, bool ByOld, DateTimeOffset First, long Article);

    /// <summary>Articles looked at so far.</summary>
    public long Read => _scan.Read;

    public Task<long> CountAsync(DateTimeOffset? since, CancellationToken cancel) => _scan.CountAsync(since, cancel);

    public async Task<BacktestResult> RunAsync(DateTimeOffset? since, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        await _scan.RunAsync(since, Note, cancel);
        return await ResultAsync(clock.Elapsed.TotalSeconds, cancel);
    }

    void Note(ScannedArticle article, IReadOnlyList<WatchHit> found)
    {
        _first = article.FetchedAt < _first ? article.FetchedAt : _first;
        _last = article.FetchedAt > _last ? article.FetchedAt : _last;
        var isHit = false;
        foreach (var name in found.Select(h => h.Watch).Distinct(StringComparer.Ordinal))
        {
            var (watch, isNew) = _names[name];
            ref var raised = ref CollectionsMarshal.GetValueRefOrAddDefault(_stories, (watch, article.Story), out var known);
            raised = new(
                raised.ByNew || isNew, raised.ByOld || !isNew, known && raised.First < article.FetchedAt ? raised.First : article.FetchedAt,
                known ? Math.Min(raised.Article, article.Id) : article.Id);
            isHit |= isNew;
        }

        _hit += isHit ? 1 : 0;
    }

    async Task<BacktestResult> ResultAsync(double seconds, CancellationToken cancel)
    {
        var span = _last > _first ? Math.Max((_last - _first).TotalDays, 1) : 1;
        var days = new Dictionary<DateOnly, BacktestDay>();
        // The newest of each change: the oldest of those that are kept is the first to go.
        var newest = Changes.ToDictionary(change => change, _ => new PriorityQueue<(string Watch, Raised Raised), long>());
        foreach (var ((watch, _), raised) in _stories)
        {
            var (change, day) = (Change(raised), DateOnly.FromDateTime(raised.First.UtcDateTime));
            var counted = days.GetValueOrDefault(day) ?? new(day, 0, 0, 0);
            days[day] = change switch
            {
                "gained" => counted with { Gained = counted.Gained + 1 },
                "kept" => counted with { Kept = counted.Kept + 1 },
                _ => counted with { Lost = counted.Lost + 1 },
            };
            newest[change].Enqueue((watch, raised), raised.Article);
            if (newest[change].Count > MostSamples)
            {
                newest[change].Dequeue();
            }
        }

        var (gained, kept, lost) = (days.Values.Sum(d => d.Gained), days.Values.Sum(d => d.Kept), days.Values.Sum(d => d.Lost));
        return new BacktestResult(Read, Math.Round(seconds, 3), Math.Round(Read / Math.Max(seconds, 0.001)), Math.Round(span, 2), _hit,
            gained, kept, lost,
            Math.Round((gained + kept) / span, 2), Math.Round((kept + lost) / span, 2), [.. days.Values.OrderBy(d => d.Day)],
            await SamplesAsync([.. Changes.SelectMany(change => newest[change].UnorderedItems.Select(i => i.Element)
                .OrderByDescending(s => s.Raised.Article).Select(s => (change, s.Watch, s.Raised)))], cancel));
    }

    async Task<List<BacktestSample>> SamplesAsync(List<(string Change, string Watch, Raised Raised)> wanted, CancellationToken cancel)
    {
        var found = (await _scan.AgainAsync([.. wanted.Select(w => w.Raised.Article).Distinct()], cancel)).ToDictionary(f => f.Article.Id);
        return [.. wanted.Where(w => found.ContainsKey(w.Raised.Article)).Select(w =>
        {
            var (row, hits) = found[w.Raised.Article];
            var own = hits.Where(h => _names[h.Watch].Watch == w.Watch).Select(ArticleDocument.HitOf).ToList();
            var excerpt = Excerpt.Cut(row.Title, row.Text, own, LongestExcerpt);
            return new BacktestSample(w.Change, w.Watch, row.Id, row.Story, row.Title, row.Source, row.FetchedAt, excerpt);
        })];
    }

    static string Change(Raised raised) => raised switch { { ByNew: true, ByOld: true } => "kept", { ByNew: true } => "gained", _ => "lost" };

    static WatchDefinition Named(string mark, WatchDefinition watch) => watch with { Id = mark + watch.Id, Examples = WatchExamples.None };
}
