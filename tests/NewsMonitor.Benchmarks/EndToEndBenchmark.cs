using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NewsMonitor.Database;
using Npgsql;

namespace NewsMonitor.Benchmarks;

/// <summary>
/// The whole way, from an item that a newsroom publishes to the webhook that tells of it, with one worker and PostgreSQL beside it. First
/// how long it takes while news comes at an ordinary pace; then how many articles a second are carried when every look at every feed
/// brings new ones, and whether memory stays flat over what an hour brings at 300,000 articles a day (12,500) many times over.
/// </summary>
static class EndToEndBenchmark
{
    const int Window = 30;
    const int Watches = 1000;
    const int Parts = 8;

    public static async Task<int> RunAsync(string[] args)
    {
        var (feeds, interval) = (Number(args, "--feeds", 1000), Number(args, "--interval", 15));
        var (rate, seconds, burst) = (Number(args, "--rate", 20), Number(args, "--seconds", 60), Number(args, "--burst-seconds", 60));
        var folder = Directory.CreateTempSubdirectory("monitor-bench-");
        var cluster = await LocalCluster.StartAsync(
            folder.FullName, new DatabaseOptions(), TimeProvider.System, NullLogger.Instance, CancellationToken.None);
        var world = new World(feeds);
        await using var server = await ServeAsync(world);
        try
        {
            var address = new Uri(server.Urls.First().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));
            await using var database = NpgsqlDataSource.Create(cluster.ConnectionString);
            WriteWatches(folder, address);
            using var worker = WorkerProcess.Start(
                folder, cluster.ConnectionString,
                ("Monitor__Fetch__MinInterval", "00:00:01"), ("Monitor__Fetch__PerHostSpacing", "00:00:00"));
            await UntilAsync(async () => await CountAsync(database, "watches") == Watches);
            await AddFeedsAsync(database, feeds, address.Port, interval);
            await UntilAsync(async () => await CountAsync(database, "feeds WHERE last_success_at IS NULL") == 0);

            await PublishAsync(world, rate, seconds, interval);
            ReportLatency(world, feeds, interval, rate);
            await BurstAsync(database, world, worker, burst);
            return 0;
        }
        finally
        {
            await cluster.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }

