using System.Diagnostics;
using System.Threading.Channels;
using NewsMonitor.Alerts;
using NewsMonitor.Review.Archive;
using Npgsql;
using TextEngine.WatchTerms;

namespace NewsMonitor.Review.WatchEditing;

/// <summary>How far a backtest has come.</summary>
public sealed record BacktestProgress(long Articles, long Total, double Seconds);

/// <param name="Gained">Stories that the watch would raise and its stored version does not.</param>
/// <param name="Kept">Stories that both raise.</param>
/// <param name="Lost">Stories that only the stored version raises.</param>
/// <param name="AlertsPerDay">Gained and kept stories over the days that the articles span.</param>
public sealed record BacktestResult(
    long Articles, double Seconds, double ArticlesPerSecond, double Days, int ArticlesHit, int Gained, int Kept, int Lost, double AlertsPerDay,
    double AlertsPerDayBefore, IReadOnlyList<BacktestSample> Samples);

/// <param name="Change">gained, kept or lost.</param>
public sealed record BacktestSample(string Change, string Watch, long Article, long Story, string Title, string Source, DateTimeOffset FetchedAt, Excerpt Excerpt);

/// <summary>
/// Runs watches over the stored articles beside the versions they would replace. One connection reads, every core matches; nothing is kept
/// but counts, story ids and a few samples, so the archive may be of any size.
/// </summary>
sealed class Backtest(NpgsqlDataSource database, IReadOnlyList<WatchDefinition> candidates, IReadOnlyList<WatchDefinition> stored)
{
    const int Batch = 512;
    const int MostSamples = 10;
    const string New = "+";
    const string Old = "-";

    readonly WatchSet _set = WatchSet.Compile([.. candidates.Select(w => Named(New, w)), .. stored.Select(w => Named(Old, w))]);
    readonly Lock _gate = new();
    readonly Dictionary<(string Watch, long Story), Raised> _stories = [];
    long _read;
    int _hit;
    DateTimeOffset _first = DateTimeOffset.MaxValue, _last = DateTimeOffset.MinValue;

    sealed class Raised
    {
        public bool ByNew;
        public bool ByOld;
        public required BacktestSample Sample;
    }

    sealed record Row(long Id, long Story, string Title, string Text, string Source, string? Language, DateTimeOffset FetchedAt);

    /// <summary>Articles looked at so far.</summary>
    public long Read => Interlocked.Read(ref _read);

    public async Task<long> CountAsync(DateTimeOffset? since, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(since is null
            ? "SELECT GREATEST(reltuples, 0)::bigint FROM pg_class WHERE oid = 'articles'::regclass"
            : "SELECT count(*) FROM articles WHERE fetched_at >= @since");
        if (since is { } at)
        {
            command.Parameters.AddWithValue("since", at.ToUniversalTime());
        }

        return (long)(await command.ExecuteScalarAsync(cancel) ?? 0L);
    }

    public async Task<BacktestResult> RunAsync(DateTimeOffset? since, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var batches = Channel.CreateBounded<List<Row>>(Environment.ProcessorCount * 2);
        var workers = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(async () =>
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(failed.Token))
            {
                Match(batch);
            }
        }, CancellationToken.None)).ToList();
        try
        {
            await ReadAsync(since, batches.Writer, failed.Token);
            batches.Writer.Complete();
            await Task.WhenAll(workers);
        }
        catch
        {
            await failed.CancelAsync();
            await Task.WhenAll(workers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        return Result(clock.Elapsed.TotalSeconds);
    }

    async Task ReadAsync(DateTimeOffset? since, ChannelWriter<List<Row>> batches, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            "SELECT id, story_id, title, text, source, language, fetched_at FROM articles" + (since is null ? "" : " WHERE fetched_at >= @since"));
        command.CommandTimeout = 0;
        if (since is { } at)
        {
            command.Parameters.AddWithValue("since", at.ToUniversalTime());
        }

        await using var reader = await command.ExecuteReaderAsync(cancel);
        var batch = new List<Row>(Batch);
        while (await reader.ReadAsync(cancel))
        {
            batch.Add(new Row(reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3), reader.GetString(4),
                reader.IsDBNull(5) ? null : reader.GetString(5), reader.GetFieldValue<DateTimeOffset>(6)));
            if (batch.Count == Batch)
            {
                await batches.WriteAsync(batch, cancel);
                batch = new List<Row>(Batch);
            }
        }

        await batches.WriteAsync(batch, cancel);
    }

    void Match(List<Row> batch)
    {
        var hits = batch.Select(row => (Row: row, Hits: _set.Match(new ArticleText(row.Title, row.Text, row.Source, row.Language)))).ToList();
        lock (_gate)
        {
            foreach (var (row, found) in hits)
            {
                _first = row.FetchedAt < _first ? row.FetchedAt : _first;
                _last = row.FetchedAt > _last ? row.FetchedAt : _last;
                _hit += found.Any(h => h.Watch.StartsWith(New, StringComparison.Ordinal)) ? 1 : 0;
                foreach (var watch in found.GroupBy(h => h.Watch, StringComparer.Ordinal))
                {
                    Note(row, watch.Key, [.. watch]);
                }
            }
        }

        Interlocked.Add(ref _read, batch.Count);
    }

    void Note(Row row, string name, IReadOnlyList<WatchHit> hits)
    {
        var watch = name[1..];
        if (!_stories.TryGetValue((watch, row.Story), out var raised))
        {
            var excerpt = Excerpt.Cut(row.Title, row.Text, [.. hits.Select(ArticleDocument.HitOf)], 240);
            _stories[(watch, row.Story)] = raised = new Raised
            {
                Sample = new BacktestSample("", watch, row.Id, row.Story, row.Title, row.Source, row.FetchedAt, excerpt),
            };
        }

        raised.ByNew |= name.StartsWith(New, StringComparison.Ordinal);
        raised.ByOld |= name.StartsWith(Old, StringComparison.Ordinal);
    }

    BacktestResult Result(double seconds)
    {
        var days = _last > _first ? Math.Max((_last - _first).TotalDays, 1) : 1;
        var byChange = _stories.Values.ToLookup(r => (r.ByNew, r.ByOld) switch { (true, true) => "kept", (true, false) => "gained", _ => "lost" });
        var (gained, kept, lost) = (byChange["gained"].Count(), byChange["kept"].Count(), byChange["lost"].Count());
        var samples = new[] { "gained", "lost", "kept" }.SelectMany(change => byChange[change]
            .OrderByDescending(r => r.Sample.Article).Take(MostSamples).Select(r => r.Sample with { Change = change }));
        return new BacktestResult(Read, Math.Round(seconds, 3), Math.Round(Read / Math.Max(seconds, 0.001)), Math.Round(days, 2), _hit, gained, kept, lost,
            Math.Round((gained + kept) / days, 2), Math.Round((kept + lost) / days, 2), [.. samples]);
    }

    static WatchDefinition Named(string mark, WatchDefinition watch) => watch with { Id = mark + watch.Id, Examples = WatchExamples.None };
}
