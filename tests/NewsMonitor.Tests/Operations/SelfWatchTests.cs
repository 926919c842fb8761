using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NewsMonitor.Operations;
using NewsMonitor.Tests.Database;
using Npgsql;

namespace NewsMonitor.Tests.Operations;

public sealed class SelfWatchTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task TheHeartIsHeardWhileFeedsAreRead()
    {
        await using var database = await FedAsync("now() - interval '5 minutes'");
        await using var sink = await HeartbeatSink.StartAsync();

        Assert.Null(await LookAsync(database, sink.Address));

        Assert.Equal(1, sink.Beats);
    }

    [Fact]
    public async Task SilenceIsToldAndStopsTheHeartbeat()
    {
        await using var database = await FedAsync("now() - interval '3 hours'");
        await using var sink = await HeartbeatSink.StartAsync();

        var since = await LookAsync(database, sink.Address);

        Assert.Equal(await database.ScalarAsync<DateTime>("SELECT last_success_at FROM feeds"), since!.Value.UtcDateTime);
        Assert.Equal(0, sink.Beats);
    }

    [Fact]
    public async Task FeedsThatWereJustAddedHaveTheirTime()
    {
        await using var database = await FedAsync("NULL");

        Assert.Null(await LookAsync(database, null));
    }

    [Fact]
    public async Task WithoutFeedsThereIsNoSilence()
    {
        await using var database = await postgres.CreateDatabaseAsync();

        Assert.Null(await LookAsync(database, null));
    }

    [Fact]
    public async Task AHeartbeatAddressThatIsDeadDoesNoHarm()
    {
        await using var database = await FedAsync("now()");

        Assert.Null(await LookAsync(database, new($"http://127.0.0.1:{DatabaseStartupTests.FreePort()}/")));
    }

    async Task<TestDatabase> FedAsync(string lastSuccess)
    {
        var database = await postgres.CreateDatabaseAsync();
        await database.ExecuteAsync(
            $$"""
            INSERT INTO feeds (url, origin, enabled, settings, state, next_fetch_at, failures, created_at, updated_at, last_success_at)
            VALUES ('https://example.org/feed', 'api', true, '{}', 'healthy', now(), 0, now(), now(), {{lastSuccess}})
            """);
        return database;
    }

    static async Task<DateTimeOffset?> LookAsync(TestDatabase database, Uri? url)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        using var http = new HttpClient();
        var watch = new SelfWatch(
            source, Options.Create(new SelfWatchOptions { HeartbeatUrl = url }), http, TimeProvider.System, NullLogger<SelfWatch>.Instance);
        return await watch.LookAsync(CancellationToken.None);
    }

    sealed class HeartbeatSink(WebApplication app) : IAsyncDisposable
    {
        int beats;

        public int Beats => Volatile.Read(ref beats);
        public Uri Address => new(app.Urls.First() + "/ping");

        public static async Task<HeartbeatSink> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var app = builder.Build();
            var sink = new HeartbeatSink(app);
            app.Urls.Add("http://127.0.0.1:0");
            app.MapGet("/ping", () =>
            {
                Interlocked.Increment(ref sink.beats);
                return Results.Ok();
            });
            await app.StartAsync();
            return sink;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
