using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NewsMonitor.Operations.Retention;
using Npgsql;

namespace NewsMonitor.Benchmarks;

/// <summary>
/// What one round of retention costs on a large database, and what others feel of it: the alert list and a small write to the very tables
/// that rows go from, before and meanwhile. Then what the rows leave behind, and what a vacuum makes of it.
/// </summary>
static class RetentionBenchmark
{
    /// <summary>
    /// retention --folder F [--articles DAYS, 365] [--sketches DAYS, 14]: of an archive that <c>load --folder F --only fill</c> made.
    /// </summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (Array.IndexOf(args, "--folder") is not (>= 0 and var at) || !Directory.Exists(args.ElementAtOrDefault(at + 1)))
        {
            Console.Error.WriteLine("retention --folder F: name the folder of an archive that `load --folder F --only fill` made.");
            return 2;
        }

        await using var service = await LoadBenchmark.StartAsync(args[at + 1]);
        var database = service.App.Services.GetRequiredService<NpgsqlDataSource>();
        await SizesAsync(database);
        using var client = LoadBenchmark.ClientOf(service);
        var before = await ProbeAsync(client, database, Task.Delay(TimeSpan.FromSeconds(10)));
        var options = new RetentionOptions { Articles = Days(args, "--articles", 365), Sketches = Days(args, "--sketches", 14) };
        var work = new RetentionWork(database, Options.Create(options), TimeProvider.System, NullLogger<RetentionWork>.Instance);
        var clock = Stopwatch.StartNew();
        var running = work.RunAsync(CancellationToken.None);
        var during = await ProbeAsync(client, database, running);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"one round in {clock.Elapsed.TotalSeconds:F1} s"));
        foreach (var (table, aged) in await running)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {table,-16} {aged.Rows,9} rows in {aged.Steps,5} steps, the longest {aged.Longest.TotalMilliseconds:F0} ms"));
        }

        Console.WriteLine("what others feel (ms)");
        foreach (var (name, times) in ((string, List<double>)[])
        [
            ("list, before", before.Lists), ("list, meanwhile", during.Lists),
            ("write, before", before.Writes), ("write, meanwhile", during.Writes),
        ])
        {
            Console.WriteLine($"  {name,-16} {LoadBenchmark.Line(times)}");
        }

        Console.WriteLine($"  waits for a lock seen {during.Waits} times in {during.Looks} looks");
        await VacuumAsync(database);
        await RefillAsync(database, (await running)["articles"].Rows);
        return 0;
    }

    static async Task<Felt> ProbeAsync(HttpClient client, NpgsqlDataSource database, Task until)
    {
        var felt = new Felt([], [], 0, 0);
        while (!until.IsCompleted)
        {
            var clock = Stopwatch.StartNew();
            (await client.GetAsync("alerts?limit=50")).EnsureSuccessStatusCode();
            felt.Lists.Add(clock.Elapsed.TotalMilliseconds);
            clock.Restart();
            await WriteAsync(database);
            felt.Writes.Add(clock.Elapsed.TotalMilliseconds);
            await using var waits = database.CreateCommand("SELECT count(*) FROM pg_locks WHERE NOT granted");
            felt = felt with { Looks = felt.Looks + 1, Waits = felt.Waits + ((long)(await waits.ExecuteScalarAsync())! > 0 ? 1 : 0) };
            await Task.Delay(20);
        }

        return felt;
    }

    /// <summary>One new article with its story, sketch and words, as the pipeline commits them.</summary>
    static async Task WriteAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("""
            WITH s AS (
                INSERT INTO stories (title, first_seen_at, last_seen_at, article_count, source_count)
                VALUES ('t', now(), now(), 1, 1) RETURNING id),
            a AS (
                INSERT INTO articles (feed_id, item_id, title, text, source, source_host, fetched_at, updated_at, content_hash, revision,
                    story_id)
                SELECT 0, gen_random_uuid()::text, 't', 'x', 's', 'h', now(), now(), '', 1, id FROM s RETURNING id, story_id),
            k AS (INSERT INTO story_sketches (article_id, story_id, sketch, seen_at) SELECT id, story_id, '', now() FROM a)
            INSERT INTO article_words SELECT id, to_tsvector('simple', 'one two three') FROM a
            """);
        await command.ExecuteNonQueryAsync();
    }

    static async Task SizesAsync(NpgsqlDataSource database)
    {
        Console.WriteLine("table               rows          MB   of it indexes   bytes a row");
        await using var command = database.CreateCommand("""
            SELECT relname, reltuples::bigint, pg_total_relation_size(oid) / 1048576, pg_indexes_size(oid) / 1048576,
                pg_total_relation_size(oid) / greatest(reltuples, 1)::bigint
            FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_total_relation_size(oid) > 10485760
            ORDER BY 3 DESC
            """);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var numbers = string.Join(' ', Enumerable.Range(1, 4).Select(i => $"{rows.GetInt64(i),10}"));
            Console.WriteLine($"{rows.GetString(0),-16} {numbers}");
        }
    }

    static async Task VacuumAsync(NpgsqlDataSource database)
    {
        Console.WriteLine("vacuum");
        foreach (var table in (string[])["articles", "article_words", "stories", "story_sketches", "story_bands"])
        {
            await using var dead = database.CreateCommand("""
                SELECT n_dead_tup, n_live_tup, pg_total_relation_size(relid) / 1048576 FROM pg_stat_user_tables WHERE relname = $1
                """);
            dead.Parameters.AddWithValue(table);
            await using (var row = await dead.ExecuteReaderAsync())
            {
                await row.ReadAsync();
                var (gone, live) = (row.GetInt64(0), row.GetInt64(1));
                Console.Write($"  {table,-16} {gone,9} of {live + gone,9} rows dead, {row.GetInt64(2)} MB; ");
            }

            var clock = Stopwatch.StartNew();
            await using var vacuum = database.CreateCommand($"VACUUM {table}");
            vacuum.CommandTimeout = 0;
            await vacuum.ExecuteNonQueryAsync();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cleared in {clock.Elapsed.TotalSeconds:F1} s"));
        }
    }

    /// <summary>As many new articles as went: where they find room, the files do not grow.</summary>
    static async Task RefillAsync(NpgsqlDataSource database, long rows)
    {
        var before = await SizeAsync(database);
        await using var command = database.CreateCommand($"""
            CREATE TEMP TABLE refill AS SELECT a.*, nextval('articles_id_seq') AS fresh, nextval('stories_id_seq') AS story
                FROM articles a JOIN stories ON stories.id = a.story_id ORDER BY a.id DESC LIMIT {rows};
            INSERT INTO stories (id, title, first_seen_at, last_seen_at, article_count, source_count, terms)
                SELECT r.story, r.title, now(), now(), 1, 1, s.terms FROM refill r JOIN stories s ON s.id = r.story_id;
            INSERT INTO articles (id, feed_id, item_id, url, title, text, source, source_host, language, fetched_at, updated_at, content_hash,
                revision, story_id)
                SELECT fresh, feed_id, 'again ' || fresh, url, title, text, source, source_host, language, now(), now(), content_hash, 1, story
                FROM refill;
            INSERT INTO article_words SELECT fresh, words FROM refill r JOIN article_words w ON w.article_id = r.id;
            """);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
        Console.WriteLine($"{rows} new articles into the room that fell free: {before} MB before, {await SizeAsync(database)} MB after");
    }

    static async Task<long> SizeAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("""
            SELECT sum(pg_total_relation_size(t))::bigint / 1048576 FROM unnest('{articles,article_words,stories}'::regclass[]) t
            """);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    static int Days(string[] args, string name, int otherwise) =>
        Array.IndexOf(args, name) is >= 0 and var at ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;

    sealed record Felt(List<double> Lists, List<double> Writes, int Waits, int Looks);
}
