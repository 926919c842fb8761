using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using NewsMonitor.Articles;
using NewsMonitor.Stories;
using Npgsql;
using NpgsqlTypes;
using TextEngine.NearDuplicates;

namespace NewsMonitor.Benchmarks;

/// <summary>
/// Fills a database with articles and alerts that a search engine cannot tell from real ones by their statistics: words of a vocabulary by
/// Zipf's law, with the proclitics that Arabic news has, and a few marked words of known frequency to search for.
/// </summary>
sealed class ArchiveGenerator(NpgsqlDataSource database, int seed, ArchiveSize size)
{
    public const string Rare = "قاآني";
    public const string Common = "بغداد";

    /// <summary>As common as <see cref="Common"/>, and never in the same article.</summary>
    public const string Elsewhere = "البصرة";
    const int Vocabulary = 60_000;
    const int Batch = 4096;
    static readonly string[] Proclitics = ["و", "ل", "ب", "ال", "وال", "بال", "لل"];
    readonly DateTimeOffset _newest = DateTimeOffset.UtcNow;
    readonly string[] _words = Words(new Random(seed));

    public async Task FillAsync()
    {
        // Rows first, indexes after them: a sorted build is many times as fast as so many insertions.
        var indexes = await DropIndexesAsync();
        await FillArticlesAsync();
        await FillAlertsAsync();
        foreach (var sql in indexes)
        {
            await RunAsync($"SET maintenance_work_mem = '1GB'; {sql}");
        }

        await RunAsync("""
            INSERT INTO alert_words SELECT a.id, w.words FROM alerts a JOIN article_words w ON w.article_id = a.article_id;
            INSERT INTO matches SELECT article_id, watch_id, watch_revision, hits, raised_at FROM alerts;
            SELECT setval(pg_get_serial_sequence('articles', 'id'), (SELECT max(id) FROM articles)),
                   setval(pg_get_serial_sequence('stories', 'id'), (SELECT max(id) FROM stories)),
                   setval(pg_get_serial_sequence('alerts', 'id'), (SELECT max(id) FROM alerts));
            """);
        await RunAsync("VACUUM (ANALYZE)");
    }

    /// <summary>All indexes that no constraint needs, and the key of the largest table. Returns what makes them again.</summary>
    async Task<List<string>> DropIndexesAsync()
    {
        var (drop, make) = (new List<string> { "ALTER TABLE story_bands DROP CONSTRAINT story_bands_pkey" },
            new List<string> { "ALTER TABLE story_bands ADD PRIMARY KEY (band, article_id)" });
        await using (var command = database.CreateCommand("""
            SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
            WHERE indrelid = ANY('{stories,articles,article_words,story_sketches,story_bands,alerts,alert_words}'::regclass[])
                AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
            """))
        await using (var rows = await command.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
            {
                drop.Add($"DROP INDEX {rows.GetString(0)}");
                make.Add(rows.GetString(1));
            }
        }

        await RunAsync(string.Join("; ", drop));
        return make;
    }

    /// <summary>Every article with its story, words and, where it is young enough to find copies, its sketch and look-up keys.</summary>
    async Task FillArticlesAsync()
    {
        await using var stories = await CopyTo.OpenAsync(database,
            "stories (id, title, first_seen_at, last_seen_at, article_count, source_count, terms)");
        await using var articles = await CopyTo.OpenAsync(database, """
            articles (id, feed_id, item_id, url, title, text, source, source_host, language, published_at, fetched_at, updated_at,
                content_hash, revision, story_id)
            """);
        await using var words = await CopyTo.OpenAsync(database, "article_words (article_id, words)");
        await using var sketches = await CopyTo.OpenAsync(database, "story_sketches (article_id, story_id, sketch, seen_at, origin)");
        await using var bands = await CopyTo.OpenAsync(database, "story_bands (band, article_id, seen_at)");
        var closed = (_newest - StoryOptions.DefaultWindow).UtcDateTime;
        var drafts = new Draft[Batch];
        for (var start = 0; start < size.Articles; start += Batch)
        {
            var first = start;
            var count = Math.Min(Batch, size.Articles - first);
            Parallel.For(0, count, i => drafts[i] = DraftOf(first + i));
            var batch = drafts.Take(count).ToList();
            var open = batch.Where(d => d.At > closed).ToList();
            await Task.WhenAll(
                stories.WriteAsync(batch.Select(d => new object?[] { d.Id, d.Title, d.At, d.At, 1, 1, d.Terms })),
                articles.WriteAsync(batch.Select(d => new object?[]
                {
                    d.Id, (d.Id % 400) + 1, $"item {d.Id}", $"https://news.example/{d.Id}", d.Title, d.Text, $"Source {d.Id % 400}", d.Host,
                    d.Id % 10 == 1 ? "en" : "ar", d.At, d.At, d.At, d.Hash, 1, d.Id,
                })),
                words.WriteAsync(batch.Select(d => new object?[] { d.Id, d.Words })),
                sketches.WriteAsync(open.Select(d => new object?[] { d.Id, d.Id, d.Sketch, d.At, d.Host })),
                bands.WriteAsync(open.SelectMany(d => d.Bands.Distinct().Select(band => new object?[] { band, d.Id, d.At }))));
            if (first / Batch % 100 == 0)
            {
                Console.Error.WriteLine($"{first + count} articles");
            }
        }

        foreach (var copy in (CopyTo[])[stories, articles, words, sketches, bands])
        {
            await copy.CompleteAsync();
        }
    }

