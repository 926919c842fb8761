using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Database;
using NewsMonitor.Tests.Database;

namespace NewsMonitor.Tests.Feeds;

/// <summary>The whole service within the test, on a database of its own, with an admin's client.</summary>
sealed class RunningService : IAsyncDisposable
{
    const string Key = "nm_test-test-test-test-test-test-test-test-000";
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly DirectoryInfo _folder;
    readonly TestDatabase _database;
    readonly MonitorService _service;

    RunningService(TestDatabase database, DirectoryInfo folder, MonitorService service)
    {
        (_database, _folder, _service) = (database, folder, service);
        Http = new HttpClient { BaseAddress = service.Address };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    public HttpClient Http { get; }

    public Uri Address => _service.Address;

    public T Get<T>() where T : notnull => _service.App.Services.GetRequiredService<T>();

    public MonitorDbContext Open() => _database.CreateContext();

    public static Task<RunningService> StartAsync(PostgresFixture postgres, params (string Key, string Value)[] more) =>
        StartAsync(postgres, TimeProvider.System, more);

    public static async Task<RunningService> StartAsync(
        PostgresFixture postgres, TimeProvider clock, params (string Key, string Value)[] more)
    {
        var database = await postgres.CreateDatabaseAsync();
        var folder = Directory.CreateTempSubdirectory("monitor-feeds-");
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:Monitor"] = database.ConnectionString,
            ["Monitor:ConfigDirectory"] = folder.FullName,
            ["Monitor:DataDirectory"] = Path.Combine(folder.FullName, "data"),
            ["Monitor:AdminKey"] = Key,
            ["Monitor:Outbound:AllowedHosts"] = "127.0.0.1",
            ["Monitor:Fetch:PerHostSpacing"] = "00:00:00",
            ["Monitor:Schedule:Tick"] = "00:00:00.2",
            ["urls"] = "http://127.0.0.1:0",
        };
        foreach (var (key, value) in more) settings[key] = value;
        return new RunningService(database, folder, await MonitorService.StartAsync(settings, clock, CancellationToken.None));
    }

    public async Task<JsonElement> WatchAsync(Uri url, object? settings = null)
    {
        using var answer = await Http.PostAsJsonAsync("/api/v1/feeds", new { url, settings });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>The feed as soon as it is as wanted.</summary>
    public async Task<JsonElement> UntilAsync(JsonElement feed, Func<JsonElement, bool> wanted)
    {
        var end = DateTimeOffset.UtcNow + Patience;
        while (true)
        {
            var now = await Http.GetFromJsonAsync<JsonElement>($"/api/v1/feeds/{feed.GetProperty("id")}");
            if (wanted(now)) return now;
            Assert.True(DateTimeOffset.UtcNow < end, now.ToString());
            await Task.Delay(50);
        }
    }

    /// <summary>Looks at the feed once more and waits until that is written down.</summary>
    public async Task<JsonElement> RefreshAsync(JsonElement feed)
    {
        await using var db = Open();
        var id = feed.GetProperty("id").GetInt64();
        var before = await db.Set<NewsMonitor.Feeds.FeedFetch>().CountAsync(f => f.FeedId == id);
        using var answer = await Http.PostAsync($"/api/v1/feeds/{id}/refresh", null);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
        var end = DateTimeOffset.UtcNow + Patience;
        while (await db.Set<NewsMonitor.Feeds.FeedFetch>().CountAsync(f => f.FeedId == id) == before)
        {
            Assert.True(DateTimeOffset.UtcNow < end, "the feed was not looked at");
            await Task.Delay(50);
        }
        return await Http.GetFromJsonAsync<JsonElement>($"/api/v1/feeds/{id}");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _service.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
