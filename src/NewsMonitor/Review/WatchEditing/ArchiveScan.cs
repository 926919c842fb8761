using System.Threading.Channels;
using Npgsql;
using TextEngine.WatchTerms;

namespace NewsMonitor.Review.WatchEditing;

/// <summary>An article as a scan reads it.</summary>
sealed record ScannedArticle(long Id, long Story, string Title, string Text, string Source, string? Language, DateTimeOffset FetchedAt);

/// <summary>
/// Runs compiled watches over the stored articles. One connection reads, every core matches, nothing is kept, so the archive may be of any
/// size.
/// </summary>
sealed class ArchiveScan(NpgsqlDataSource database, WatchSet watches)
{
    const int Batch = 512;
    const string Columns = "SELECT id, story_id, title, text, source, language, fetched_at FROM articles";
    readonly Lock _gate = new();
    long _read;

    /// <summary>Articles looked at so far.</summary>
    public long Read => Interlocked.Read(ref _read);

    /// <summary>How many articles there are to look at; near enough where all are wanted.</summary>
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

    /// <summary>Tells <paramref name="note"/> of every article with its hits, one call at a time, in no order.</summary>
    public async Task RunAsync(DateTimeOffset? since, Action<ScannedArticle, IReadOnlyList<WatchHit>> note, CancellationToken cancel)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var batches = Channel.CreateBounded<List<ScannedArticle>>(Environment.ProcessorCount * 2);
        var workers = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(async () =>
        {
            try
            {
                await foreach (var batch in batches.Reader.ReadAllAsync(failed.Token))
                {
                    Match(batch, note);
                }
            }
            catch
            {
                // Whoever reads would else wait for ever for somebody to take the next batch.
                await failed.CancelAsync();
                throw;
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
            if (workers.Find(worker => worker.IsFaulted) is { } faulty)
            {
                await faulty;
            }

            throw;
        }
    }

    /// <summary>A few articles once more, each with its hits; those that are gone meanwhile are left out.</summary>
    public async Task<List<(ScannedArticle Article, IReadOnlyList<WatchHit> Hits)>> AgainAsync(long[] ids, CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"{Columns} WHERE id = ANY(@ids)");
        command.Parameters.AddWithValue("ids", ids);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var found = new List<(ScannedArticle, IReadOnlyList<WatchHit>)>();
        while (await reader.ReadAsync(cancel))
        {
            var article = Row(reader);
            found.Add((article, Hits(article)));
        }

        return found;
    }

    async Task ReadAsync(DateTimeOffset? since, ChannelWriter<List<ScannedArticle>> batches, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(Columns + (since is null ? "" : " WHERE fetched_at >= @since"));
        command.CommandTimeout = 0;
        if (since is { } at)
        {
            command.Parameters.AddWithValue("since", at.ToUniversalTime());
        }

        await using var reader = await command.ExecuteReaderAsync(cancel);
        var batch = new List<ScannedArticle>(Batch);
        while (await reader.ReadAsync(cancel))
        {
            batch.Add(Row(reader));
            if (batch.Count == Batch)
            {
                await batches.WriteAsync(batch, cancel);
                batch = new List<ScannedArticle>(Batch);
            }
        }

        await batches.WriteAsync(batch, cancel);
    }

    static ScannedArticle Row(NpgsqlDataReader reader) => new(
        reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3), reader.GetString(4),
        reader.IsDBNull(5) ? null : reader.GetString(5), reader.GetFieldValue<DateTimeOffset>(6));

    IReadOnlyList<WatchHit> Hits(ScannedArticle article) =>
        watches.Match(new ArticleText(article.Title, article.Text, article.Source, article.Language));

    void Match(List<ScannedArticle> batch, Action<ScannedArticle, IReadOnlyList<WatchHit>> note)
    {
        var found = batch.ConvertAll(Hits);
        lock (_gate)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                note(batch[i], found[i]);
            }
        }

        Interlocked.Add(ref _read, batch.Count);
    }
}