    /// <summary>At the given pace, feed by feed; then the last items get the time of two looks to arrive.</summary>
    static async Task PublishAsync(World world, int rate, int seconds, int interval)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / rate));
        for (var n = 0; n < rate * seconds && await pace.WaitForNextTickAsync(); n++)
        {
            world.Publish(n * 7919 % world.Feeds);
        }

        for (var waited = 0; waited < 2 * interval + 5 && world.Arrivals.Count < world.Published.Count; waited++)
        {
            await Task.Delay(1000);
        }
    }

    static void ReportLatency(World world, int feeds, int interval, int rate)
    {
        var whole = world.Arrivals.Select(a => (a.Value - world.Published[a.Key]).TotalSeconds).Order().ToList();
        var inside = world.Arrivals.Select(a => (a.Value - world.Served[a.Key]).TotalSeconds).Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {feeds} feeds looked at every {interval} s, {rate} new items a second, {Watches} watches
            arrived               {whole.Count} of {world.Published.Count} items
            published to webhook  median {At(whole, .5):0.00} s, p99 {At(whole, .99):0.00} s
            served to webhook     median {At(inside, .5):0.000} s, p99 {At(inside, .99):0.000} s
            """));
    }

    static async Task BurstAsync(NpgsqlDataSource database, World world, WorkerProcess worker, int seconds)
    {
        world.EveryLookBringsNews = true;
        await using (var due = database.CreateCommand(
            "UPDATE feeds SET settings = jsonb_build_object('interval', '00:00:01'), next_fetch_at = now()"))
        {
            await due.ExecuteNonQueryAsync();
        }

        // Between two collections memory rises and falls: a part of the time is told by its lowest, its median and its highest second.
        var (before, cpu, clock) = (await CountAsync(database, "articles"), worker.Cpu, Stopwatch.StartNew());
        var memory = new List<string>();
        for (var part = 1; part <= Parts; part++)
        {
            var seen = new List<long>();
            while (clock.Elapsed.TotalSeconds < (double)seconds * part / Parts)
            {
                await Task.Delay(TimeSpan.FromSeconds(1));
                seen.Add(worker.Megabytes);
            }

            seen.Sort();
            var more = await CountAsync(database, "articles") - before;
            memory.Add($"{seen[0]} {seen[seen.Count / 2]} {seen[^1]} at {more / 1000} k");
        }

        var stored = await CountAsync(database, "articles") - before;
        var spent = (worker.Cpu - cpu).TotalMilliseconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            every look brings news  {stored / clock.Elapsed.TotalSeconds:0} articles/s, {spent / stored:0.00} ms of the worker's CPU each
            the worker's memory     {string.Join(", ", memory)} articles (MB: lowest, median, highest)
            """));
    }

    static double At(List<double> sorted, double share) => sorted.Count == 0 ? double.NaN : sorted[(int)(share * (sorted.Count - 1))];

    /// <summary>A thousand watches: one that every latency item mentions, and names that nobody mentions.</summary>
    static void WriteWatches(DirectoryInfo folder, Uri address)
    {
        var config = folder.CreateSubdirectory("config");
        var names = new Random(5);
        var watches = new StringBuilder("watches:\n  - {id: w0, name: The name, severity: high, terms: [قاآني], recipients: [desk]}\n");
        for (var n = 1; n < Watches; n++)
        {
            var (person, place) = (World.Words(names, 2), World.Words(names, 1));
            watches.Append($"  - {{id: w{n}, name: Watch {n}, severity: low, terms: [\"{person}\", \"{place}\"]}}\n");
        }

        File.WriteAllText(Path.Combine(config.FullName, "watches.yaml"), watches.ToString());
        var recipients = $"recipients:\n  - {{id: desk, kind: webhook, url: \"{new Uri(address, "hook")}\"}}\n";
        File.WriteAllText(Path.Combine(config.FullName, "recipients.yaml"), recipients);
    }

    static async Task<WebApplication> ServeAsync(World world)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://0.0.0.0:0");
        var app = builder.Build();
        app.MapGet("/feed/{feed:int}", (int feed) => Results.Text(world.Feed(feed), "application/rss+xml; charset=utf-8"));
        app.MapPost("/hook", async (HttpContext http) =>
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body);
            if (body.RootElement.GetProperty("type").GetString() == "alert.raised")
            {
                world.Arrivals.TryAdd(body.RootElement.GetProperty("data").GetProperty("url").GetString()!, DateTimeOffset.UtcNow);
            }
        });
        await app.StartAsync();
        return app;
    }

    static async Task AddFeedsAsync(NpgsqlDataSource database, int feeds, int port, int interval)
    {
        // As many hosts as feeds; due evenly over the interval.
        await using var command = database.CreateCommand("""
            INSERT INTO feeds (url, origin, enabled, settings, state, next_fetch_at, failures, created_at, updated_at)
            SELECT 'http://127.0.' || (1 + n / 250) || '.' || (1 + n % 250) || ':' || @port || '/feed/' || n, 'api', true,
                   jsonb_build_object('interval', @interval), 'healthy', now() + n * @step, 0, now(), now()
            FROM generate_series(0, @feeds - 1) AS n
            """);
        command.Parameters.AddWithValue("port", port);
        command.Parameters.AddWithValue("interval", TimeSpan.FromSeconds(interval).ToString("c", CultureInfo.InvariantCulture));
        command.Parameters.AddWithValue("step", TimeSpan.FromSeconds((double)interval / feeds));
        command.Parameters.AddWithValue("feeds", feeds);
        await command.ExecuteNonQueryAsync();
    }

    static async Task<long> CountAsync(NpgsqlDataSource database, string rows)
    {
        await using var command = database.CreateCommand($"SELECT count(*) FROM {rows}");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                if (await holds())
                {
                    return;
                }
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
            {
                // The worker is still bringing the database up to date.
            }

            await Task.Delay(200);
            if (tries > 600)
            {
                throw new TimeoutException("The service did not get ready within two minutes.");
            }
        }
    }

    static int Number(string[] args, string name, int otherwise) =>
        Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length
            ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;

    /// <summary>What is published, served and delivered, and when.</summary>
    sealed class World(int feeds)
    {
        readonly int[] _versions = new int[feeds];

        public int Feeds => feeds;

        public bool EveryLookBringsNews { get; set; }

        public ConcurrentDictionary<string, DateTimeOffset> Published { get; } = [];

        public ConcurrentDictionary<string, DateTimeOffset> Served { get; } = [];

        public ConcurrentDictionary<string, DateTimeOffset> Arrivals { get; } = [];

        public void Publish(int feed)
        {
            lock (_versions)
            {
                Published[Link(feed, ++_versions[feed])] = DateTimeOffset.UtcNow;
            }
        }

        public string Feed(int feed)
        {
            int last;
            lock (_versions)
            {
                last = EveryLookBringsNews ? _versions[feed] += Window : _versions[feed];
            }

            var text = new StringBuilder($"<rss version=\"2.0\"><channel><title>Newsroom {feed}</title>");
            var now = DateTimeOffset.UtcNow;
            for (var n = last; n > Math.Max(0, last - Window); n--)
            {
                var link = Link(feed, n);
                var random = new Random(HashCode.Combine(feed, n));
                text.Append(CultureInfo.InvariantCulture, $"<item><title>{Words(random, 8)}</title><link>{link}</link><description>");
                if (Published.ContainsKey(link))
                {
                    Served.TryAdd(link, now);
                    text.Append("وصل قاآني إلى بغداد. ");
                }

                text.Append(Words(random, 120)).Append("</description></item>");
            }

            return text.Append("</channel></rss>").ToString();
        }

        static string Link(int feed, int n) => string.Create(CultureInfo.InvariantCulture, $"http://newsroom{feed}.example/{n}");

        public static string Words(Random random, int count)
        {
            var text = new StringBuilder();
            for (var i = 0; i < count; i++)
            {
                text.Append(i == 0 ? "" : " ");
                for (var letters = random.Next(3, 9); letters > 0; letters--)
                {
                    text.Append((char)('\u0628' + random.Next(19)));
                }
            }

            return text.ToString();
        }
    }
}
