using System.Diagnostics;
using System.Globalization;
using System.Security;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using NewsMonitor.Database;
using NewsMonitor.Tests.Database;
using Npgsql;

namespace NewsMonitor.Tests.EndToEnd;

/// <summary>
/// Three workers on one database, killed with SIGKILL one after another, and the database too, while news keeps coming. MONITOR_CHAOS_SECONDS
/// and MONITOR_CHAOS_FEEDS make it longer and wider than the suite has time for.
/// </summary>
public sealed class ChaosTests : IAsyncLifetime
{
    const string Watches = "watches:\n  - id: saffron\n    name: Saffron\n    severity: high\n    terms: [\"زعفران\"]\n";

    static readonly int Seconds = Setting("MONITOR_CHAOS_SECONDS", 15);
    static readonly int Feeds = Setting("MONITOR_CHAOS_FEEDS", 12);
    static readonly TimeSpan KillEvery = TimeSpan.FromSeconds(5);

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("monitor-chaos-");
    readonly int seed = Environment.TickCount & 0xFFFFF;
    readonly List<List<string>> items = [.. Enumerable.Range(0, Feeds).Select(_ => new List<string>())];
    readonly HashSet<string> wanted = [];
    readonly List<LocalCluster> clusters = [];
    readonly MonitorProcess?[] workers = new MonitorProcess?[3];

    [Fact]
    public async Task NothingIsLostAndNothingIsDoubledWhoeverDies()
    {
        var random = new Random(seed);
        Console.WriteLine($"{nameof(ChaosTests)} seed {seed}, {Seconds} s, {Feeds} feeds");
        await using var newsroom = await LoopbackServer.StartAsync();
        using var setting = new Setting(Watches, Enumerable.Range(0, Feeds).Select(i => Publish(newsroom, random, i)), new Uri(newsroom.Address, "/hook"));
        await StartDatabaseAsync();
        for (var i = 0; i < workers.Length; i++)
            Restart(i, setting);
        await UntilAsync("every feed is known", async () => await CountAsync("feeds") == Feeds);

        var clock = Stopwatch.StartNew();
        var (kills, restarts, nextKill) = (0, 0, KillEvery);
        while (clock.Elapsed.TotalSeconds < Seconds)
        {
            for (var i = 0; i < Feeds; i++)
                Publish(newsroom, random, i);
            await MakeDueAsync();
            if (clock.Elapsed > nextKill)
            {
                nextKill += KillEvery;
                var victim = random.Next(workers.Length);
                await workers[victim]!.KillAsync();
                Restart(victim, setting);
                kills++;
            }
            if (restarts < 2 && clock.Elapsed.TotalSeconds > Seconds * (restarts + 1) / 3.0)
            {
                KillDatabase();
                await StartDatabaseAsync();
                restarts++;
            }
            await Task.Delay(1000);
        }

        var published = items.Sum(feed => feed.Count);
        await UntilAsync("every article is stored", async () =>
        {
            await MakeDueAsync();
            return await CountAsync("articles") == published;
        });
        await UntilAsync("every delivery is made", async () => await CountAsync("deliveries WHERE status = 'sent'") == wanted.Count);
        var back = clock.Elapsed.TotalSeconds - Seconds;
        Console.WriteLine(
            $"{published} articles in {await CountAsync("stories")} stories, {wanted.Count} alerts, {newsroom.Received.Count} webhooks; {kills} workers and "
            + $"{restarts} databases killed; all done {back:0} s after the last");

        Assert.Equal(wanted.Order(), (await TitlesAsync("SELECT title FROM alerts")).Order());
        Assert.Equal(wanted.Count, await CountAsync("deliveries"));
        var received = newsroom.Received.Select(hook => (
            Id: hook.Headers["webhook-id"],
            Title: JsonDocument.Parse(hook.Body).RootElement.GetProperty("data").GetProperty("title").GetString())).Distinct().ToList();
        // A message that was under way when its worker died goes again, under the same id.
        Assert.Equal(wanted.Order(), received.Select(hook => hook.Title!).Order());
    }

