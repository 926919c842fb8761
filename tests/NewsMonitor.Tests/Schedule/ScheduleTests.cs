using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NewsMonitor.Database;
using NewsMonitor.Schedule;
using NewsMonitor.Tests.Database;
using Npgsql;

namespace NewsMonitor.Tests.Schedule;

/// <summary>Several workers, each with its own Quartz, on one PostgreSQL. Waiting is bounded by one generous limit for a whole test.</summary>
public sealed class ScheduleTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    const string HourTicks = "36000000000";

    [Fact]
    public async Task RecurringWorkIsDoneByOneWorkerOfTheCluster()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var (done, first) = (0, new Counter(1));
        // Rounds of the claiming work count from the first run on: time enough for the other workers to do it again.
        var ticks = new Counter(6);
        var workers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => StartAsync(database.ConnectionString, tick: "00:00:00.2", plan => plan
            .Every(Hour, "once", (_, _) => Interlocked.Increment(ref done) == 1 ? first.CountAsync(false) : Task.CompletedTask)
            .Claim("ticks", (_, _) => first.Reached.IsCompleted ? ticks.CountAsync(false) : Task.FromResult(false)))));

        await ticks.Reached.WaitAsync(Limit);

        Assert.Equal(1, Volatile.Read(ref done));
        await StopAsync(workers);
    }

    [Fact]
    public async Task ARestartDoesNotRepeatRecurringWorkBeforeItsTime()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var first = new Counter(1);
        var worker = await StartAsync(database.ConnectionString, tick: "00:00:00.2", plan => plan
            .Every(Hour, "once", (_, _) => first.CountAsync(false)));
        await first.Reached.WaitAsync(Limit);
        await StopAsync(worker);

        var again = 0;
        var ticks = new Counter(4);
        worker = await StartAsync(database.ConnectionString, tick: "00:00:00.2", plan => plan
            .Every(Hour, "once", (_, _) => Task.FromResult(Interlocked.Increment(ref again)))
            .Claim("ticks", (_, _) => ticks.CountAsync(false)));
        await ticks.Reached.WaitAsync(Limit);

        Assert.Equal(0, Volatile.Read(ref again));
        await StopAsync(worker);
    }

    [Theory]
    [InlineData($"start_time = start_time - 3 * {HourTicks}, prev_fire_time = prev_fire_time - 3 * {HourTicks}, "
        + $"next_fire_time = next_fire_time - 3 * {HourTicks}")] // it came due while nobody was there
    [InlineData("prev_fire_time = NULL")] // a worker that started beside another put off its first time
    public async Task RecurringWorkThatWasLeftUndoneIsDoneAtTheStart(string left)
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var first = new Counter(1);
        var worker = await StartAsync(database.ConnectionString, tick: "00:00:00.2", plan => plan
            .Every(Hour, "once", (_, _) => first.CountAsync(false)));
        await first.Reached.WaitAsync(Limit);
        await StopAsync(worker);
        await database.ExecuteAsync($"UPDATE qrtz_triggers SET {left} WHERE trigger_name LIKE 'once%'");

        var again = new Counter(1);
        worker = await StartAsync(database.ConnectionString, tick: "00:00:00.2", plan => plan
            .Every(Hour, "once", (_, _) => again.CountAsync(false)));
        await again.Reached.WaitAsync(Limit);

        await StopAsync(worker);
    }

    [Fact]
    public async Task EachTickWakesTheLoopsOfEveryWorker()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var counters = new[] { new Counter(8), new Counter(8) };
        var workers = await Task.WhenAll(counters.Select(counter => StartAsync(
            database.ConnectionString, tick: "00:00:00.2", plan => plan.Claim("feeds", (_, _) => counter.CountAsync(false)))));

        await Task.WhenAll(counters.Select(counter => counter.Reached)).WaitAsync(Limit);

        await StopAsync(workers);
    }

    [Fact]
    public async Task ASignalReachesTheLoopOfThatNameInOtherWorkers()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var (feeds, deliveries) = (new Counter(2), new Counter(2));
        var near = await StartAsync(database.ConnectionString, tick: "00:01:00", plan => plan.Claim("other", (_, _) => Task.FromResult(false)));
        var far = await StartAsync(database.ConnectionString, tick: "00:01:00", plan => plan
            .Claim("feeds", (_, _) => feeds.CountAsync(false))
            .Claim("deliveries", (_, _) => deliveries.CountAsync(false)));
        // Each loop looks once at the start and once more when it first listens.
        await Task.WhenAll(feeds.Reached, deliveries.Reached).WaitAsync(Limit);
        var before = feeds.Value;
        var next = deliveries.Next();

        await near.Services.GetRequiredService<Wakeups>().SignalAsync("deliveries", CancellationToken.None);
        await next.WaitAsync(Limit);

        Assert.Equal(before, feeds.Value);
        await StopAsync(near, far);
    }

    [Fact]
    public async Task AsLongAsMoreIsDueTheNextRoundFollowsAtOnce()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var rounds = new Counter(50);
        var worker = await StartAsync(database.ConnectionString, tick: "00:01:00", plan => plan
            .Claim("feeds", (_, _) => rounds.CountAsync(rounds.Value < 50)));

        await rounds.Reached.WaitAsync(Limit);

        await StopAsync(worker);
    }

    [Fact]
    public async Task AFailedRoundIsFollowedByAnother()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var rounds = new Counter(3);
        var worker = await StartAsync(database.ConnectionString, tick: "00:00:00.2", plan => plan
            .Claim("feeds", async (_, _) => await rounds.CountAsync(false) ? true : throw new InvalidOperationException("one round fails")));

        await rounds.Reached.WaitAsync(Limit);

        await StopAsync(worker);
    }

    [Fact]
    public async Task AStoppingWorkerCancelsWhatItRuns()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var begun = new Counter(2);
        var worker = await StartAsync(database.ConnectionString, tick: "00:00:00.2", plan => plan
            .Every(Hour, "long", async (_, stop) =>
            {
                await begun.CountAsync(true);
                await Task.Delay(Timeout.Infinite, stop);
            })
            .Claim("longer", async (_, stop) =>
            {
                await begun.CountAsync(true);
                await Task.Delay(Timeout.Infinite, stop);
                return true;
            }));
        await begun.Reached.WaitAsync(Limit);

        await StopAsync(worker).WaitAsync(Limit);
    }

    [Fact]
    public async Task WorkGoesOnAfterTheDatabaseWasKilled()
    {
        var folder = Directory.CreateTempSubdirectory("monitor-schedule-").FullName;
        var killed = await StartClusterAsync(folder);
        var counter = new Counter(3);
        var worker = await StartAsync(killed.ConnectionString, tick: "00:00:00.2", plan => plan.Claim("feeds", async (services, stop) =>
        {
            await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(stop);
            return await counter.CountAsync(false);
        }));
        await counter.Reached.WaitAsync(Limit);

        var pid = int.Parse(File.ReadLines(Path.Combine(folder, "postgres", "postmaster.pid")).First());
        System.Diagnostics.Process.GetProcessById(pid).Kill();
        await using (await StartClusterAsync(folder))
        {
            // Ticks, not the loop's own look every hour, bring the later rounds: Quartz is back as well.
            for (var round = 0; round < 4; round++)
                await counter.Next().WaitAsync(Limit);
            await StopAsync(worker);
        }
        await killed.DisposeAsync();
        Directory.Delete(folder, true);
    }

    static Task<LocalCluster> StartClusterAsync(string folder) =>
        LocalCluster.StartAsync(folder, PostgresFixture.TestSettings, TimeProvider.System, NullLogger.Instance, CancellationToken.None);

    static async Task<IHost> StartAsync(string connection, string tick, Action<WorkPlan> compose)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Monitor:Schedule:Tick"] = tick,
            ["Monitor:Schedule:LookAnyway"] = "01:00:00",
        });
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(connection));
        var plan = new WorkPlan();
        compose(plan);
        builder.Services.AddSchedule(builder.Configuration, plan);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    static async Task StopAsync(params IHost[] hosts)
    {
        foreach (var host in hosts)
        {
            await host.StopAsync();
            host.Dispose();
        }
    }

    /// <summary>Counts rounds and says when enough were seen.</summary>
    sealed class Counter(int enough)
    {
        readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int value;

        public int Value => Volatile.Read(ref value);
        public Task Reached => reached.Task;

        public Task Next() => Volatile.Read(ref next).Task;

        public Task<bool> CountAsync(bool more)
        {
            if (Interlocked.Increment(ref value) >= enough)
                reached.TrySetResult();
            Interlocked.Exchange(ref next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
            return Task.FromResult(more);
        }
    }
}
