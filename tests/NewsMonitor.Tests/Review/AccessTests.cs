using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NewsMonitor.Operations;
using NewsMonitor.Review;
using NewsMonitor.Tests.Database;

namespace NewsMonitor.Tests.Review;

public sealed class AccessTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task AKeyIsShownOnceAndOnlyItsHashIsKept()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        var admin = server.Client();
        var made = await admin.PostAsJsonAsync("keys", new { name = "desk", role = "reader" }).JsonAsync(201);
        var secret = made.GetProperty("secret").GetString()!;
        Assert.Matches("^nm_[A-Za-z0-9_-]{43}$", secret);
        var client = server.Client(null);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        await client.GetAsync("alerts").JsonAsync();
        var list = await admin.GetAsync("keys").JsonAsync();
        Assert.DoesNotContain(secret, list.GetRawText(), StringComparison.Ordinal);
        var view = list.GetProperty("items")[0];
        Assert.StartsWith(view.GetProperty("prefix").GetString()!, secret, StringComparison.Ordinal);
        Assert.NotNull(view.GetProperty("lastUsedAt").GetString());
        await using var db = server.Database();
        Assert.DoesNotContain(await db.Set<ApiKey>().ToListAsync(), k => k.Prefix == secret || k.Hash.Length != 32);
    }

    [Fact]
    public async Task ARevokedKeyStopsAtOnce()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        var admin = server.Client();
        var made = await admin.PostAsJsonAsync("keys", new { name = "desk", role = "admin" }).JsonAsync(201);
        var id = made.GetProperty("key").GetProperty("id").GetInt64();
        var client = server.Client(null);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.GetProperty("secret").GetString());
        await client.GetAsync("keys").JsonAsync();
        await admin.DeleteAsync($"keys/{id}").JsonAsync(204);
        await client.GetAsync("keys").ProblemAsync(401);
        await admin.DeleteAsync($"keys/{id}").ProblemAsync(404);
    }

    [Fact]
    public async Task AnExpiredKeyIsRefused()
    {
        var clock = new TestClock();
        await using var server = await ApiServer.StartAsync(postgres, clock: clock);
        var made = await server.Client()
            .PostAsJsonAsync("keys", new { name = "guest", role = "reader", expiresAt = clock.GetUtcNow().AddHours(1) }).JsonAsync(201);
        var client = server.Client(null);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.GetProperty("secret").GetString());
        await client.GetAsync("alerts").JsonAsync();
        clock.Advance(TimeSpan.FromHours(1));
        await client.GetAsync("alerts").ProblemAsync(401);
    }

    [Theory]
    [InlineData("""{"role":"reader"}""", "name")]
    [InlineData("""{"name":"x"}""", "role")]
    [InlineData("""{"name":"x","role":"owner"}""", "role")]
    [InlineData("""{"name":"x","role":"reader","expiresAt":"2001-01-01T00:00:00Z"}""", "expiresAt")]
    public async Task ABadKeyIsNotMade(string body, string field)
    {
        await using var server = await ApiServer.StartAsync(postgres);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        await server.Client().PostAsync("keys", content).ProblemAsync(400, field);
    }

    [Theory]
    [InlineData(Role.Reader)]
    [InlineData(Role.Reviewer)]
    public async Task OnlyAnAdminSeesKeys(Role role)
    {
        await using var server = await ApiServer.StartAsync(postgres);
        await server.Client(role).GetAsync("keys").ProblemAsync(403);
        await server.Client(role).PostAsJsonAsync("keys", new { name = "x", role = "admin" }).ProblemAsync(403);
        await server.Client(role).DeleteAsync("keys/1").ProblemAsync(403);
    }

    [Fact]
    public async Task GuessingLocksTheAddressOutButNotTheKeysThatWork()
    {
        var clock = new TestClock();
        await using var server = await ApiServer.StartAsync(postgres, clock: clock);
        await server.Client(Role.Reader).GetAsync("alerts").JsonAsync();
        var guess = server.Client(null);
        guess.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "nm_guess");
        for (var i = 0; i < 10; i++)
        {
            await guess.GetAsync("alerts").ProblemAsync(401);
        }

        using var refused = await guess.GetAsync("alerts");
        Assert.Equal(429, (int)refused.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(5), refused.Headers.RetryAfter!.Delta);
        await server.Client(Role.Reviewer).GetAsync("alerts").ProblemAsync(429);
        await server.Client(Role.Reader).GetAsync("alerts").JsonAsync();
        clock.Advance(TimeSpan.FromMinutes(5));
        await server.Client(Role.Reviewer).GetAsync("alerts").JsonAsync();
    }

    [Fact]
    public async Task AKeyMayMakeSoManyRequestsAMinute()
    {
        var clock = new TestClock();
        await using var server = await ApiServer.StartAsync(postgres, new() { ["Monitor:Api:RequestsPerMinute"] = "3" }, clock);
        var client = server.Client(Role.Reader);
        for (var remaining = 2; remaining >= 0; remaining--)
        {
            using var response = await client.GetAsync("alerts");
            Assert.Equal(200, (int)response.StatusCode);
            Assert.Equal($"{remaining}", response.Headers.GetValues("RateLimit-Remaining").Single());
        }

        using var refused = await client.GetAsync("alerts");
        Assert.Equal(429, (int)refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(60), refused.Headers.RetryAfter!.Delta);
        Assert.Equal("\"key\";r=0;t=60", refused.Headers.GetValues("RateLimit").Single());
        await server.Client(Role.Admin).GetAsync("alerts").JsonAsync();
        clock.Advance(TimeSpan.FromMinutes(1));
        await client.GetAsync("alerts").JsonAsync();
    }

    [Theory]
    [InlineData("http://127.0.0.1:0", false)]
    [InlineData("http://[::1]:0", false)]
    [InlineData("http://0.0.0.0:0", true)]
    public async Task PlainHttpThatOthersCanReachIsWarnedOf(string urls, bool warned)
    {
        using var logs = new KeptLogs();
        await using var server = await ApiServer.StartAsync(postgres, new() { ["urls"] = urls }, logs: logs);
        Assert.Equal(warned, logs.Lines.Any(line => line.Contains("without TLS", StringComparison.Ordinal)));
    }

    /// <summary>Keeps warnings and worse.</summary>
    sealed class KeptLogs : ILoggerProvider, ILogger
    {
        public ConcurrentBag<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> format)
        {
            if (IsEnabled(level))
            {
                Lines.Add(format(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }

    [Fact]
    public async Task AnswersAreCompressedOnRequest()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        foreach (var encoding in new[] { "br", "gzip" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "alerts") { Headers = { { "Accept-Encoding", encoding } } };
            using var response = await server.Client().SendAsync(request);
            Assert.Equal(encoding, response.Content.Headers.ContentEncoding.Single());
        }
    }

    [Fact]
    public async Task TheFirstAdminKeyIsWrittenOnceAndTheConfiguredOneAlwaysWorks()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var db = database.CreateContext();
        var folder = Directory.CreateTempSubdirectory("monitor-key-").FullName;
        try
        {
            var now = Archive.Start;
            var secret = await ApiKeys.EnsureAdminAsync(db, null, folder, now);
            Assert.Equal(secret, (await File.ReadAllTextAsync(Path.Combine(folder, "admin-key"))).Trim());
            Assert.Null(await ApiKeys.EnsureAdminAsync(db, null, folder, now));
            Assert.Equal(Role.Admin, (await ApiKeys.FindAsync(db, secret!, now))!.Role);
            Assert.Null(await ApiKeys.EnsureAdminAsync(db, "chosen-by-hand", folder, now));
            Assert.Null(await ApiKeys.EnsureAdminAsync(db, "chosen-by-hand", folder, now));
            Assert.Equal(Role.Admin, (await ApiKeys.FindAsync(db, "chosen-by-hand", now))!.Role);
            Assert.Null(await ApiKeys.FindAsync(db, "chosen-by-hans", now));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Fact]
    public async Task AFirstAdminKeyThatCannotBeKeptIsNotMade()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var folder = Directory.CreateTempSubdirectory("monitor-key-").FullName;
        try
        {
            var (file, now) = (Path.Combine(folder, "file"), Archive.Start);
            await File.WriteAllTextAsync(file, "no folder");
            await using (var db = database.CreateContext())
            {
                var refusal = await Assert.ThrowsAsync<SettingException>(() => ApiKeys.EnsureAdminAsync(db, null, file, now));
                Assert.Contains("set Monitor__DataDirectory", refusal.Message, StringComparison.Ordinal);
            }

            await using (var db = database.CreateContext())
            {
                var secret = await ApiKeys.EnsureAdminAsync(db, null, folder, now);
                Assert.Equal(Role.Admin, (await ApiKeys.FindAsync(db, secret!, now))!.Role);
            }
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
