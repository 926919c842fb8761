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
    static readonly string[] Parts = ["fill", "search", "backtest", "wrk", "paced"];

    /// <summary>
    /// load [--articles N] [--alerts N] [--days 90] [--words 70] [--folder F] [--only fill,search,backtest,wrk,paced] [--times N].
    /// A folder that is named is kept, and used again as it is; without one the archive is made in a folder that goes at the end.
    /// </summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var size = new ArchiveSize(Number(args, "--articles", 1_000_000), Number(args, "--alerts", 100_000), Number(args, "--days", 90),
            Number(args, "--words", 70));
        var only = (Text(args, "--only") ?? string.Join(',', Parts)).Split(',');
        var times = Number(args, "--times", 40);
        if (only.Except(Parts).FirstOrDefault() is { } unknown)
        {
            Console.Error.WriteLine($"--only takes {string.Join(", ", Parts)}, not {unknown}.");
            return 2;
        }

        if (Text(args, "--folder") is { } kept)
        {
            return await RunAsync(size, kept, only, times);
        }

        var folder = Directory.CreateTempSubdirectory("monitor-load-").FullName;
        try
        {
            return await RunAsync(size, folder, only, times);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    const string Secret = "nm_load-load-load-load-load-load-load-load-load";

    /// <summary>A service of pages and API alone over the private database of a folder.</summary>
    public static Task<MonitorService> StartAsync(string folder) => MonitorService.StartAsync(new Dictionary<string, string?>
    {
        ["urls"] = "http://127.0.0.1:0",
        ["Monitor:DataDirectory"] = folder,
        ["Monitor:ConfigDirectory"] = Path.Combine(folder, "none"),
        ["Monitor:AdminKey"] = Secret,
        ["Monitor:Samples"] = "false",
        ["Monitor:Role"] = "web",
        ["Monitor:Api:RequestsPerMinute"] = "1000000",
        ["Logging:LogLevel:Default"] = "Warning",
    }, CancellationToken.None);

    public static HttpClient ClientOf(MonitorService service) => new()
    {
        BaseAddress = new Uri(service.Address, "api/v1/"),
        Timeout = TimeSpan.FromMinutes(10),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Secret) },
    };

    static async Task<int> RunAsync(ArchiveSize size, string folder, string[] only, int times)
    {
        await using var service = await StartAsync(folder);
        if (only.Contains("fill"))
        {
            await FillAsync(service.App.Services, size);
        }

        using var client = ClientOf(service);
        if (only.Contains("search"))
        {
            Console.WriteLine($"search, one at a time (ms, of {times} after the first)");
            foreach (var (name, query) in Searches(await OldestAsync(service.App.Services)))
            {
                await SearchAsync(client, name, query, times);
            }
        }

        if (only.Contains("backtest"))
        {
            await BacktestAsync(client);
        }

        if (only.Contains("wrk"))
        {
            Console.WriteLine($"wrk, as fast as it goes, 2 threads, 16 connections, {WrkSeconds} s");
            foreach (var (name, path) in Paths)
            {
                await WrkAsync(new Uri(client.BaseAddress!, path), name);
            }
        }

        if (only.Contains("paced"))
        {
            // A process that has just started compiles its code for a while.
            Console.WriteLine("the alert list at 200 requests/s, 20 s each after 20 s that are not counted (ms)");
            await PacedAsync(client, "alerts?limit=50", 200, 20);
            foreach (var path in (string[])["alerts?limit=50", "alerts?limit=50&status=new"])
            {
                Console.WriteLine("  " + Line(await PacedAsync(client, path, 200, 20)) + "   " + path);
            }
        }

        return 0;
    }

    static async Task FillAsync(IServiceProvider services, ArchiveSize size)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<MonitorDbContext>>().CreateDbContextAsync();
        if (!await db.Set<Articles.Article>().AnyAsync())
        {
            var clock = Stopwatch.StartNew();
            await new ArchiveGenerator(services.GetRequiredService<NpgsqlDataSource>(), 1, size).FillAsync();
            Console.WriteLine($"{size.Articles} articles and {size.Alerts} alerts made in {clock.Elapsed.TotalSeconds:F0} s");
        }
    }

    const string Common = ArchiveGenerator.Common;
    const string Rare = ArchiveGenerator.Rare;
    const int WrkSeconds = 8;

    static async Task<DateTimeOffset> OldestAsync(IServiceProvider services)
    {
        await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand("SELECT min(fetched_at) FROM articles");
        return new((DateTime)(await command.ExecuteScalarAsync())!);
    }

    static (string Name, string Query)[] Searches(DateTimeOffset oldest) =>
    [
        ("rare word", Q(Rare)),
        ("common word", Q(Common)),
        ("two common words", Q($"{Common} في")),
        ("two, never together", Q($"{Common} {ArchiveGenerator.Elsewhere}")),
        ("rare and common", Q($"{Rare} {Common}")),
        ("rare not common", Q($"{Rare} NOT {Common}")),
        ("common not common", Q($"{Common} NOT في")),
        ("phrase with rare", Q($"\"زيارة {Rare}\"")),
        ("phrase of common", Q($"\"في {Common}\"")),
        ("phrase that is not", Q($"\"{Common} في\"")),
        ("near", Q($"{Rare} NEAR/10 {Common}")),
        ("near, common", Q($"{Common} NEAR/3 {ArchiveGenerator.Elsewhere}")),
        ("one edit", Q(Rare + "~")),
        ("prefix", Q("بغد*")),
        ("in the title", Q($"title:{Common}")),
        ("absent word", Q("ضضضضض")),
        ("common, its source", Q(Common) + "&source=Source+4"),
        ("common, wrong source", Q(Common) + "&source=Source+1"),
        ("common, language", Q(Common) + "&language=en"),
        ("common, one old day", Q(Common) + From(oldest, 1)),
        ("rare, one old week", Q(Rare) + From(oldest, 7)),
        ("source without words", "source=Source+7"),
        ("common, by relevance", Q(Common) + "&sort=relevance"),
        ("rare, by relevance", Q(Rare) + "&sort=relevance"),
    ];

    static readonly (string Name, string Path)[] Paths =
    [
        ("alert list", "alerts?limit=50"),
        ("alert list, filtered", "alerts?limit=50&status=new&severity=critical"),
        ("one alert", "alerts/777"),
        ("alerts, rare word", "alerts?" + Q(Rare)),
        ("alerts, common word", "alerts?" + Q(Common)),
        ("search, rare", "articles?" + Q(Rare)),
        ("search, common", "articles?" + Q(Common)),
    ];

    static string From(DateTimeOffset oldest, int days) => $"&from={oldest.AddDays(8):yyyy-MM-dd}T00:00:00Z&to={oldest.AddDays(8 + days):yyyy-MM-dd}T00:00:00Z";

    static string Q(string query) => "q=" + Uri.EscapeDataString(query);

    static async Task SearchAsync(HttpClient client, string name, string query, int count)
    {
        var times = new List<double>();
        var found = 0;
        for (var i = 0; i <= count; i++)
        {
            var clock = Stopwatch.StartNew();
            var page = await client.GetFromJsonAsync<System.Text.Json.JsonElement>("articles?" + query);
            times.Add(clock.Elapsed.TotalMilliseconds);
            found = page.GetProperty("items").GetArrayLength();
        }

        // The first one warms what a first search warms.
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-20} {Line(times[1..])}   {found} found"));
    }

    static async Task BacktestAsync(HttpClient client)
    {
        var response = await client.PostAsJsonAsync("watches/backtest", new { watch = new { id = "qaani", terms = new[] { ArchiveGenerator.Rare } } });
        var last = (await response.Content.ReadAsStringAsync()).Trim().Split('\n')[^1];
        var result = System.Text.Json.JsonDocument.Parse(last).RootElement.GetProperty("result");
        Console.WriteLine($"backtest: {result.GetProperty("articles")} articles, {result.GetProperty("articlesPerSecond")} a second, "
            + $"{result.GetProperty("gained")} stories found");
    }

    static async Task WrkAsync(Uri address, string name)
    {
        using var wrk = Process.Start(new ProcessStartInfo("wrk",
            ["-t2", "-c16", $"-d{WrkSeconds}s", "--latency", "-H", $"Authorization: Bearer {Secret}", address.AbsoluteUri])
        { RedirectStandardOutput = true })!;
        var lines = (await wrk.StandardOutput.ReadToEndAsync()).Split('\n').Select(l => l.Trim()).ToList();
        await wrk.WaitForExitAsync();
        string Field(string start) => lines.Find(l => l.StartsWith(start, StringComparison.Ordinal))?.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1] ?? "?";
        Console.WriteLine($"  {name,-20} {Field("Requests/sec"),10} requests/s, p50 {Field("50%")}, p99 {Field("99%")}"
            + $"{(lines.Find(l => l.StartsWith("Non-2xx", StringComparison.Ordinal)) is { } bad ? ", " + bad : "")}");
    }

    // wrk has no rate; an answer is timed from when it should have been asked for, so that a stall is not hidden.
    static async Task<List<double>> PacedAsync(HttpClient client, string path, int perSecond, int seconds)
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
        return [.. times];

        async Task AskAsync(int i, TimeSpan due)
        {
            using var response = await client.GetAsync(path);
            await response.Content.ReadAsByteArrayAsync();
            response.EnsureSuccessStatusCode();
            times[i] = (clock.Elapsed - due).TotalMilliseconds;
        }
    }

    static string? Text(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at ? args[at + 1] : null;

    static int Number(string[] args, string name, int otherwise) =>
        Text(args, name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public static string Line(List<double> times)
    {
        times.Sort();
        double At(double share) => times[Math.Min(times.Count - 1, (int)(times.Count * share))];
        return string.Create(CultureInfo.InvariantCulture, $"p50 {At(.5):F1}  p95 {At(.95):F1}  p99 {At(.99):F1}  most {times[^1]:F1}");
    }
}
