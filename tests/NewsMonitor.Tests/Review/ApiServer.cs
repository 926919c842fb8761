using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NewsMonitor.Database;
using NewsMonitor.Deliveries;
using NewsMonitor.Feeds;
using NewsMonitor.Operations;
using NewsMonitor.Outbound;
using NewsMonitor.Review;
using NewsMonitor.Tests.Database;
using Npgsql;

namespace NewsMonitor.Tests.Review;

/// <summary>The API alone, on a port that the system chose, over a fresh database, with a key of each role.</summary>
public sealed class ApiServer : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly TestDatabase _database;
    readonly Dictionary<Role, string> _secrets = [];

    readonly bool _keep;

    ApiServer(WebApplication app, TestDatabase database, bool keep) => (_app, _database, _keep) = (app, database, keep);

    public Uri Address => new(_app.Urls.First());
    public IServiceProvider Services => _app.Services;
    public string ConnectionString => _database.ConnectionString;

    public static async Task<ApiServer> StartAsync(
        PostgresFixture postgres, Dictionary<string, string?>? settings = null, TimeProvider? clock = null, TestDatabase? database = null,
        bool keep = false, string connectionOptions = "", ILoggerProvider? logs = null)
    {
        database ??= await postgres.CreateDatabaseAsync();
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        if (logs is not null)
        {
            builder.Logging.AddProvider(logs);
        }

        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["Monitor:Api:RequestsPerMinute"] = "1000000",
            ["Monitor:Api:AnonymousRequestsPerMinute"] = "1000000",
        });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(database.ConnectionString + connectionOptions));
        builder.Services.AddDbContextFactory<MonitorDbContext>((services, options) =>
            options.UseNpgsql(services.GetRequiredService<NpgsqlDataSource>()));
        builder.Services.AddSingleton(new Random(1));
        builder.Services.AddSingleton(_ => Secrets.Open(Convert.ToBase64String(new byte[32]), ".", TimeProvider.System));
        builder.Services.AddOutbound(builder.Configuration);
        var hosted = builder.Services.Count(service => service.ServiceType == typeof(IHostedService));
        builder.Services.AddFeeds(builder.Configuration);
        builder.Services.AddSingleton<CronTimes>((_, _) => null);
        builder.Services.AddSingleton<Func<Uri>>(() => new Uri("http://127.0.0.1/"));
        builder.Services.AddDeliveries(builder.Configuration);

        // Only the endpoints are under test; nobody polls or sends.
        foreach (var worker in builder.Services.Where(service => service.ServiceType == typeof(IHostedService)).Skip(hosted).ToList())
        {
            builder.Services.Remove(worker);
        }

        builder.Services.AddReview(builder.Configuration);
        var app = builder.Build();
        app.MapReview();
        await app.StartAsync();
        var server = new ApiServer(app, database, keep);
        foreach (var role in Enum.GetValues<Role>())
        {
            await using var db = server.Database();
            (_, server._secrets[role]) = await ApiKeys.CreateAsync(
                db, $"the {Names.Kebab(role)}", role, (clock ?? TimeProvider.System).GetUtcNow(), "test");
        }

        return server;
    }

    public MonitorDbContext Database() => _app.Services.GetRequiredService<IDbContextFactory<MonitorDbContext>>().CreateDbContext();

    public string Secret(Role role) => _secrets[role];

    /// <summary>A client with the key of <paramref name="role"/>, or none for null; paths are relative to /api/v1/.</summary>
    public HttpClient Client(Role? role = Role.Admin)
    {
        var client = new HttpClient { BaseAddress = new Uri(Address, "/api/v1/") };
        client.DefaultRequestHeaders.Authorization = role is { } r ? new AuthenticationHeaderValue("Bearer", _secrets[r]) : null;
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (!_keep)
        {
            await _database.DisposeAsync();
        }
    }
}

/// <summary>Requests and answers in one line each.</summary>
public static class Answers
{
    public static async Task<JsonElement> JsonAsync(this Task<HttpResponseMessage> sent, int status = 200)
    {
        using var response = await sent;
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} instead of {status}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Asserts a problem document and returns its detail.</summary>
    public static async Task<string> ProblemAsync(this Task<HttpResponseMessage> sent, int status, string? field = null)
    {
        using var response = await sent;
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} instead of {status}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrWhiteSpace(problem.GetProperty("title").GetString()));
        Assert.False(string.IsNullOrWhiteSpace(problem.GetProperty("traceId").GetString()));
        if (field is not null)
        {
            Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), $"no error for {field}: {text}");
        }

        return problem.GetProperty("detail").GetString()!;
    }

    public static Task<HttpResponseMessage> PatchJsonAsync(this HttpClient client, string path, object body, string? ifMatch = null) =>
        client.SendJsonAsync(HttpMethod.Patch, path, body, ifMatch);

    public static async Task<HttpResponseMessage> SendJsonAsync(
        this HttpClient client, HttpMethod method, string path, object body, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await client.SendAsync(request);
    }
}
