using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Database;
using Npgsql;

namespace NewsMonitor.Benchmarks;

/// <summary>The API under wrk, over loopback, with PostgreSQL on the same machine. Prints a line for each kind of request.</summary>
static class LoadBenchmark
{
    /// <summary>load [articles] [alerts] [folder]: a folder that is named is kept, and used again as it is.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var articles = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1_000_000;
        var alerts = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 100_000;
        if (args.Length > 3)
        {
            return await RunAsync(articles, alerts, args[3]);
        }

        var folder = Directory.CreateTempSubdirectory("monitor-load-").FullName;
        try
        {
            return await RunAsync(articles, alerts, folder);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    static async Task<int> RunAsync(int articles, int alerts, string folder)
    {
        var secret = "nm_load-load-load-load-load-load-load-load-load";
        await using var service = await MonitorService.StartAsync(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["Monitor:DataDirectory"] = folder,
            ["Monitor:ConfigDirectory"] = Path.Combine(folder, "none"),
            ["Monitor:AdminKey"] = secret,
            ["Monitor:Samples"] = "false",
            ["Monitor:Api:RequestsPerMinute"] = "1000000",
            ["Logging:LogLevel:Default"] = "Warning",
        }, CancellationToken.None);
        var database = service.App.Services.GetRequiredService<NpgsqlDataSource>();
        await using (var db = await service.App.Services.GetRequiredService<IDbContextFactory<MonitorDbContext>>().CreateDbContextAsync())
        {
            if (!await db.Set<Articles.Article>().AnyAsync())
            {
                var clock = Stopwatch.StartNew();
                await new ArchiveGenerator(database, 1).FillAsync(articles, alerts);
                Console.WriteLine($"{articles} articles and {alerts} alerts made in {clock.Elapsed.TotalSeconds:F0} s");
            }
        }

        using var client = new HttpClient { BaseAddress = new Uri(service.Address, "api/v1/"), Timeout = TimeSpan.FromMinutes(10) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        Console.WriteLine("search, one at a time (ms: median, p95, most of 40)");
        foreach (var (name, query) in Searches)
        {
            await SearchAsync(client, name, query);
        }

        await BacktestAsync(client);
        Console.WriteLine("wrk, as fast as it goes, 2 threads, 16 connections, 10 s");
        foreach (var (name, path) in Paths)
        {
            await WrkAsync(new Uri(client.BaseAddress, path), secret, name);
        }

        Console.WriteLine("the alert list at 200 requests/s, 20 s");
        await PacedAsync(client, "alerts?limit=50&status=new", 200, 20);
        return 0;
    }

    static readonly (string Name, string Query)[] Searches =
    [
        ("rare word", ArchiveGenerator.Rare),
        ("common word", ArchiveGenerator.Common),
        ("two common words", $"{ArchiveGenerator.Common} في"),
        ("rare and common", $"{ArchiveGenerator.Rare} {ArchiveGenerator.Common}"),
        ("rare not common", $"{ArchiveGenerator.Rare} NOT {ArchiveGenerator.Common}"),
        ("phrase", $"\"زيارة {ArchiveGenerator.Rare}\""),
        ("near", $"{ArchiveGenerator.Rare} NEAR/10 {ArchiveGenerator.Common}"),
        ("one edit", ArchiveGenerator.Rare + "~"),
        ("absent word", "ضضضضض"),
    ];

    static readonly (string Name, string Path)[] Paths =
    [
        ("alert list", "alerts?limit=50"),
        ("alert list, filtered", "alerts?limit=50&status=new&severity=critical"),
        ("one alert", "alerts/777"),
        ("search, rare", "articles?q=" + Uri.EscapeDataString(ArchiveGenerator.Rare)),
        ("search, common", "articles?q=" + Uri.EscapeDataString(ArchiveGenerator.Common)),
    ];

    static async Task SearchAsync(HttpClient client, string name, string query)
    {
        var times = new List<double>();
        var count = 0;
        for (var i = 0; i < 41; i++)
        {
            var clock = Stopwatch.StartNew();
            var page = await client.GetFromJsonAsync<System.Text.Json.JsonElement>("articles?q=" + Uri.EscapeDataString(query));
            times.Add(clock.Elapsed.TotalMilliseconds);
            count = page.GetProperty("items").GetArrayLength();
        }

        // The first one warms what a first search warms.
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-20} {Line(times[1..])}   {count} found"));
    }

    static async Task BacktestAsync(HttpClient client)
    {
        var response = await client.PostAsJsonAsync("watches/backtest", new { watch = new { id = "qaani", terms = new[] { ArchiveGenerator.Rare } } });
        var last = (await response.Content.ReadAsStringAsync()).Trim().Split('\n')[^1];
        var result = System.Text.Json.JsonDocument.Parse(last).RootElement.GetProperty("result");
        Console.WriteLine($"backtest: {result.GetProperty("articles")} articles, {result.GetProperty("articlesPerSecond")} a second, "
            + $"{result.GetProperty("gained")} stories found");
    }

    static async Task WrkAsync(Uri address, string secret, string name)
    {
        using var wrk = Process.Start(new ProcessStartInfo("wrk",
            ["-t2", "-c16", "-d10s", "--latency", "-H", $"Authorization: Bearer {secret}", address.AbsoluteUri])
        { RedirectStandardOutput = true })!;
        var lines = (await wrk.StandardOutput.ReadToEndAsync()).Split('\n').Select(l => l.Trim()).ToList();
        await wrk.WaitForExitAsync();
        string Field(string start) => lines.Find(l => l.StartsWith(start, StringComparison.Ordinal))?.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1] ?? "?";
        Console.WriteLine($"  {name,-20} {Field("Requests/sec"),10} requests/s, p50 {Field("50%")}, p99 {Field("99%")}"
            + $"{(lines.Find(l => l.StartsWith("Non-2xx", StringComparison.Ordinal)) is { } bad ? ", " + bad : "")}");
    }

    // wrk has no rate; an answer is timed from when it should have been asked for, so that a stall is not hidden.
    static async Task PacedAsync(HttpClient client, string path, int perSecond, int seconds)
    {
        var times = new double[perSecond * seconds];
        var clock = Stopwatch.StartNew();
        var sent = new Task[times.Length];
        for (var i = 0; i < times.Length; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / perSecond);
            if (due > clock.Elapsed)
            {
                await Task.Delay(due - clock.Elapsed);
            }

            sent[i] = AskAsync(i, due);
        }

        await Task.WhenAll(sent);
        Console.WriteLine("  " + Line([.. times]));

        async Task AskAsync(int i, TimeSpan due)
        {
            using var response = await client.GetAsync(path);
            await response.Content.ReadAsByteArrayAsync();
            response.EnsureSuccessStatusCode();
            times[i] = (clock.Elapsed - due).TotalMilliseconds;
        }
    }

    static string Line(List<double> times)
    {
        times.Sort();
        double At(double share) => times[Math.Min(times.Count - 1, (int)(times.Count * share))];
        return string.Create(CultureInfo.InvariantCulture, $"p50 {At(.5):F1}  p95 {At(.95):F1}  p99 {At(.99):F1}  most {times[^1]:F1}");
    }
}
