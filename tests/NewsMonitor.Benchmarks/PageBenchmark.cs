using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Npgsql;

namespace NewsMonitor.Benchmarks;

/// <summary>
/// The page in Debian's Chromium, with many alerts stored: how long until something is painted, how long a key takes until its effect is painted,
/// and how many bytes travel.
/// </summary>
static class PageBenchmark
{
    const string Secret = "nm_page-page-page-page-page-page-page-page-page";

    static readonly string[] Paths =
    [
        "/", "/?status=any", "/?status=new&severity=critical", "/alerts/777", "/articles", "/articles?q=قاآني", "/articles/777", "/overview",
        "/watches", "/feeds", "/recipients", "/silences",
    ];

    // From the event's own time stamp to the frame that shows what it did, as the browser itself measures it.
    const string WatchEvents = """
        window.slow = [];
        new PerformanceObserver(list => { for (const e of list.getEntries()) if (e.name === "keydown" || e.name === "click") window.slow.push(e.duration); })
          .observe({ type: "event", durationThreshold: 16, buffered: true });
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        var alerts = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 100_000;
        var folder = Directory.CreateTempSubdirectory("monitor-page-").FullName;
        try
        {
            await using var service = await MonitorService.StartAsync(new Dictionary<string, string?>
            {
                ["urls"] = "http://127.0.0.1:0",
                ["Monitor:DataDirectory"] = folder,
                ["Monitor:ConfigDirectory"] = Path.Combine(folder, "none"),
                ["Monitor:AdminKey"] = Secret,
                ["Monitor:Samples"] = "false",
                ["Logging:LogLevel:Default"] = "Warning",
            }, CancellationToken.None);
            var size = new ArchiveSize(alerts, alerts, 90, 70);
            await new ArchiveGenerator(service.App.Services.GetRequiredService<NpgsqlDataSource>(), 1, size).FillAsync();
            Console.WriteLine($"{alerts} alerts stored");
            await MeasureAsync(service.Address);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    static async Task MeasureAsync(Uri site)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        });
        var context = await browser.NewContextAsync(new() { Locale = "en-GB", ViewportSize = new() { Width = 1280, Height = 860 } });
        var page = await context.NewPageAsync();
        await page.AddInitScriptAsync(WatchEvents);
        await page.GotoAsync(new Uri(site, "/sign-in").AbsoluteUri);
        await page.FillAsync("#key", Secret);
        await page.PressAsync("#key", "Enter");
        await page.WaitForSelectorAsync(".alerts");
        Console.WriteLine("first contentful paint (ms: median, most of 10) · answer's first byte · bytes: page, and all else once, decoded");
        foreach (var path in Paths)
        {
            await PaintAsync(page, new Uri(site, path));
        }

        await KeysAsync(page, new Uri(site, "/?status=any"));
    }

    static async Task PaintAsync(IPage page, Uri address)
    {
        var (paints, first) = (new List<double>(), new List<double>());
        var sizes = default(JsonElement);
        for (var i = 0; i < 11; i++)
        {
            await page.GotoAsync(address.AbsoluteUri, new() { WaitUntil = WaitUntilState.Load });
            // Asked in the page itself: the page's policy forbids what the driver's own waiting would evaluate.
            await page.EvaluateAsync("async () => { while (!performance.getEntriesByName('first-contentful-paint').length) await new Promise(r => setTimeout(r, 5)); }");
            sizes = await page.EvaluateAsync<JsonElement>("""
                () => { const [nav] = performance.getEntriesByType("navigation"); const others = performance.getEntriesByType("resource").filter(r => !r.name.includes("/stream"));
                  return { paint: performance.getEntriesByName("first-contentful-paint")[0].startTime, first: nav.responseStart, page: nav.decodedBodySize, others: others.reduce((n, r) => n + r.decodedBodySize, 0),
                           text: new TextEncoder().encode(document.body.innerText).length }; }
                """);

            // The first one warms what a first visit warms.
            if (i > 0)
            {
                paints.Add(sizes.GetProperty("paint").GetDouble());
                first.Add(sizes.GetProperty("first").GetDouble());
            }
        }

        paints.Sort();
        first.Sort();
        long Bytes(string name) => sizes.GetProperty(name).GetInt64();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {address.PathAndQuery,-32} {paints[5],4:F0} {paints[^1],4:F0} · {first[5],4:F0} · {(Bytes("page") + Bytes("others")) / 1000.0,6:F1} kB, of it text {Bytes("text") / 1000.0:F1} kB"));
    }

    static async Task KeysAsync(IPage page, Uri address)
    {
        Console.WriteLine("from a key to the frame that shows its effect (ms: median, most)");
        foreach (var (name, keys) in new[] { ("j, forty times", Enumerable.Repeat("j", 40)), ("a c z by turns", Enumerable.Repeat(new[] { "j", "a", "c", "z" }, 10).SelectMany(k => k)), ("x, twenty times", Enumerable.Repeat(new[] { "x", "j" }, 20).SelectMany(k => k)) })
        {
            await page.GotoAsync(address.AbsoluteUri);
            await page.WaitForSelectorAsync(".alert");
            await page.Keyboard.PressAsync("j");
            await page.EvaluateAsync("window.slow = []");
            var count = 0;
            foreach (var key in keys)
            {
                await page.Keyboard.PressAsync(key);
                await Task.Delay(60);
                count++;
            }

            await Task.Delay(300);

            // What the browser does not list took less than its threshold of 16 ms.
            var slow = await page.EvaluateAsync<double[]>("window.slow");
            var times = slow.Concat(Enumerable.Repeat(16.0, Math.Max(0, count - slow.Length))).Order().ToArray();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-32} {times[times.Length / 2],4:F0} {times[^1],4:F0}"));
        }
    }
}
