using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using FeedParser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Database;
using NewsMonitor.Feeds;
using NewsMonitor.Watches;
using Npgsql;
using TextEngine.WatchTerms;
using Feed = NewsMonitor.Feeds.Feed;

namespace NewsMonitor.Benchmarks;

/// <summary>
/// From the parsed feed to the committed alert, in the service's own pipeline with PostgreSQL on the same machine: new articles a second,
/// beside a bare binary COPY of the same rows into a table without an index. FILE is NDJSON {"id","text"}; every text is one new article.
/// With --folder into the archive that <c>load --folder F --only fill</c> made, each FILE once.
/// </summary>
static class IngestBenchmark
{
    static readonly DateTimeOffset Published = DateTimeOffset.UtcNow.AddMinutes(-10);

    public static async Task<int> RunAsync(string[] args)
    {
        var (watches, items, writers) = (Number(args, "--watches", 1000), Number(args, "--items", 25), Number(args, "--writers", 8));
        var texts = File.ReadLines(args[1]).Take(Number(args, "--articles", int.MaxValue)).Select(TextOf).ToList();
        var kept = Array.IndexOf(args, "--folder") is >= 0 and var at ? args[at + 1] : null;
        var folder = kept is null ? Directory.CreateTempSubdirectory("monitor-ingest-") : new DirectoryInfo(kept);
        try
        {
            await using var service = await StartAsync(folder, args.Contains("--statements"));
            var services = service.App.Services;
            var database = services.GetRequiredService<NpgsqlDataSource>();
            var (held, first) = ((await CountsAsync(database))[0], await FirstIdAsync(database));
            await AddWatchesAsync(services, texts, watches);
            var looks = await LooksAsync(services, texts, items);
            // The first looks pay for compiling code, which a service does once.
            var warm = looks.Count / 2;
            await StoreAsync(services, looks[..warm], writers);
            await RunAsync(database, "CHECKPOINT");
            if (args.Contains("--statements"))
            {
                await RunAsync(database, "CREATE EXTENSION pg_stat_statements");
            }

            var before = await CountsAsync(database);
            var (cpu, databaseCpu, clock) = (Process.GetCurrentProcess().TotalProcessorTime, PollingBenchmark.PostgresCpu(folder), Stopwatch.StartNew());
            await StoreAsync(services, looks[warm..], writers);
            var took = clock.Elapsed;
            (cpu, databaseCpu) = (Process.GetCurrentProcess().TotalProcessorTime - cpu, PollingBenchmark.PostgresCpu(folder) - databaseCpu);
            var after = await CountsAsync(database);
            var counts = after.Zip(before, (a, b) => a - b).ToArray();
            var articles = counts[0];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
                stored    {articles} new articles in {took.TotalSeconds:F1} s: {articles / took.TotalSeconds:N0}/s, {items} a feed, {writers} feeds at once
                          {counts[1]} stories, {counts[2]} matches of {watches} watches, {counts[3]} alerts, {counts[4]} deliveries owed
                CPU       service {cpu.TotalMilliseconds / articles:F2} ms an article, PostgreSQL {databaseCpu.TotalMilliseconds / articles:F2} ms
                """));
            if (args.Contains("--statements"))
            {
                await StatementsAsync(database);
            }

            var bare = await BareAsync(database, first);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"bare COPY {bare:N0} articles/s: {bare * took.TotalSeconds / articles:F1} times as fast"));
            return after[0] - held == texts.Count ? 0 : 1;
        }
        finally
        {
            if (kept is null)
            {
                folder.Delete(recursive: true);
            }
        }
    }

    // The pages' role: nothing is fetched or sent by itself, so that only the pipeline works.
    static Task<MonitorService> StartAsync(DirectoryInfo folder, bool statements) => MonitorService.StartAsync(new Dictionary<string, string?>
    {
        ["urls"] = "http://127.0.0.1:0",
        ["Monitor:Role"] = "web",
        ["Monitor:DataDirectory"] = folder.FullName,
        ["Monitor:ConfigDirectory"] = Path.Combine(folder.FullName, "none"),
        ["Monitor:Samples"] = "false",
        ["Logging:LogLevel:Default"] = "Warning",
        ["Monitor:Database:Settings:shared_preload_libraries"] = statements ? "pg_stat_statements" : "",
        ["Monitor:Database:Settings:pg_stat_statements.track_planning"] = "on",
    }, CancellationToken.None);

    /// <summary>Watches for phrases of the texts, one in twenty for a rare word too, so that one article in some six fires one.</summary>
    static async Task AddWatchesAsync(IServiceProvider services, List<string> texts, int count)
    {
        var random = new Random(1);
        var rare = texts.SelectMany(t => t.Split(' ').Distinct()).CountBy(w => w, StringComparer.Ordinal)
            .Where(w => w.Value is >= 2 and <= 4 && w.Key.Length >= 4).Select(w => w.Key).Order(StringComparer.Ordinal).ToArray();
        random.Shuffle(rare);
        await using var db = await services.GetRequiredService<IDbContextFactory<MonitorDbContext>>().CreateDbContextAsync();
        await db.Set<Watch>().ExecuteDeleteAsync();
        for (var i = 0; i < count; i++)
        {
            var words = texts[random.Next(texts.Count)].Split(' ');
            var at = random.Next(words.Length - 3);
            string[] terms = [string.Join(' ', words[at..(at + 3)]), .. i % 20 == 0 ? rare[(i % rare.Length)..][..1] : []];
            var definition = new WatchDefinition { Id = $"w{i}", Terms = terms };
            db.Add(new Watch
            {
                Id = definition.Id, Name = definition.Id, Severity = Severity.High, Definition = new WatchEntry(definition, "high", []).ToJson(),
                Enabled = true, Origin = Origin.Api, CreatedAt = Published, UpdatedAt = Published,
            });
        }

        await db.SaveChangesAsync();
        await RunAsync(services.GetRequiredService<NpgsqlDataSource>(), """
            INSERT INTO recipients (id, kind, target, mode, min_severity, settings, enabled, origin, created_at, updated_at)
            VALUES ('desk', 'webhook', 'http://127.0.0.1:9/', 'instant', 'low', '{}', true, 'api', now(), now()) ON CONFLICT DO NOTHING
            """);
    }

    /// <summary>A feed for each look, claimed as a worker claims it and known from earlier looks, and its parsed document.</summary>
    static async Task<List<(Feed Feed, FeedLook Look)>> LooksAsync(IServiceProvider services, List<string> texts, int items)
    {
        var documents = texts.Chunk(items).ToList();
        await using var db = await services.GetRequiredService<IDbContextFactory<MonitorDbContext>>().CreateDbContextAsync();
        await db.Set<Feed>().ExecuteDeleteAsync();
        for (var i = 0; i < documents.Count; i++)
        {
            db.Add(new Feed
            {
                Url = $"https://site{i % 500}.example/{i}", NextFetchAt = DateTimeOffset.UtcNow.AddDays(1),
                ClaimedUntil = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero), LastSuccessAt = Published, LastWholeFetchAt = Published,
                CreatedAt = Published, UpdatedAt = Published,
            });
        }

        await db.SaveChangesAsync();
        var feeds = await db.Set<Feed>().AsNoTracking().OrderBy(f => f.Id).ToListAsync();
        return [.. feeds.Zip(documents, (feed, chunk) => (feed, Look(feed, chunk)))];
    }

    static FeedLook Look(Feed feed, string[] texts)
    {
        var rss = new XElement("rss", new XAttribute("version", "2.0"), new XElement("channel", new XElement("title", feed.Url),
            texts.Select((text, i) => new XElement("item", new XElement("guid", $"{feed.Id}-{i}"), new XElement("link", $"{feed.Url}/{i}"),
                new XElement("title", string.Join(' ', text.Split(' ').Take(9))), new XElement("description", text),
                new XElement("pubDate", Published.AddSeconds(i).ToString("R", CultureInfo.InvariantCulture))))));
        var bytes = Encoding.UTF8.GetBytes(rss.ToString(SaveOptions.DisableFormatting));
        return new FeedLook(new FetchOutcome.Content(bytes, "application/rss+xml; charset=utf-8"))
        {
            Document = FeedReader.Read(bytes, "application/rss+xml; charset=utf-8", new Uri(feed.Url)).Feed!,
        };
    }

    static async Task StoreAsync(IServiceProvider services, IReadOnlyCollection<(Feed Feed, FeedLook Look)> looks, int writers)
    {
        var (pipeline, leases) = (services.GetRequiredService<Pipeline>(), services.GetRequiredService<Leases>());
        await Parallel.ForEachAsync(looks, new ParallelOptions { MaxDegreeOfParallelism = writers }, async (look, stop) =>
        {
            await using var lease = leases.Hold("feeds", look.Feed.Id, look.Feed.ClaimedUntil!.Value, stop);
            await pipeline.CarryAsync(lease, look.Feed, look.Look, Stopwatch.GetTimestamp(), stop);
        });
    }

    static async Task<long[]> CountsAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("""
            SELECT ARRAY[(SELECT count(*) FROM articles), (SELECT count(*) FROM stories), (SELECT count(*) FROM matches),
                (SELECT count(*) FROM alerts), (SELECT count(*) FROM deliveries)]
            """);
        return (long[])(await command.ExecuteScalarAsync())!;
    }

    /// <summary>What PostgreSQL spent on each statement, the dearest first.</summary>
    static async Task StatementsAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("""
            SELECT calls, total_exec_time, total_plan_time, rows, left(regexp_replace(query, '\s+', ' ', 'g'), 140) FROM pg_stat_statements
            ORDER BY total_exec_time + total_plan_time DESC LIMIT 45
            """);
        await using var rows = await command.ExecuteReaderAsync();
        Console.WriteLine("statements     calls   run ms  plan ms     rows");
        while (await rows.ReadAsync())
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{rows.GetInt64(0),20}{rows.GetDouble(1),9:N0}{rows.GetDouble(2),9:N0}{rows.GetInt64(3),9}  {rows.GetString(4)}"));
        }
    }

    static async Task<long> FirstIdAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("SELECT coalesce(max(id), 0) + 1 FROM articles");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The rows that are stored, copied once more: how fast this machine can write them at all. Returns rows a second.</summary>
    static async Task<double> BareAsync(NpgsqlDataSource database, long first)
    {
        await RunAsync(database, "DROP TABLE IF EXISTS bare; CREATE TABLE bare (LIKE articles)");
        var rows = new List<object?[]>();
        await using (var read = database.CreateCommand($"SELECT * FROM articles WHERE id >= {first}"))
        await using (var reader = await read.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                var row = new object[reader.FieldCount];
                reader.GetValues(row);
                rows.Add([.. row.Select(v => v is DBNull ? null : v)]);
            }
        }

        await RunAsync(database, "CHECKPOINT");
        var clock = Stopwatch.StartNew();
        await using var connection = await database.OpenConnectionAsync();
        await using (var copy = await connection.BeginBinaryImportAsync("COPY bare FROM STDIN (FORMAT BINARY)"))
        {
            foreach (var row in rows)
            {
                await copy.WriteRowAsync(CancellationToken.None, row!);
            }

            await copy.CompleteAsync();
        }

        return rows.Count / clock.Elapsed.TotalSeconds;
    }

    static async Task RunAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 120;
        await command.ExecuteNonQueryAsync();
    }

    static string TextOf(string line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("text").GetString()!;
    }

    static int Number(string[] args, string name, int otherwise) =>
        Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
}