    /// <summary>Adds an item to a feed; every other one has what the watch looks for.</summary>
    Uri Publish(LoopbackServer newsroom, Random random, int feed)
    {
        var number = items[feed].Count;
        var title = $"Item {feed}.{number} {Words(random, 4)}";
        var hit = number % 2 == 0;
        if (hit)
            wanted.Add(title);
        items[feed].Add(
            $"<item><guid isPermaLink=\"false\">{feed}-{number}</guid><title>{SecurityElement.Escape(title)}</title>"
            + $"<description>{Words(random, 40)}{(hit ? " زعفران " : " ")}{Words(random, 40)}</description></item>");
        var rss = $"<rss version=\"2.0\"><channel><title>Feed {feed}</title>{string.Concat(items[feed])}</channel></rss>";
        return newsroom.Serve($"/feed-{feed}.xml", rss);
    }

    static string Words(Random random, int count) => string.Join(
        ' ', Enumerable.Range(0, count).Select(_ => string.Concat(Enumerable.Range(0, 7).Select(_ => (char)('a' + random.Next(26))))));

    void Restart(int worker, Setting setting) =>
        workers[worker] = MonitorProcess.Start(EndToEnd.Setting.FreePort(), setting.Settings(clusters[^1].ConnectionString));

    async Task StartDatabaseAsync() => clusters.Add(await LocalCluster.StartAsync(
        Path.Combine(folder.FullName, "database"), PostgresFixture.TestSettings, TimeProvider.System, NullLogger.Instance, CancellationToken.None));

    void KillDatabase() => Process.GetProcessById(int.Parse(
        File.ReadLines(Path.Combine(folder.FullName, "database", "postgres", "postmaster.pid")).First(), CultureInfo.InvariantCulture)).Kill();

    /// <summary>Not those that were only sent away for a moment, since all are of one host: they have their turn promised.</summary>
    async Task MakeDueAsync() => await AskAsync(
        "UPDATE feeds SET next_fetch_at = now() WHERE claimed_until IS NULL AND next_fetch_at > now() + interval '30 seconds'");

    async Task<long> CountAsync(string from) => (long?)(await AskAsync($"SELECT count(*) FROM {from}")).FirstOrDefault() ?? 0;

    async Task<IEnumerable<string>> TitlesAsync(string sql) => (await AskAsync(sql)).Cast<string>();

    /// <summary>Before the first migration, or in the moment of a restart, there is no answer yet.</summary>
    async Task<List<object>> AskAsync(string sql)
    {
        var rows = new List<object>();
        try
        {
            await using var connection = new NpgsqlConnection(clusters[^1].ConnectionString + ";Pooling=false");
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                rows.Add(reader.GetValue(0));
        }
        catch (NpgsqlException)
        {
            rows.Clear();
        }
        return rows;
    }

    async Task UntilAsync(string what, Func<Task<bool>> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > TimeSpan.FromMinutes(4))
                Assert.Fail($"Never: {what}.\n{await StateAsync()}\n{string.Join("\n----\n", workers.Select(worker => worker?.Said))}");
            await Task.Delay(500);
        }
    }

    /// <summary>What a failure is to be understood by: each feed's claim and last look, and what each connection is doing.</summary>
    async Task<string> StateAsync() => string.Join('\n', (await AskAsync("""
        SELECT format('%s claimed until %s, due %s, looked at %s, %s failures, %s; %s articles', f.url, f.claimed_until, f.next_fetch_at,
            f.last_fetch_at, f.failures, f.last_error, (SELECT count(*) FROM articles a WHERE a.feed_id = f.id)) FROM feeds f
        UNION ALL
        SELECT format('%s %s since %s, waits for %s %s: %s', pid, state, state_change, wait_event_type, wait_event, left(query, 120))
        FROM pg_stat_activity WHERE datname = current_database()
        """)).Prepend($"at {DateTimeOffset.UtcNow:O}"));

    static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var worker in workers.OfType<MonitorProcess>())
            await worker.DisposeAsync();
        foreach (var cluster in clusters)
            await cluster.DisposeAsync();
        folder.Delete(true);
    }
}
