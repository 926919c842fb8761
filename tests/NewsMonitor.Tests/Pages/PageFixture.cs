using System.Diagnostics;
using System.Security;
using Microsoft.Playwright;
using NewsMonitor.Tests.Database;
using NewsMonitor.Tests.EndToEnd;

namespace NewsMonitor.Tests.Pages;

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
        "A quiet day in Baghdad",
    ];

    readonly PostgresFixture _postgres = new();
    TestDatabase? _database;
    LoopbackServer? _newsroom;
    Setting? _setting;
    MonitorService? _service;
    IPlaywright? _playwright;
    IBrowser? _browser;

    public Uri Address => _service!.Address;

    /// <summary>One a story, and one more: the first names Baghdad too, in Arabic.</summary>
    public int Alerts => Titles.Length + 1;

    public async Task InitializeAsync()
    {
        _database = await _postgres.CreateDatabaseAsync();
        _newsroom = await LoopbackServer.StartAsync();
        var items = Titles.Select((title, i) => $"<item><guid isPermaLink=\"false\">{i}</guid><link>https://news{i}.example/{i}</link><title>{Escaped(title)}</title>"
            + $"<description>{Escaped($"Story number {i}: {title} and {Words(i)}")}</description></item>");
        var feed = _newsroom.Serve("/feed.xml", $"<rss version=\"2.0\"><channel><title>Newsroom</title>{string.Concat(items)}</channel></rss>");
        _setting = new Setting(Watches, [feed]);
        var settings = _setting.Settings(_database.ConnectionString).ToDictionary(s => s.Key.Replace("__", ":", StringComparison.Ordinal), s => (string?)s.Value);
        settings["urls"] = "http://127.0.0.1:0";
        settings["Monitor:AdminKey"] = AdminKey;
        _service = await MonitorService.StartAsync(settings, CancellationToken.None);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        });
        await UntilAlertsAsync();
    }

    /// <summary>A browser of its own, signed in.</summary>
    public async Task<IPage> SignedInAsync(BrowserNewContextOptions? options = null)
    {
        var context = await _browser!.NewContextAsync(options ?? new() { Locale = "en-GB" });
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(Address, "/").AbsoluteUri);
        await page.FillAsync("#key", AdminKey);
        await page.ClickAsync("button.main");
        await page.WaitForSelectorAsync(".alerts");
        return page;
    }

    async Task UntilAlertsAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", AdminKey);
        var clock = Stopwatch.StartNew();
        for (var answer = ""; answer.Split("\"raisedAt\"").Length - 1 < Alerts; answer = await http.GetStringAsync("/api/v1/alerts?limit=100"))
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(90), $"The alerts did not come; last: {answer}");
            await Task.Delay(100);
        }
    }

    // Texts that share nothing, so that each is a story of its own.
    static string Words(int seed) => string.Join(' ', Enumerable.Range(0, 60).Select(i => $"word{seed}x{i * 7919 % 1000}"));

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