    Draft DraftOf(int i)
    {
        var (title, text) = Article(i);
        var sketch = Sketcher.Sketch(title, text);
        return new Draft(i + 1, At(i, size.Articles).UtcDateTime, title, text, ArticleWords.Bytes(title, text), sketch.ToBytes(),
            sketch.Bands.ToArray(), MemoryMarshal.Cast<uint, int>(sketch.Terms).ToArray(), BitConverter.GetBytes((long)i));
    }

    async Task FillAlertsAsync()
    {
        var random = new Random(seed);
        await using var alerts = await CopyTo.OpenAsync(database, """
            alerts (id, watch_id, watch_revision, story_id, article_id, severity, status, title, url, source, language, published_at,
                raised_at, updated_at, hits, excerpt)
            """);
        for (var i = 0; i < size.Alerts; i++)
        {
            await alerts.WriteAsync([AlertRow(i, random)]);
        }

        await alerts.CompleteAsync();
    }

    object?[] AlertRow(int i, Random random)
    {
        var article = (long)i * size.Articles / size.Alerts;
        var (title, text) = Article((int)article);
        var at = At(i, size.Alerts).UtcDateTime;
        return
        [
            i + 1L, $"watch-{random.Next(50)}", 1, article + 1, article + 1, new[] { "low", "medium", "high", "critical" }[random.Next(4)],
            new[] { "new", "new", "acknowledged", "investigating", "confirmed", "dismissed" }[random.Next(6)], title,
            $"https://news.example/{article + 1}", $"Source {(article + 1) % 400}", "ar", at, at, at,
            Json($$"""[{"watch":"w","term":"x","field":"text","start":0,"length":5,"surface":"{{text[..5]}}","why":"as written"}]"""),
            Json($$"""{"text":"{{text[..Math.Min(300, text.Length)]}}","highlights":[{"start":0,"length":5}]}"""),
        ];
    }

    static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    async Task RunAsync(string sql)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    DateTimeOffset At(int i, int count) => _newest.AddSeconds(-(double)(count - i) * size.Days * 86_400 / count);

    string Title(Random random) => Text(random, 9);

    (string Title, string Text) Article(int i)
    {
        var random = RandomOf(i);
        var title = Title(random);
        var text = Text(random, (size.Words * 4 / 7) + random.Next(size.Words * 6 / 7));
        // One article in 5,000 has the rare name, one in 4 each of the common ones.
        text = i % 5000 == 7 ? $"{text} وأضاف أن زيارة ل{Rare} تمت." : text;
        return (title, (i % 4) switch
        {
            0 => $"{text} في {Common}.",
            1 => $"{text} في {Elsewhere}.",
            _ => text,
        });
    }

    /// <summary>The same in every process, unlike a hash code.</summary>
    Random RandomOf(int i) => new(unchecked((seed * 1_000_003) + i));

    string Text(Random random, int words)
    {
        var text = new StringBuilder(words * 7);
        for (var i = 0; i < words; i++)
        {
            // Zipf: the share of rank r falls as 1/r, so ranks are drawn evenly on a logarithmic scale.
            var rank = (int)Math.Exp(random.NextDouble() * Math.Log(Vocabulary)) - 1;
            text.Append(i == 0 ? "" : " ").Append(random.Next(10) == 0 ? Proclitics[random.Next(Proclitics.Length)] : "").Append(_words[rank]);
        }

        return text.ToString();
    }

    static string[] Words(Random random)
    {
        const string Letters = "ابتجحدرزسشصطعفقكلمنهوي";
        var words = new HashSet<string>(StringComparer.Ordinal);
        while (words.Count < Vocabulary)
        {
            words.Add(string.Concat(Enumerable.Range(0, 3 + random.Next(4)).Select(_ => Letters[random.Next(Letters.Length)])));
        }

        return [.. words];
    }

    sealed record Draft(
        long Id, DateTime At, string Title, string Text, byte[] Words, byte[] Sketch, long[] Bands, int[] Terms, byte[] Hash)
    {
        public string Host => $"s{Id % 400}.example";
    }

    /// <summary>A binary COPY that is fed in parts. Neither triggers nor foreign keys are asked: what is written is right.</summary>
    sealed class CopyTo(NpgsqlConnection connection, NpgsqlBinaryImporter copy) : IAsyncDisposable
    {
        public static async Task<CopyTo> OpenAsync(NpgsqlDataSource database, string target)
        {
            var connection = await database.OpenConnectionAsync();
            await using (var trust = new NpgsqlCommand("SET session_replication_role = replica", connection))
            {
                await trust.ExecuteNonQueryAsync();
            }

            var copy = await connection.BeginBinaryImportAsync($"COPY {target} FROM STDIN (FORMAT BINARY)");
            copy.Timeout = TimeSpan.FromHours(1);
            return new CopyTo(connection, copy);
        }

        public async Task WriteAsync(IEnumerable<object?[]> rows)
        {
            foreach (var row in rows)
            {
                await copy.StartRowAsync();
                foreach (var value in row)
                {
                    await (value is JsonElement json ? copy.WriteAsync(json.GetRawText(), NpgsqlDbType.Jsonb) : copy.WriteAsync(value!));
                }
            }
        }

        /// <summary>Keeps what was written; without it nothing of it stays.</summary>
        public async Task CompleteAsync() => await copy.CompleteAsync();

        public async ValueTask DisposeAsync()
        {
            await copy.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}

/// <param name="Articles">How many, evenly over the days.</param>
/// <param name="Alerts">How many, of articles evenly chosen.</param>
/// <param name="Days">From the oldest article until now.</param>
/// <param name="Words">Words of a text beside its headline of nine, on average; from four sevenths of it to ten.</param>
readonly record struct ArchiveSize(int Articles, int Alerts, int Days, int Words);
