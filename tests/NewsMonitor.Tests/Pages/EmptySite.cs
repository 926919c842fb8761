using Microsoft.Playwright;
using NewsMonitor.Database;
using NewsMonitor.Tests.Database;
using NewsMonitor.Tests.EndToEnd;

namespace NewsMonitor.Tests.Pages;

/// <summary>A service of its own over an empty database, without watches or samples, and a browser.</summary>
sealed class EmptySite : IAsyncDisposable
{
    readonly Setting _setting = new("watches: []", []);
    TestDatabase? _database;
    MonitorService? _service;
    IPlaywright? _playwright;
    IBrowser? _browser;

    public Uri Address => _service!.Address;

    /// <param name="role">What the worker does; "web" alone fetches and sends nothing.</param>
    public static async Task<EmptySite> StartAsync(string role = "all")
    {
        var site = new EmptySite { _database = await new PostgresFixture().CreateDatabaseAsync() };
        var settings = site._setting.Settings(site._database.ConnectionString)
            .ToDictionary(s => s.Key.Replace("__", ":", StringComparison.Ordinal), s => (string?)s.Value);
        settings["urls"] = "http://127.0.0.1:0";
        settings["Monitor:AdminKey"] = PageFixture.AdminKey;
        settings["Monitor:Samples"] = "false";
        settings["Monitor:Role"] = role;
        site._service = await MonitorService.StartAsync(settings, CancellationToken.None);
        site._playwright = await Playwright.CreateAsync();
        site._browser = await PageFixture.LaunchAsync(site._playwright);
        return site;
    }

    public MonitorDbContext Database() => _database!.CreateContext();

    /// <summary>A browser of its own, signed in on its way to <paramref name="path"/>.</summary>
    public async Task<IPage> SignedInAsync(string path, string locale = "en-GB")
    {
        var page = await PageFixture.PageAsync(_browser!, new() { Locale = locale });
        await GotoAsync(page, path);
        await page.FillAsync("#key", PageFixture.AdminKey);
        await page.ClickAsync("button.main");
        return page;
    }

    public Task GotoAsync(IPage page, string path) => page.GotoAsync(new Uri(Address, path).AbsoluteUri);

    public async ValueTask DisposeAsync()
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

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        _setting.Dispose();
    }
}
