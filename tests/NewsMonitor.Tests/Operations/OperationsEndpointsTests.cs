using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NewsMonitor.Database;
using NewsMonitor.Operations;
using NewsMonitor.Operations.Telemetry;
using NewsMonitor.Schedule;
using NewsMonitor.Tests.Database;
using NewsMonitor.Tests.House;
using Npgsql;

namespace NewsMonitor.Tests.Operations;

/// <summary>The endpoints over HTTP, with a real schedule and database behind them.</summary>
public sealed partial class OperationsEndpointsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task AServiceThatCanDoItsWorkIsReady()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var service = await StartAsync(database.ConnectionString);

        var report = await UntilReadyAsync(service);

        Assert.Equal("ready", report.GetProperty("status").GetString());
        foreach (var check in (string[])["service", "database", "disk", "schedule"])
            Assert.True(report.GetProperty("checks").GetProperty(check).GetProperty("ok").GetBoolean(), check);
    }

    [Fact]
    public async Task AMissingMigrationIsNamed()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await database.ExecuteAsync("DELETE FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" LIKE '%FirstSchema'");
        await using var service = await StartAsync(database.ConnectionString);

        var (status, report) = await ReadyAsync(service);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("unready", report.GetProperty("status").GetString());
        Assert.Contains("FirstSchema", Detail(report, "database"), StringComparison.Ordinal);
        Assert.True(report.GetProperty("checks").GetProperty("disk").GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task WithoutItsDatabaseAServiceLivesButIsNotReady()
    {
        var folder = Directory.CreateTempSubdirectory("monitor-health-").FullName;
        var cluster = await LocalCluster.StartAsync(
            folder, PostgresFixture.TestSettings, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, default);
        await using (var db = TestDatabase.Context(cluster.ConnectionString))
            await Migrator.MigrateAsync(db, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, default);
        await using var service = await StartAsync(cluster.ConnectionString);
        await UntilReadyAsync(service);

        await cluster.DisposeAsync();

        var (status, report) = await ReadyAsync(service);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.False(report.GetProperty("checks").GetProperty("database").GetProperty("ok").GetBoolean());
        Assert.DoesNotContain("Password", report.ToString(), StringComparison.OrdinalIgnoreCase);
        using var http = new HttpClient();
        Assert.Equal("live", await http.GetStringAsync(service.Urls.First() + "/healthz/live"));
        Directory.Delete(folder, true);
    }

    [Fact]
    public async Task AFullDiskIsNotReady()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var service = await StartAsync(database.ConnectionString, ("Monitor:Health:MinFreeMegabytes", "999999999"));

        var (status, report) = await ReadyAsync(service);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("MB free", Detail(report, "disk"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MetricsShowQueuesRuntimeAndPool()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await database.ExecuteAsync(
            """
            INSERT INTO feeds (url, origin, enabled, settings, state, next_fetch_at, failures, created_at, updated_at, last_success_at)
            VALUES ('https://example.org/feed', 'api', true, '{}', 'failing', now() - interval '1 minute', 3, now(), now(), now() - interval '1 hour')
            """);
        await using var service = await StartAsync(database.ConnectionString);
        Measured.Matched(1);
        using var http = new HttpClient();
        string text;
        do
        {
            using var answer = await http.GetAsync(service.Urls.First() + "/metrics");
            Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
            text = await answer.Content.ReadAsStringAsync();
        }
        while (!text.Contains("monitor_feeds{state=\"failing\"} 1", StringComparison.Ordinal)); // the first reading comes with the start

        string[] names =
        [
            "monitor_feeds_due 1", "monitor_feeds_lag_seconds 6", "monitor_deliveries_pending 0", "monitor_last_fetch_age_seconds 3",
            "db_client_connection", "dotnet_gc_",
        ];
        Assert.All(names, name => Assert.Contains("\n" + name, text, StringComparison.Ordinal));

        var families = TypeLine().Matches(text).Select(line => line.Groups[1].Value).ToHashSet();
        foreach (var file in (string[])["grafana/dashboard.json", "prometheus/alerts.yml"])
        {
            var asked = OwnName().Matches(await File.ReadAllTextAsync(Repository.Path("deploy", file))).Select(name => name.Value).ToHashSet();
            Assert.NotEmpty(asked);
            Assert.All(asked, name => Assert.Contains(name.Replace("_bucket", "", StringComparison.Ordinal), families));
        }
    }

    [GeneratedRegex("^# TYPE ([a-z_]+) ", RegexOptions.Multiline)]
    private static partial Regex TypeLine();

    [GeneratedRegex("monitor_[a-z_]+")]
    private static partial Regex OwnName();

    static string? Detail(JsonElement report, string check) =>
        report.GetProperty("checks").GetProperty(check).GetProperty("detail").GetString();

    /// <summary>The schedule starts right after the web server does, so the first answers may come too early.</summary>
    static async Task<JsonElement> UntilReadyAsync(WebApplication service)
    {
        for (var attempt = 0; ; attempt++)
        {
            var (status, report) = await ReadyAsync(service);
            if (status == HttpStatusCode.OK)
                return report;
            Assert.True(attempt < 300, report.ToString());
            await Task.Delay(100);
        }
    }

    static async Task<(HttpStatusCode Status, JsonElement Report)> ReadyAsync(WebApplication service)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(service.Urls.First() + "/healthz/ready");
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    static async Task<WebApplication> StartAsync(string connection, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value));
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(connection));
        builder.Services.AddDbContextFactory<MonitorDbContext>((provider, options) => options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()));
        builder.Services.AddOperations(builder.Configuration);
        builder.Services.AddSchedule(builder.Configuration, new WorkPlan().Claim("nothing", (_, _) => Task.FromResult(false)));
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapOperations();
        await app.StartAsync();
        return app;
    }
}
