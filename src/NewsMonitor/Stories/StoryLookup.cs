using Npgsql;
using NpgsqlTypes;
using TextEngine.NearDuplicates;

namespace NewsMonitor.Stories;

/// <summary>
/// The stored articles that share look-up keys with a batch of new ones, read with three statements however large the batch is;
/// articles of the batch join it one after the other, so that they see one another too.
/// </summary>
sealed class StoryLookup
{
    /// <summary>A key of more stories than this is background and finds nobody; no more are stored.</summary>
    const int MostHolders = 32;

    /// <summary>Candidates drawn by their keys; the rest of the matcher's room is for their wholes and parts.</summary>
    const int MostDrawn = 32;

    /// <summary>Articles with so few keys are looked at even where they share a single one.</summary>
    const int FewBands = 14;

    readonly Dictionary<long, List<(long Article, bool Fresh)>> _holders = [];
    /// <summary>Who holds the keys ($1) and was seen after a time ($2); whether after another ($3).</summary>
    // The sum keeps the index on time out. To a planner that takes the table for a small one, it looks cheap; all keys of the last
    // two weeks would be compared with all that are looked for.
    internal const string HoldersSql =
        "SELECT band, article_id, seen_at > $3 FROM story_bands WHERE band = ANY($1) AND seen_at + interval '0' > $2";

    readonly Dictionary<long, KnownArticle> _known = [];
    readonly Dictionary<long, List<long>> _parts = [];

    /// <param name="connection">Inside the transaction that becomes the one writer of stories.</param>
    /// <param name="storyLock">The number of the stories' lock, which is taken first.</param>
    /// <param name="sketches">Of the new articles.</param>
    /// <param name="since">Older articles belong to closed stories.</param>
    /// <param name="fresh">Keys seen before this are stored anew, so that a long-running story is found until its end.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>What is known, and an id for a story of each new article.</returns>
    public static async Task<(StoryLookup Known, long[] StoryIds)> ReadAsync(
        NpgsqlConnection connection, long storyLock, IReadOnlyList<ArticleSketch> sketches, DateTimeOffset since, DateTimeOffset fresh,
        CancellationToken stop)
    {
        var lookup = new StoryLookup();
        var ids = await lookup.ReadHoldersAsync(connection, storyLock, sketches, since, fresh, stop);
        var drawn = sketches.SelectMany(s => lookup.Draw(s)).ToHashSet();
        if (drawn.Count > 0)
        {
            await lookup.ReadSketchesAsync(connection, drawn, [], stop);
            var wholes = lookup._known.Values.Select(k => k.Whole ?? k.Id).ToHashSet();
            await lookup.ReadSketchesAsync(connection, wholes.Where(w => !lookup._known.ContainsKey(w)), wholes, stop);
        }

        return (lookup, ids);
    }

