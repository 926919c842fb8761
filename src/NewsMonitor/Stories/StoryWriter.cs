using NewsMonitor.Articles;
using NewsMonitor.Database;
using Npgsql;
using NpgsqlTypes;

namespace NewsMonitor.Stories;

/// <summary>Writes what a batch did to the stories, all in one round trip, and counts.</summary>
static class StoryWriter
{
    public static async Task<StoryNews> WriteAsync(
        NpgsqlConnection connection, StoryChanges changes, StoryOptions options, DateTimeOffset now, CancellationToken stop)
    {
        var gained = changes.Added.ToLookup(a => a.New.Article.StoryId, a => a.New.Origin);
        await using var batch = new NpgsqlBatch(connection);
        AddNew(batch, changes, gained, now.UtcDateTime);
        AddRevised(batch, changes);
        await batch.ExecuteNonQueryAsync(stop);
        var opened = changes.Opened.Select(o => o.Id).ToHashSet();
        var grown = gained.Where(g => !opened.Contains(g.Key)).ToDictionary(g => g.Key, g => g.Count());
        return new StoryNews(await CountAsync(connection, grown, options, now, stop), changes.Merged);
    }

    static void AddNew(NpgsqlBatch batch, StoryChanges changes, ILookup<long, string> gained, DateTime at)
    {
        var (opened, added) = (changes.Opened, changes.Added);
        batch.AddInsert("stories (id, title, first_seen_at, last_seen_at, article_count, source_count, terms)",
            new(NpgsqlDbType.Bigint, opened.Select(o => o.Id).ToArray()), new(NpgsqlDbType.Text, opened.Select(o => o.Title).ToArray()),
            Times(opened.Count), Times(opened.Count), new(NpgsqlDbType.Integer, opened.Select(o => gained[o.Id].Count()).ToArray()),
            new(NpgsqlDbType.Integer, opened.Select(o => gained[o.Id].Distinct().Count()).ToArray()),
            new(NpgsqlDbType.Text, opened.Select(o => $"{{{string.Join(',', o.Terms)}}}").ToArray(), "integer[]"));
        ArticleWriter.AddTo(batch, [.. added.Select(a => a.New.Article)]);
        batch.AddInsert("story_sketches (article_id, story_id, sketch, seen_at, whole_id, origin)",
            new(NpgsqlDbType.Bigint, added.Select(a => a.New.Article.Id).ToArray()),
            new(NpgsqlDbType.Bigint, added.Select(a => a.New.Article.StoryId).ToArray()),
            new(NpgsqlDbType.Bytea, added.Select(a => a.New.Bytes).ToArray()), Times(added.Count),
            new(NpgsqlDbType.Bigint, added.Select(a => a.Known.Whole).ToArray()),
            new(NpgsqlDbType.Text, added.Select(a => a.New.Origin).ToArray()));
        var bands = added.SelectMany(a => a.Bands.Select(band => (Band: band, Article: a.New.Article.Id))).ToList();
        batch.AddInsert("story_bands (band, article_id, seen_at)", new(NpgsqlDbType.Bigint, bands.Select(b => b.Band).ToArray()),
            new(NpgsqlDbType.Bigint, bands.Select(b => b.Article).ToArray()), Times(bands.Count));

        Column Times(int count) => new(NpgsqlDbType.TimestampTz, Enumerable.Repeat(at, count).ToArray());
    }

    /// <summary>What becomes of stored articles and stories: parts first, then merges.</summary>
    static void AddRevised(NpgsqlBatch batch, StoryChanges changes)
    {
        foreach (var (part, whole) in changes.Parts)
        {
            Add("UPDATE story_sketches SET whole_id = $2 WHERE article_id = $1 OR whole_id = $1", part, whole);
        }

        foreach (var (from, into) in changes.Merged)
        {
            Add("UPDATE articles SET story_id = $2 WHERE story_id = $1", from, into);
            Add("UPDATE story_sketches SET story_id = $2 WHERE story_id = $1", from, into);
            Add("UPDATE stories SET merged_into = $2 WHERE id = $1 OR merged_into = $1", from, into);
            Add("""
                UPDATE stories s SET article_count = s.article_count + f.article_count,
                    first_seen_at = LEAST(s.first_seen_at, f.first_seen_at)
                FROM stories f WHERE s.id = $2 AND f.id = $1
                """, from, into);
        }

        void Add(string sql, long first, long second) => batch.BatchCommands.Add(new NpgsqlBatchCommand(sql)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = first }, new NpgsqlParameter<long> { TypedValue = second } },
        });
    }

    /// <summary>Counts the known stories that gained so many articles each, and says which of them reached a threshold.</summary>
    static async Task<List<StoryGrowth>> CountAsync(
        NpgsqlConnection connection, Dictionary<long, int> gained, StoryOptions options, DateTimeOffset now, CancellationToken stop)
    {
        var grown = new List<StoryGrowth>();
        if (gained.Count == 0)
        {
            return grown;
        }

        await using var command = new NpgsqlCommand("""
            UPDATE stories s SET article_count = s.article_count + g.articles, last_seen_at = GREATEST(s.last_seen_at, $3),
                source_count = GREATEST(s.source_count, o.sources)
            FROM unnest($1, $2) g (story, articles)
            JOIN LATERAL (SELECT count(DISTINCT origin)::integer AS sources FROM story_sketches k WHERE k.story_id = g.story) o ON true
            JOIN stories was ON was.id = g.story
            WHERE s.id = g.story
            RETURNING s.id, was.source_count, s.source_count
            """, connection);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. gained.Keys] });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. gained.Values] });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            var (story, before, after) = (rows.GetInt64(0), rows.GetInt32(1), rows.GetInt32(2));
            if (options.Crossed(before, after) is { } threshold)
            {
                grown.Add(new StoryGrowth(story, before, after, threshold));
            }
        }

        return grown;
    }
}
