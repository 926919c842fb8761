using System.Text;
using NewsMonitor.Articles;
using Npgsql;
using NpgsqlTypes;

namespace NewsMonitor.Benchmarks;

/// <summary>
/// Fills a database with articles and alerts that a search engine cannot tell from real ones by their statistics: words of a vocabulary by
/// Zipf's law, with the proclitics that Arabic news has, and a few marked words of known frequency to search for.
/// </summary>
sealed class ArchiveGenerator(NpgsqlDataSource database, int seed)
{
    public const string Rare = "قاآني";
    public const string Common = "بغداد";

    /// <summary>As common as <see cref="Common"/>, and never in the same article.</summary>
    public const string Elsewhere = "البصرة";
    const int Vocabulary = 60_000;
    static readonly string[] Proclitics = ["و", "ل", "ب", "ال", "وال", "بال", "لل"];
    static readonly DateTimeOffset Newest = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    readonly string[] _words = Words(new Random(seed));

    public async Task FillAsync(int articles, int alerts)
    {
        await using (var prepare = database.CreateCommand("DROP INDEX article_words_search; ALTER TABLE alerts DISABLE TRIGGER alerts_words"))
        {
            await prepare.ExecuteNonQueryAsync();
        }

        await CopyAsync("stories (id, title, first_seen_at, last_seen_at, article_count, source_count)", articles, (row, i, random) =>
        {
            row.Write((long)i + 1);
            row.Write(Title(RandomOf(i)));
            row.Write(At(i, articles), NpgsqlDbType.TimestampTz);
            row.Write(At(i, articles), NpgsqlDbType.TimestampTz);
            row.Write(1);
            row.Write(1);
        });
        await CopyAsync("articles (id, feed_id, item_id, url, title, text, source, source_host, language, published_at, fetched_at, updated_at, "
            + "content_hash, revision, story_id)", articles, (row, i, _) => WriteArticle(row, i, articles));
        await CopyTextAsync("article_words (article_id, words)", articles, i =>
        {
            var (title, text) = Article(i);
            return $"{i + 1}\t{ArticleWords.Text(title, text)}\n";
        });
        await CopyAsync("alerts (id, watch_id, watch_revision, story_id, article_id, severity, status, title, url, source, language, published_at, "
            + "raised_at, updated_at, hits, excerpt)", alerts, (row, i, random) => WriteAlert(row, i, articles, alerts, random));
        await using var finish = database.CreateCommand(
            """
            SET maintenance_work_mem = '1GB';
            CREATE INDEX article_words_search ON article_words USING gin (words) WITH (fastupdate = off);
            ALTER TABLE alerts ENABLE TRIGGER alerts_words;
            INSERT INTO alert_words SELECT a.id, w.words FROM alerts a JOIN article_words w ON w.article_id = a.article_id;
            SELECT setval(pg_get_serial_sequence('articles', 'id'), (SELECT max(id) FROM articles)),
                   setval(pg_get_serial_sequence('stories', 'id'), (SELECT max(id) FROM stories)),
                   setval(pg_get_serial_sequence('alerts', 'id'), (SELECT max(id) FROM alerts));
            """);
        finish.CommandTimeout = 0;
        await finish.ExecuteNonQueryAsync();
        foreach (var table in new[] { "articles", "article_words", "alerts", "alert_words", "stories" })
        {
            await using var vacuum = database.CreateCommand($"VACUUM (ANALYZE) {table}");
            vacuum.CommandTimeout = 0;
            await vacuum.ExecuteNonQueryAsync();
        }
    }

    void WriteArticle(NpgsqlBinaryImporter row, int i, int count)
    {
        var (title, text) = Article(i);
        row.Write((long)i + 1);
        row.Write((long)(i % 400) + 1);
        row.Write($"item {i}");
        row.Write($"https://news.example/{i}");
        row.Write(title);
        row.Write(text);
        row.Write($"Source {i % 400}");
        row.Write($"s{i % 400}.example");
        row.Write(i % 10 == 0 ? "en" : "ar");
        row.Write(At(i, count), NpgsqlDbType.TimestampTz);
        row.Write(At(i, count), NpgsqlDbType.TimestampTz);
        row.Write(At(i, count), NpgsqlDbType.TimestampTz);
        row.Write(BitConverter.GetBytes((long)i));
        row.Write(1);
        row.Write((long)i + 1);
    }

    void WriteAlert(NpgsqlBinaryImporter row, int i, int articles, int alerts, Random random)
    {
        var article = (long)i * articles / alerts;
        var (title, text) = Article((int)article);
        row.Write((long)i + 1);
        row.Write($"watch-{random.Next(50)}");
        row.Write(1);
        row.Write(article + 1);
        row.Write(article + 1);
        row.Write(new[] { "low", "medium", "high", "critical" }[random.Next(4)]);
        row.Write(new[] { "new", "new", "acknowledged", "investigating", "confirmed", "dismissed" }[random.Next(6)]);
        row.Write(title);
        row.Write($"https://news.example/{article}");
        row.Write($"Source {article % 400}");
        row.Write("ar");
        row.Write(At(i, alerts), NpgsqlDbType.TimestampTz);
        row.Write(At(i, alerts), NpgsqlDbType.TimestampTz);
        row.Write(At(i, alerts), NpgsqlDbType.TimestampTz);
        row.Write($$"""[{"watch":"w","term":"x","field":"text","start":0,"length":5,"surface":"{{text[..5]}}","why":"as written"}]""", NpgsqlDbType.Jsonb);
        row.Write($$"""{"text":"{{text[..Math.Min(300, text.Length)]}}","highlights":[{"start":0,"length":5}]}""", NpgsqlDbType.Jsonb);
    }

    async Task CopyAsync(string target, int count, Action<NpgsqlBinaryImporter, int, Random> write)
    {
        var random = new Random(seed);
        await using var connection = await database.OpenConnectionAsync();
        await using var copy = await connection.BeginBinaryImportAsync($"COPY {target} FROM STDIN (FORMAT BINARY)");
        copy.Timeout = TimeSpan.FromHours(1);
        for (var i = 0; i < count; i++)
        {
            await copy.StartRowAsync();
            write(copy, i, random);
        }

        await copy.CompleteAsync();
    }

    async Task CopyTextAsync(string target, int count, Func<int, string> line)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var copy = await connection.BeginTextImportAsync($"COPY {target} FROM STDIN");
        const int Batch = 4096;
        for (var start = 0; start < count; start += Batch)
        {
            // Folding is what costs here, so every core folds a part of the batch.
            var lines = new string[Math.Min(Batch, count - start)];
            Parallel.For(0, lines.Length, i => lines[i] = line(start + i));
            foreach (var text in lines)
            {
                await copy.WriteAsync(text);
            }
        }
    }

    static DateTimeOffset At(int i, int count) => Newest.AddSeconds(-(double)(count - i) * 90 * 86_400 / count);

    string Title(Random random) => Text(random, 9);

    (string Title, string Text) Article(int i)
    {
        var random = RandomOf(i);
        var title = Title(random);
        var text = Text(random, 40 + random.Next(60));
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
}
