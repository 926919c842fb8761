using System.Diagnostics;
using System.Globalization;
using System.Text;
using FeedParser;
using Microsoft.Extensions.Logging.Abstractions;
using NewsMonitor.Articles;
using NewsMonitor.Database;
using Npgsql;

namespace NewsMonitor.Benchmarks;

/// <summary>
/// One worker process, a real PostgreSQL, many feeds on as many hosts: does the schedule hold, and at what price? With --crash the worker
/// is killed and PostgreSQL stopped for a minute in the middle, and afterwards everything that was ever served must be stored once.
/// </summary>
static class PollingBenchmark
{
    public static async Task<int> RunAsync(string[] args)
    {
        var feeds = Number(args, "--feeds", 10_000);
        var interval = Number(args, "--interval", 300);
        var seconds = Number(args, "--seconds", 180);
        var crash = args.Contains("--crash");
        var folder = Directory.CreateTempSubdirectory("monitor-bench-");
        var newsrooms = Start("dotnet", [Environment.ProcessPath is { } self && !self.EndsWith("dotnet", StringComparison.Ordinal)
            ? Path.ChangeExtension(self, "dll") is { } dll && File.Exists(dll)
                ? dll : self : typeof(PollingBenchmark).Assembly.Location,
            "serve", Number(args, "--unchanged", 80).ToString(CultureInfo.InvariantCulture)], [], input: true);
        var cluster = await OpenAsync(folder);
        Process? worker = null;
        try
        {
            var port = int.Parse((await newsrooms.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
            await using var database = NpgsqlDataSource.Create(cluster.ConnectionString);
            worker = StartWorker(folder, cluster.ConnectionString);
            await UntilMigratedAsync(database);
            var begin = DateTimeOffset.UtcNow.AddSeconds(10 + feeds / 250);
            await AddFeedsAsync(database, feeds, port, interval, begin);
            await Task.Delay(begin - DateTimeOffset.UtcNow);
            var warm = Number(args, "--warm-up", crash ? 0 : 60);
            await Task.Delay(TimeSpan.FromSeconds(warm));
            var (cpu, serverCpu, databaseCpu, clock) = (Cpu(worker.Id), Cpu(newsrooms.Id), PostgresCpu(folder), Stopwatch.StartNew());
            var measured = DateTimeOffset.UtcNow;
            if (crash)
            {
                await Task.Delay(TimeSpan.FromSeconds(seconds / 4.0));
                worker.Kill();
                await worker.WaitForExitAsync();
                Console.WriteLine($"{clock.Elapsed.TotalSeconds:0} s: worker killed with SIGKILL and started again");
                worker = StartWorker(folder, cluster.ConnectionString);
                await Task.Delay(TimeSpan.FromSeconds(seconds / 4.0));
                await cluster.DisposeAsync();
                Console.WriteLine($"{clock.Elapsed.TotalSeconds:0} s: PostgreSQL stopped for 60 s");
                await Task.Delay(TimeSpan.FromSeconds(60));
                cluster = await OpenAsync(folder);
                Console.WriteLine($"{clock.Elapsed.TotalSeconds:0} s: PostgreSQL runs again");
                database.Clear();
                await Task.Delay(TimeSpan.FromSeconds(seconds / 2.0));
                return await CheckAsync(database, port, worker);
            }
            await Task.Delay(TimeSpan.FromSeconds(seconds));
            var spent = new Spent(Cpu(worker.Id) - cpu, PostgresCpu(folder) - databaseCpu, Cpu(newsrooms.Id) - serverCpu, clock.Elapsed);
            await ReportAsync(database, worker, spent, measured);
            await ReportIdleAsync(database, worker, folder);
            return 0;
        }
        finally
        {
            if (worker is { HasExited: false }) worker.Kill();
            newsrooms.Kill();
            await cluster.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }

    static Task<LocalCluster> OpenAsync(DirectoryInfo folder) =>
        LocalCluster.StartAsync(folder.FullName, new DatabaseOptions(), TimeProvider.System, NullLogger.Instance, CancellationToken.None);

    static Process StartWorker(DirectoryInfo folder, string connectionString) => Start("dotnet",
        [Path.Combine(AppContext.BaseDirectory, "monitor.dll"), "run", "--urls", "http://127.0.0.1:0"],
        [
            ("ConnectionStrings__Monitor", connectionString), ("Monitor__DataDirectory", Path.Combine(folder.FullName, "worker")),
            ("Monitor__ConfigDirectory", Path.Combine(folder.FullName, "config")), ("Monitor__Outbound__AllowedHosts", "127.0.0.0/8"),
            ("Logging__LogLevel__Default", "Warning"),
        ], input: false);

    static Process Start(string program, string[] arguments, (string Key, string Value)[] environment, bool input)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = input, RedirectStandardOutput = input };
        foreach (var (key, value) in environment) start.Environment[key] = value;
        return Process.Start(start)!;
    }

    static async Task UntilMigratedAsync(NpgsqlDataSource database)
    {
        for (var tries = 0; ; tries++)
        {
            await Task.Delay(500);
            await using var command = database.CreateCommand("SELECT count(*) FROM information_schema.columns WHERE table_name = 'feeds' AND column_name = 'track'");
            if ((long)(await command.ExecuteScalarAsync())! == 1) break;
            if (tries > 120) throw new TimeoutException("The worker did not bring the database up to date.");
        }
        await Task.Delay(3000);
    }

    static async Task AddFeedsAsync(NpgsqlDataSource database, int feeds, int port, int interval, DateTimeOffset begin)
    {
        // Known validators and a whole fetch of late, as in the middle of an ordinary day.
        await using var command = database.CreateCommand("""
            INSERT INTO feeds (url, origin, enabled, settings, state, etag, next_fetch_at, last_whole_fetch_at, last_success_at, failures, created_at, updated_at)
            SELECT url, 'api', true, jsonb_build_object('interval', @interval), 'healthy', '"start"', @begin + (n - 1) * @step,
                now(), now(), 0, now(), now()
            FROM unnest(@urls) WITH ORDINALITY AS u (url, n)
            """);
        var hosts = Enumerable.Range(0, feeds).Select(n => $"127.{1 + n / 62500}.{n / 250 % 250}.{1 + n % 250}").ToArray();
        command.Parameters.AddWithValue("urls", hosts.Select(h => $"http://{h}:{port}/feed").ToArray());
        command.Parameters.AddWithValue("interval", TimeSpan.FromSeconds(interval).ToString("c", CultureInfo.InvariantCulture));
        command.Parameters.AddWithValue("begin", begin);
        command.Parameters.AddWithValue("step", TimeSpan.FromSeconds((double)interval / feeds));
        await command.ExecuteNonQueryAsync();
        await AddArticlesAsync(database, hosts);
    }

    /// <summary>What the feeds brought before this day: the items of their first document, as the service would know them.</summary>
    static async Task AddArticlesAsync(NpgsqlDataSource database, string[] hosts)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using (var rows = await connection.BeginBinaryImportAsync("""
            COPY articles (feed_id, item_id, url, canonical_url, title, text, source, source_host, published_at, fetched_at, updated_at,
                content_hash, revision, story_id) FROM STDIN (FORMAT binary)
            """))
        {
            var now = DateTimeOffset.UtcNow;
            foreach (var (feed, host) in hosts.Index())
            {
                var body = Encoding.UTF8.GetBytes(Newsrooms.Feed(host, Newsrooms.ItemsAtFirst));
                var document = FeedReader.Read(body, "application/rss+xml").Feed!;
                foreach (var (item, known) in document.Items.Zip(ArticleIdentity.Of(document.Items)))
                    await rows.WriteRowAsync(default, (long)feed + 1, known!.ItemId, item.Link!, known.CanonicalUrl!, item.Title!,
                        ItemText.Of(item), document.Title!, host, item.Published!.Value.ToUniversalTime(), now, now, known.ContentHash, 1, 0L);
            }
            await rows.CompleteAsync();
        }
        // Stories are not the matter here; each of these is one.
        foreach (var statement in new[]
        {
            "UPDATE articles SET story_id = id",
            """
            INSERT INTO stories (id, title, first_seen_at, last_seen_at, article_count, source_count)
            SELECT id, title, fetched_at, fetched_at, 1, 1 FROM articles
            """,
            "SELECT setval(pg_get_serial_sequence('stories', 'id'), (SELECT max(id) FROM articles))",
            "VACUUM FULL articles",
            "VACUUM ANALYZE",
        })
        {
            await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 120 };
            await command.ExecuteNonQueryAsync();
        }
    }

    static async Task ReportAsync(
        NpgsqlDataSource database, Process worker, Spent spent, DateTimeOffset begin)
    {
        await using var command = database.CreateCommand("""
            SELECT count(*), count(*) FILTER (WHERE result = 'not-modified'), coalesce(sum(new_articles), 0),
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY late_ms) / 1000,
                   percentile_cont(0.99) WITHIN GROUP (ORDER BY late_ms) / 1000,
                   max(late_ms) / 1000.0::double precision, (SELECT count(*) FROM feeds WHERE next_fetch_at < now() - interval '5 seconds')
            FROM feed_fetches WHERE at >= @begin
            """);
        command.Parameters.AddWithValue("begin", begin);
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        var polls = row.GetInt64(0);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            polls           {polls} in {spent.Time.TotalSeconds:0} s: {polls / spent.Time.TotalSeconds:0.0}/s, {100.0 * row.GetInt64(1) / polls:0} % not modified, {row.GetInt64(2)} new articles
            worker CPU      {spent.Worker.TotalMilliseconds / polls:0.00} ms a poll ({100 * spent.Worker / spent.Time:0.0} % of a core)
            PostgreSQL CPU  {spent.Database.TotalMilliseconds / polls:0.00} ms a poll ({100 * spent.Database / spent.Time:0.0} % of a core)
            newsrooms CPU   {spent.Newsrooms.TotalMilliseconds / polls:0.00} ms a poll, which count for nothing
            worker memory   {Status(worker.Id, "VmRSS")} now, {Status(worker.Id, "VmHWM")} at most
            lag             median {row.GetDouble(3):0.00} s, p99 {row.GetDouble(4):0.00} s, most {row.GetDouble(5):0.00} s; {row.GetInt64(6)} feeds overdue
            """));
    }

    /// <summary>What worker and database spend when no feed is due, which the figures above include.</summary>
    static async Task ReportIdleAsync(NpgsqlDataSource database, Process worker, DirectoryInfo folder)
    {
        await using (var none = database.CreateCommand("UPDATE feeds SET enabled = false")) await none.ExecuteNonQueryAsync();
        await Task.Delay(TimeSpan.FromSeconds(5));
        var (cpu, databaseCpu, clock) = (Cpu(worker.Id), PostgresCpu(folder), Stopwatch.StartNew());
        await Task.Delay(TimeSpan.FromSeconds(10));
        var (idle, databaseIdle) = ((Cpu(worker.Id) - cpu) / clock.Elapsed, (PostgresCpu(folder) - databaseCpu) / clock.Elapsed);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"idle            worker {100 * idle:0.0} %, PostgreSQL {100 * databaseIdle:0.0} % of a core"));
    }

    /// <summary>
    /// Waits until every feed has been looked at after the last trouble, then compares what was served with what is stored.
    /// </summary>
    static async Task<int> CheckAsync(NpgsqlDataSource database, int port, Process worker)
    {
        await using (var due = database.CreateCommand("UPDATE feeds SET next_fetch_at = now()")) await due.ExecuteNonQueryAsync();
        for (var quiet = 0; quiet < 3;)
        {
            await Task.Delay(2000);
            await using var left = database.CreateCommand("SELECT count(*) FROM feeds WHERE next_fetch_at <= now() OR claimed_until IS NOT NULL");
            quiet = (long)(await left.ExecuteScalarAsync())! == 0 ? quiet + 1 : 0;
        }
        using var http = new HttpClient();
        var served = (await http.GetStringAsync($"http://127.0.0.1:{port}/served")).Split('\n').Select(l => l.Split(' '))
            .Where(l => l.Length == 2).ToDictionary(l => l[0], l => int.Parse(l[1], CultureInfo.InvariantCulture));
        await using var stored = database.CreateCommand("""
            SELECT split_part(split_part(f.url, '//', 2), ':', 1), count(*), count(DISTINCT a.item_id), count(DISTINCT a.title)
            FROM articles a JOIN feeds f ON f.id = a.feed_id GROUP BY 1
            """);
        var (kept, doubled, articles) = (new Dictionary<string, long>(), 0L, 0L);
        await using (var rows = await stored.ExecuteReaderAsync())
            while (await rows.ReadAsync())
            {
                kept[rows.GetString(0)] = rows.GetInt64(2);
                articles += rows.GetInt64(1);
                doubled += rows.GetInt64(1) - Math.Min(rows.GetInt64(2), rows.GetInt64(3));
            }
        var lost = served.Sum(s => Math.Max(0, s.Value - kept.GetValueOrDefault(s.Key)));
        Console.WriteLine($"{served.Count} feeds served {served.Values.Sum()} items; {articles} articles stored, {lost} lost, {doubled} doubled; "
            + $"worker running: {!worker.HasExited}");
        return lost == 0 && doubled == 0 ? 0 : 1;
    }

    /// <summary>CPU time of each, and the time that passed.</summary>
    sealed record Spent(TimeSpan Worker, TimeSpan Database, TimeSpan Newsrooms, TimeSpan Time);

    internal static TimeSpan PostgresCpu(DirectoryInfo folder)
    {
        var file = Directory.EnumerateFiles(folder.FullName, "postmaster.pid", SearchOption.AllDirectories).First();
        var postmaster = int.Parse(File.ReadLines(file).First(), CultureInfo.InvariantCulture);
        return Directory.GetDirectories("/proc").Select(d => int.TryParse(Path.GetFileName(d), out var id) ? id : 0)
            .Where(id => id == postmaster
                || (id > 0 && Stat(id) is { Length: > 1 } stat && stat[1] == postmaster.ToString(CultureInfo.InvariantCulture)))
            .Aggregate(WaitedFor(postmaster), (sum, id) => sum + Cpu(id));
    }

    static TimeSpan Cpu(int process) => Stat(process) is { Length: > 12 } stat ? Ticks(stat[11]) + Ticks(stat[12]) : TimeSpan.Zero;

    // Backends that have ended count with the postmaster that waited for them.
    static TimeSpan WaitedFor(int process) => Stat(process) is { Length: > 14 } stat ? Ticks(stat[13]) + Ticks(stat[14]) : TimeSpan.Zero;

    static TimeSpan Ticks(string hundredths) => TimeSpan.FromMilliseconds(10 * long.Parse(hundredths, CultureInfo.InvariantCulture));

    /// <summary>The fields of /proc/N/stat after the name, so that the first is the state and the second the parent.</summary>
    static string[] Stat(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }

    static string Status(int process, string field)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith(field + ":", StringComparison.Ordinal));
        return $"{long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024} MB";
    }

    static int Number(string[] args, string name, int otherwise) =>
        Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length
            ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
}
