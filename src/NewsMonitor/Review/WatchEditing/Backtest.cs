using System.Diagnostics;
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
/// Runs watches over the stored articles beside the versions they would replace. Nothing is kept but counts, story ids and a few samples.
/// </summary>
sealed class Backtest(NpgsqlDataSource database, IReadOnlyList<WatchDefinition> candidates, IReadOnlyList<WatchDefinition> stored)
{
    const int MostSamples = 10;
    const string New = "+";
    const string Old = "-";

    readonly ArchiveScan _scan = new(
        database, WatchSet.Compile([.. candidates.Select(w => Named(New, w)), .. stored.Select(w => Named(Old, w))]));

    readonly Dictionary<(string Watch, long Story), Raised> _stories = [];
    int _hit;
    DateTimeOffset _first = DateTimeOffset.MaxValue, _last = DateTimeOffset.MinValue;

    sealed class Raised
    {
        public bool ByNew;
        public bool ByOld;
        public DateTimeOffset First;
        public required BacktestSample Sample;
    }

    /// <summary>Articles looked at so far.</summary>
    public long Read => _scan.Read;

    public Task<long> CountAsync(DateTimeOffset? since, CancellationToken cancel) => _scan.CountAsync(since, cancel);

    public async Task<BacktestResult> RunAsync(DateTimeOffset? since, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        await _scan.RunAsync(since, Note, cancel);
        return Result(clock.Elapsed.TotalSeconds);
    }

    void Note(ScannedArticle article, IReadOnlyList<WatchHit> found)
    {
        _first = article.FetchedAt < _first ? article.FetchedAt : _first;
        _last = article.FetchedAt > _last ? article.FetchedAt : _last;
        if (found.Count == 0)
        {
            return;
        }

        _hit += found.Any(h => h.Watch.StartsWith(New, StringComparison.Ordinal)) ? 1 : 0;
        foreach (var watch in found.GroupBy(h => h.Watch, StringComparer.Ordinal))
        {
            Note(article, watch.Key, [.. watch]);
        }
    }

    void Note(ScannedArticle row, string name, IReadOnlyList<WatchHit> hits)
    {
        var watch = name[1..];
        if (!_stories.TryGetValue((watch, row.Story), out var raised))
        {
            var excerpt = Excerpt.Cut(row.Title, row.Text, [.. hits.Select(ArticleDocument.HitOf)], 240);
            _stories[(watch, row.Story)] = raised = new Raised
            {
                First = row.FetchedAt,
                Sample = new BacktestSample("", watch, row.Id, row.Story, row.Title, row.Source, row.FetchedAt, excerpt),
            };
        }

        raised.First = row.FetchedAt < raised.First ? row.FetchedAt : raised.First;
        raised.ByNew |= name.StartsWith(New, StringComparison.Ordinal);
        raised.ByOld |= name.StartsWith(Old, StringComparison.Ordinal);
    }

    BacktestResult Result(double seconds)
    {
        var days = _last > _first ? Math.Max((_last - _first).TotalDays, 1) : 1;
        var byChange = _stories.Values.ToLookup(Change);
        var (gained, kept, lost) = (byChange["gained"].Count(), byChange["kept"].Count(), byChange["lost"].Count());
        var samples = new[] { "gained", "lost", "kept" }.SelectMany(change => byChange[change]
            .OrderByDescending(r => r.Sample.Article).Take(MostSamples).Select(r => r.Sample with { Change = change }));
        return new BacktestResult(Read, Math.Round(seconds, 3), Math.Round(Read / Math.Max(seconds, 0.001)), Math.Round(days, 2), _hit,
            gained, kept, lost,
            Math.Round((gained + kept) / days, 2), Math.Round((kept + lost) / days, 2), ByDay(), [.. samples]);
    }

    List<BacktestDay> ByDay() =>
        [.. _stories.Values.GroupBy(r => DateOnly.FromDateTime(r.First.UtcDateTime)).OrderBy(g => g.Key).Select(g =>
        new BacktestDay(g.Key, g.Count(r => Change(r) == "gained"), g.Count(r => Change(r) == "kept"), g.Count(r => Change(r) == "lost")))];

    static string Change(Raised raised) =>
        (raised.ByNew, raised.ByOld) switch { (true, true) => "kept", (true, false) => "gained", _ => "lost" };

    static WatchDefinition Named(string mark, WatchDefinition watch) => watch with { Id = mark + watch.Id, Examples = WatchExamples.None };
}