    /// <summary>
    /// Takes the lock, and with it in one round trip the ids and the keys' holders: each statement sees what was committed before it.
    /// </summary>
    async Task<long[]> ReadHoldersAsync(
        NpgsqlConnection connection, long storyLock, IReadOnlyList<ArticleSketch> sketches, DateTimeOffset since, DateTimeOffset fresh,
        CancellationToken stop)
    {
        var bands = new HashSet<long>();
        foreach (var sketch in sketches)
        {
            foreach (var band in sketch.Bands)
            {
                bands.Add(band);
            }
        }

        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("SELECT pg_advisory_xact_lock($1)") { Parameters = { new NpgsqlParameter<long> { TypedValue = storyLock } } },
                new("SELECT nextval(pg_get_serial_sequence('stories', 'id')) FROM generate_series(1, $1)")
                {
                    Parameters = { new NpgsqlParameter<int> { TypedValue = sketches.Count } },
                },
                new(HoldersSql)
                {
                    Parameters = { new NpgsqlParameter<long[]> { TypedValue = [.. bands] }, Time(since), Time(fresh) },
                },
            },
        };
        await using var rows = await batch.ExecuteReaderAsync(stop);
        await rows.NextResultAsync(stop);
        var ids = new List<long>();
        while (await rows.ReadAsync(stop))
        {
            ids.Add(rows.GetInt64(0));
        }

        await rows.NextResultAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            Hold(rows.GetInt64(0), rows.GetInt64(1), rows.GetBoolean(2));
        }

        return [.. ids];

        static NpgsqlParameter Time(DateTimeOffset at) =>
            new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz };
    }

    /// <param name="connection">Inside the transaction that holds the stories' lock.</param>
    /// <param name="ids">Articles to read.</param>
    /// <param name="wholes">Articles whose parts to read.</param>
    /// <param name="stop">Gives up.</param>
    async Task ReadSketchesAsync(NpgsqlConnection connection, IEnumerable<long> ids, IEnumerable<long> wholes, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("""
            SELECT article_id, story_id, sketch, whole_id FROM story_sketches WHERE article_id = ANY($1)
            UNION ALL
            SELECT article_id, story_id, sketch, whole_id FROM story_sketches WHERE whole_id = ANY($2) AND article_id <> ALL($3)
            """, connection);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. ids] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. wholes] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. _known.Keys] });
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            Know(new KnownArticle(
                rows.GetInt64(0), rows.GetInt64(1), ArticleSketch.FromBytes(rows.GetFieldValue<byte[]>(2)),
                rows.IsDBNull(3) ? null : rows.GetInt64(3)));
        }
    }

    /// <summary>
    /// Stored and earlier articles that a new one may be a copy of, the likeliest first, each with its whole or its parts.
    /// </summary>
    public List<KnownArticle> Candidates(ArticleSketch sketch)
    {
        var found = new List<KnownArticle>();
        foreach (var id in Draw(sketch))
        {
            if (_known.TryGetValue(id, out var known) && !found.Contains(known))
            {
                found.Add(known);
            }
        }

        foreach (var known in found.ToArray())
        {
            IEnumerable<long> others = known.Whole is { } whole ? [whole] : _parts.GetValueOrDefault(known.Id, []).Take(MostDrawn / 4);
            foreach (var other in others)
            {
                if (_known.TryGetValue(other, out var added) && !found.Contains(added))
                {
                    found.Add(added);
                }
            }
        }

        return found;
    }

    /// <summary>Adds a new article. Returns the keys to store for it: those that its story does not hold yet.</summary>
    public List<long> Add(KnownArticle article)
    {
        Know(article);
        var bands = new List<long>();
        foreach (var band in article.Sketch.Bands)
        {
            var holders = _holders.GetValueOrDefault(band);
            var held = holders is not null && (holders.Count > MostHolders || holders.Exists(h =>
                h.Article == article.Id || (h.Fresh && _known.TryGetValue(h.Article, out var other) && other.Story == article.Story)));
            if (!held)
            {
                Hold(band, article.Id, true);
                bands.Add(band);
            }
        }

        return bands;
    }

    public void Merge(long from, long into)
    {
        foreach (var known in _known.Values)
        {
            known.Story = known.Story == from ? into : known.Story;
        }
    }

    /// <summary>Makes one article a part of another, and its own parts with it.</summary>
    public void MakePart(KnownArticle part, long whole)
    {
        part.Whole = whole;
        List<long> parts = [part.Id, .. _parts.GetValueOrDefault(part.Id, [])];
        _parts.Remove(part.Id);
        foreach (var id in parts)
        {
            _known[id].Whole = whole;
        }

        (_parts.TryGetValue(whole, out var list) ? list : _parts[whole] = []).AddRange(parts);
    }

    IEnumerable<long> Draw(ArticleSketch sketch)
    {
        var hits = new Dictionary<long, int>();
        foreach (var band in sketch.Bands)
        {
            if (_holders.TryGetValue(band, out var holders) && holders.Count <= MostHolders)
            {
                foreach (var (article, _) in holders)
                {
                    hits[article] = hits.GetValueOrDefault(article) + 1;
                }
            }
        }

        // A single key in common is chance between long articles; of a stored one the length is not known yet, so it may be short.
        var few = sketch.Bands.Length <= FewBands;
        return hits.Where(h => h.Value > 1 || few || IsFew(h.Key)).OrderByDescending(h => h.Value).ThenBy(h => h.Key)
            .Take(MostDrawn).Select(h => h.Key);
    }

    bool IsFew(long article) => !_known.TryGetValue(article, out var known) || known.Sketch.Bands.Length <= FewBands;

    void Hold(long band, long article, bool fresh)
        => (_holders.TryGetValue(band, out var holders) ? holders : _holders[band] = []).Add((article, fresh));

    void Know(KnownArticle article)
    {
        if (_known.TryAdd(article.Id, article) && article.Whole is { } whole)
        {
            (_parts.TryGetValue(whole, out var list) ? list : _parts[whole] = []).Add(article.Id);
        }
    }
}
