using Npgsql;
using NpgsqlTypes;

namespace NewsMonitor.Stories;

/// <summary>Writes what a batch did to the stories: bulk copies for what is new, one statement each for what changes.</summary>
static class StoryWriter
{
    public static async Task<StoryNews> WriteAsync(
        NpgsqlConnection connection, StoryChanges changes, StoryOptions options, DateTimeOffset now, CancellationToken stop)
    {
        await CopyStoriesAsync(connection, changes, now, stop);
        await CopySketchesAsync(connection, changes, now, stop);
        await CopyBandsAsync(connection, changes, now, stop);
        foreach (var (part, whole) in changes.Parts)
        {
            await RunAsync(connection, "UPDATE story_sketches SET whole_id = $2 WHERE article_id = $1 OR whole_id = $1", [part, whole], stop);
        }

        foreach (var (from, into) in changes.Merged)
        {
            await MergeAsync(connection, from, into, stop);
        }

        return new StoryNews(await CountAsync(connection, changes, options, now, stop), changes.Merged);
    }

    static async Task CopyStoriesAsync(NpgsqlConnection connection, StoryChanges changes, DateTimeOffset now, CancellationToken stop)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY stories (id, title, first_seen_at, last_seen_at, article_count, source_count, terms) FROM STDIN (FORMAT BINARY)", stop);
        foreach (var (id, title, terms) in changes.Opened)
        {
            await copy.StartRowAsync(stop);
            await copy.WriteAsync(id, NpgsqlDbType.Bigint, stop);
            await copy.WriteAsync(title, NpgsqlDbType.Text, stop);
            await copy.WriteAsync(now.UtcDateTime, NpgsqlDbType.TimestampTz, stop);
            await copy.WriteAsync(now.UtcDateTime, NpgsqlDbType.TimestampTz, stop);
            await copy.WriteAsync(0, NpgsqlDbType.Integer, stop);
            await copy.WriteAsync(0, NpgsqlDbType.Integer, stop);
            await copy.WriteAsync(terms, NpgsqlDbType.Array | NpgsqlDbType.Integer, stop);
        }

        await copy.CompleteAsync(stop);
    }

    static async Task CopySketchesAsync(NpgsqlConnection connection, StoryChanges changes, DateTimeOffset now, CancellationToken stop)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY story_sketches (article_id, story_id, sketch, seen_at, whole_id, origin) FROM STDIN (FORMAT BINARY)", stop);
        foreach (var (article, known, _) in changes.Added)
        {
            await copy.StartRowAsync(stop);
            await copy.WriteAsync(article.Id, NpgsqlDbType.Bigint, stop);
            await copy.WriteAsync(article.StoryId, NpgsqlDbType.Bigint, stop);
            await copy.WriteAsync(known.Sketch.ToBytes(), NpgsqlDbType.Bytea, stop);
            await copy.WriteAsync(now.UtcDateTime, NpgsqlDbType.TimestampTz, stop);
            if (known.Whole is { } whole)
            {
                await copy.WriteAsync(whole, NpgsqlDbType.Bigint, stop);
            }
            else
            {
                await copy.WriteNullAsync(stop);
            }

            await copy.WriteAsync(AgencyCredit.OriginOf(article), NpgsqlDbType.Text, stop);
        }

        await copy.CompleteAsync(stop);
    }

    static async Task CopyBandsAsync(NpgsqlConnection connection, StoryChanges changes, DateTimeOffset now, CancellationToken stop)
    {
        await using var copy = await connection.BeginBinaryImportAsync("COPY story_bands (band, article_id, seen_at) FROM STDIN (FORMAT BINARY)", stop);
        foreach (var (article, _, bands) in changes.Added)
        {
            foreach (var band in bands)
            {
                await copy.StartRowAsync(stop);
                await copy.WriteAsync(band, NpgsqlDbType.Bigint, stop);
                await copy.WriteAsync(article.Id, NpgsqlDbType.Bigint, stop);
                await copy.WriteAsync(now.UtcDateTime, NpgsqlDbType.TimestampTz, stop);
            }
        }

        await copy.CompleteAsync(stop);
    }

    static async Task MergeAsync(NpgsqlConnection connection, long from, long into, CancellationToken stop)
    {
        await RunAsync(connection, "UPDATE articles SET story_id = $2 WHERE story_id = $1", [from, into], stop);
        await RunAsync(connection, "UPDATE story_sketches SET story_id = $2 WHERE story_id = $1", [from, into], stop);
        await RunAsync(connection, "UPDATE stories SET merged_into = $2 WHERE id = $1 OR merged_into = $1", [from, into], stop);
        await RunAsync(connection, """
            UPDATE stories s SET article_count = s.article_count + f.article_count, first_seen_at = LEAST(s.first_seen_at, f.first_seen_at)
            FROM stories f WHERE s.id = $2 AND f.id = $1
            """, [from, into], stop);
    }

    /// <summary>Counts the stories that gained articles, and says which of the older ones reached a threshold.</summary>
    static async Task<List<StoryGrowth>> CountAsync(
        NpgsqlConnection connection, StoryChanges changes, StoryOptions options, DateTimeOffset now, CancellationToken stop)
    {
        var gained = changes.Added.CountBy(a => a.Article.StoryId).ToList();
        await using var command = new NpgsqlCommand("""
            UPDATE stories s SET article_count = s.article_count + g.articles, last_seen_at = GREATEST(s.last_seen_at, $3),
                source_count = GREATEST(s.source_count, o.sources)
            FROM unnest($1, $2) g (story, articles)
            JOIN LATERAL (SELECT count(DISTINCT origin)::integer AS sources FROM story_sketches k WHERE k.story_id = g.story) o ON true
            JOIN stories was ON was.id = g.story
            WHERE s.id = g.story
            RETURNING s.id, was.source_count, s.source_count
            """, connection);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. gained.Select(g => g.Key)] });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. gained.Select(g => g.Value)] });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        var grown = new List<StoryGrowth>();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            var (story, before, after) = (rows.GetInt64(0), rows.GetInt32(1), rows.GetInt32(2));
            if (before > 0 && options.Crossed(before, after) is { } threshold)
            {
                grown.Add(new StoryGrowth(story, before, after, threshold));
            }
        }

        return grown;
    }

    static async Task RunAsync(NpgsqlConnection connection, string sql, long[] values, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = value });
        }

        await command.ExecuteNonQueryAsync(stop);
    }
}
