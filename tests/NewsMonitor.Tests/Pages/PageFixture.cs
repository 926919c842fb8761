using System.Diagnostics;
using System.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using NewsMonitor.Alerts;
using NewsMonitor.Tests.Database;
using NewsMonitor.Tests.EndToEnd;

namespace NewsMonitor.Tests.Pages;

/// <summary>The tests that share one service, one after the other.</summary>
[CollectionDefinition(nameof(PageFixture))]
public sealed class PageCollection : ICollectionFixture<PageFixture>, ICollectionFixture<AxeCore>;

/// <summary>The real service with a few stories that mean no good, and a real browser that looks at it.</summary>
public sealed class PageFixture : IAsyncLifetime
{
    public const string Script = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">";
    public const string AdminKey = "nm_page-page-page-page-page-page-page-page-000";

    const string Watches = """
        watches:
          - id: qaani
            name: Esmail Qaani
            severity: critical
            terms: ["قاآني", "Qaani"]
          - id: baghdad
            name: Baghdad
            terms: ["Baghdad"]
        """;

    static readonly string[] Titles =
    [
        "زيارة لقاآني إلى بغداد",
        $"Qaani {Script} arrives",
        "Qaani " + string.Concat(Enumerable.Repeat("long ", 1000)),
        "Qaani \u202Egnihtemos desrever\u200B \u2066and\u200D more",
        Quiet,
    ];

    const string Quiet = "A quiet day in Baghdad";

    // The wire carries the quiet day with a sentence more, and another account of the same days.
    const string Matter = "Councillors in Karrada voted for a cycle bridge over the Tigris near the university and the railway station. The timber span replaces "
        + "the ferry. Critics in Karrada wanted the money for potholes and for the flooded bus depot near the station.";
    const string Another = "A long debate in Karrada ended with a narrow yes for Baghdad: walkers and riders cross the Tigris on timber, near the university and "
        + "the station. Critics would have spent the budget on potholes and on the bus depot. Builders of the bridge arrive in spring.";

    public const string Added = "Late in the evening rain fell on the empty squares.";

    /// <summary>What the receiver at /fail says.</summary>
    public const string Complaint = "HTTP 503";

    readonly PostgresFixture _postgres = new();
    TestDatabase? _database;
    LoopbackServer? _newsroom;
    Setting? _setting;
    MonitorService? _service;
    IPlaywright? _playwright;
    IBrowser? _browser;

    public Uri Address => _service!.Address;

    public LoopbackServer Newsroom => _newsroom!;

    /// <summary>One a story of the newsroom and one for the wire's own; one more, since the first names Baghdad too, in Arabic.</summary>
    public int Alerts => Titles.Length + 2;

    public async Task InitializeAsync()
    {
        _database = await _postgres.CreateDatabaseAsync();
        _newsroom = await LoopbackServer.StartAsync();
        _newsroom.OnPost = context => Task.FromResult(context.Request.Path.StartsWithSegments("/fail") ? 503 : 200);
        var items = Titles.Select((title, i) =>
            Item($"{i}", title, $"Story number {i}: {title} and {(title == Quiet ? Matter : "")} {Words(i)}"));
        var feed = _newsroom.Serve("/feed.xml", Rss("Newsroom", items));
        var wire = _newsroom.Serve("/wire.xml", Rss("Wire",
            [Item("w4", Quiet, $"Story number 4: {Quiet} and {Matter} {Words(4)} {Added}"),
                Item("w5", "Baghdad gets its bridge", Another)]));
        _setting = new Setting(Watches, [feed, wire], new Uri(_newsroom.Address, "/ok"));
        var settings = _setting.Settings(_database.ConnectionString)
            .ToDictionary(s => s.Key.Replace("__", ":", StringComparison.Ordinal), s => (string?)s.Value);
        settings["urls"] = "http://127.0.0.1:0";
        settings["Monitor:AdminKey"] = AdminKey;
        _service = await MonitorService.StartAsync(settings, CancellationToken.None);
        _playwright = await Playwright.CreateAsync();
        _browser = await LaunchAsync(_playwright);
        await UntilAlertsAsync();
    }

    /// <summary>Debian's Chromium. What a page shall come to show it is given a minute for: five seconds, as Playwright has it, are a
    /// measure of the machine when other tests use it as well.</summary>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright)
    {
        Assertions.SetDefaultExpectTimeout(60_000);
        return playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        });
    }

    /// <summary>A browser of its own.</summary>
    public Task<IPage> AnonymousAsync(BrowserNewContextOptions? options = null) => PageAsync(_browser!, options ?? new() { Locale = "en-GB" });

    /// <summary>A page in a context of its own, as patient as the expectations.</summary>
    public static async Task<IPage> PageAsync(IBrowser browser, BrowserNewContextOptions options)
    {
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(90_000);
        return await context.NewPageAsync();
    }

    /// <summary>A browser of its own, signed in.</summary>
    public async Task<IPage> SignedInAsync(BrowserNewContextOptions? options = null)
    {
        var page = await AnonymousAsync(options);
        await page.GotoAsync(new Uri(Address, "/").AbsoluteUri);
        await page.FillAsync("#key", AdminKey);
        await page.ClickAsync("button.main");
        await page.WaitForSelectorAsync("main h1:not(.signin h1)");
        return page;
    }

    public async Task GotoAsync(IPage page, string path) => await page.GotoAsync(new Uri(Address, path).AbsoluteUri);

    /// <summary>Takes out what one test brought in.</summary>
    public async Task RemoveAlertsAsync(string titleOrWatch)
    {
        await using var db = _database!.CreateContext();
        await db.Set<Alert>().Where(a => a.Title == titleOrWatch || a.WatchId == titleOrWatch).ExecuteDeleteAsync();
    }

    public async Task RunSqlAsync(string sql)
    {
        await using var db = _database!.CreateContext();
        await db.Database.ExecuteSqlRawAsync(sql);
    }

    async Task UntilAlertsAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", AdminKey);
        var clock = Stopwatch.StartNew();
        for (var answer = ""; answer.Split("\"raisedAt\"").Length - 1 < Alerts; answer =
            await http.GetStringAsync("/api/v1/alerts?limit=100"))
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(90), $"The alerts did not come; last: {answer}");
            await Task.Delay(100);
        }
    }

    // Texts that share nothing, so that each is a story of its own.
    static string Words(int seed) => string.Join(' ', Enumerable.Range(0, 60).Select(i => $"word{seed}x{i * 7919 % 1000}"));

    public static string Rss(string title, IEnumerable<string> items) =>
        $"<rss version=\"2.0\"><channel><title>{title}</title><link>https://{title.ToLowerInvariant()}.example/</link>"
        + $"{string.Concat(items)}</channel></rss>";

    public static string Item(string id, string title, string text) =>
        $"<item><guid isPermaLink=\"false\">{id}</guid><link>https://news{id}.example/{id}</link>"
        + $"<title>{Escaped(title)}</title><description>{Escaped(text)}</description></item>";

    static string Escaped(string text) => SecurityElement.Escape(text)!;

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }

        if (_newsroom is not null)
        {
            await _newsroom.DisposeAsync();
        }

        _setting?.Dispose();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }
}
