using Microsoft.Extensions.Logging.Abstractions;
using NewsMonitor.Feeds;
using NewsMonitor.Tests.Database;
using NewsMonitor.Tests.Outbound;
using Npgsql;

namespace NewsMonitor.Tests.Feeds;

public sealed class HostLocksTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    /// <summary>One worker's gate on a database that others share.</summary>
    sealed class Worker(TestDatabase database, TimeSpan spacing, TimeProvider time) : IAsyncDisposable
    {
        readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(database.ConnectionString);
        HostLocks? _locks;
        HostGate? _gate;

        public HostLocks Locks => _locks ??= new(_source, time, NullLogger<HostLocks>.Instance);
        public HostGate Gate => _gate ??= new(2, spacing, time, Locks);

        public async ValueTask DisposeAsync()
        {
            _gate?.Dispose();
            await Locks.DisposeAsync();
            await _source.DisposeAsync();
        }
    }

    [Fact]
    public async Task TwoWorkersTogetherAskAHostNoMoreThanOneAloneWould()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var spacing = TimeSpan.FromMilliseconds(200);
        await using var one = new Worker(database, spacing, TimeProvider.System);
        await using var two = new Worker(database, spacing, TimeProvider.System);
        var (starts, inside, most, workers) = (new List<TimeSpan>(), 0, 0, new HashSet<Worker>());
        var begin = TimeProvider.System.GetTimestamp();

        async Task AskAsync(Worker worker)
        {
            for (var done = 0; done < 3;)
            {
                var (turn, later) = await worker.Gate.EnterAsync("192.0.2.1", HostGate.ShortWait, CancellationToken.None);
                if (turn is null)
                {
                    await Task.Delay(later - TimeProvider.System.GetUtcNow() is { Ticks: > 0 } wait ? wait : TimeSpan.Zero);
                    continue;
                }
                lock (starts)
                {
                    starts.Add(TimeProvider.System.GetElapsedTime(begin));
                    most = Math.Max(most, ++inside);
                    workers.Add(worker);
                }
                await Task.Delay(500);
                lock (starts) inside--;
                turn.Dispose();
                done++;
            }
        }

        await Task.WhenAll(AskAsync(one), AskAsync(one), AskAsync(two), AskAsync(two), AskAsync(two));
        Assert.Equal((15, 2, 2), (starts.Count, most, workers.Count));
        // On a busy machine a start may be noted late, which makes the next pause look short; without a shared turn every other one would be.
        var pauses = starts.Zip(starts.Skip(1), (a, b) => b - a).ToList();
        Assert.True(pauses.Count(p => p < spacing * 0.8) <= 3, string.Join(' ', pauses));
    }

    [Fact]
    public async Task ADeadWorkersHostsAreFreeAtOnceAndALivingOnesWhenItIsDone()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var living = new Worker(database, TimeSpan.Zero, TimeProvider.System);
        var dying = new Worker(database, TimeSpan.Zero, TimeProvider.System);
        Assert.True((await dying.Locks.TakeAsync("a")).IsMine);
        Assert.False((await living.Locks.TakeAsync("a")).IsMine);
        Assert.True((await living.Locks.TakeAsync("b")).IsMine);
        await dying.Locks.ReleaseAsync(["a"]);
        Assert.True((await living.Locks.TakeAsync("a")).IsMine);
        await living.Locks.ReleaseAsync(["a"]);
        Assert.True((await dying.Locks.TakeAsync("a")).IsMine);
        await dying.DisposeAsync();
        await UntilAsync(async () => (await living.Locks.TakeAsync("a")).IsMine);
    }

    [Fact]
    public async Task ABrokenConnectionIsMadeAnewWithAllThatItHeld()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var one = new Worker(database, TimeSpan.Zero, TimeProvider.System);
        await using var two = new Worker(database, TimeSpan.Zero, TimeProvider.System);
        Assert.True((await one.Locks.TakeAsync("a")).IsMine);
        await database.ExecuteAsync("""
            SELECT pg_terminate_backend(pid) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
            WHERE l.locktype = 'advisory' AND d.datname = current_database()
            """);
        Assert.True((await one.Locks.TakeAsync("b")).IsMine);
        Assert.False((await two.Locks.TakeAsync("a")).IsMine);
    }

    [Fact]
    public async Task APauseHoldsForEveryWorkerUntilItIsOver()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var time = new ManualTime();
        await using var one = new Worker(database, TimeSpan.Zero, time);
        await using var two = new Worker(database, TimeSpan.Zero, time);
        await one.Gate.PauseAsync("a", TimeSpan.FromMinutes(5));
        await one.Gate.PauseAsync("b", TimeSpan.FromMinutes(1));
        var (turn, later) = await two.Gate.EnterAsync("a", HostGate.ShortWait, CancellationToken.None);
        Assert.Equal((null, time.GetUtcNow().AddMinutes(5)), (turn, later));
        time.Advance(TimeSpan.FromMinutes(6));
        Assert.NotNull((await two.Gate.EnterAsync("a", HostGate.ShortWait, CancellationToken.None)).Turn);
        await two.Gate.PauseAsync("c", TimeSpan.FromMinutes(1));
        Assert.Equal(1L, await database.ScalarAsync<long>("SELECT count(*) FROM host_pauses"));
    }

    [Fact]
    public async Task PausesOfManyHostsAtOnceDoNotStandInEachOthersWay()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var worker = new Worker(database, TimeSpan.Zero, TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(task => Task.Run(async () =>
        {
            var random = new Random(task);
            for (var i = 0; i < 150; i++)
                await worker.Locks.PauseAsync($"{random.Next(6)}", TimeProvider.System.GetUtcNow().AddMilliseconds(1));
        })));
    }

    [Fact]
    public async Task WhoWaitsForAHostOfAnotherWorkerGivesUpInTheEnd()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var one = new Worker(database, TimeSpan.Zero, TimeProvider.System);
        await using var two = new Worker(database, TimeSpan.Zero, TimeProvider.System);
        using var http = TestHttp.Create();
        using var held = (await one.Gate.EnterAsync("127.0.0.1", HostGate.ShortWait, CancellationToken.None)).Turn;
        var turns = new HostTurns(http, two.Gate, new FetchOptions(), TimeProvider.System);
        var turn = turns.TakeAsync(new Uri("http://127.0.0.1/"), ownProxy: false, TimeSpan.FromSeconds(3), CancellationToken.None);
        Assert.Null(await turn.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task AStopWaitsForTheStatementThatIsUnderWay()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var worker = new Worker(database, TimeSpan.Zero, TimeProvider.System);
        Assert.True((await worker.Locks.TakeAsync("a")).IsMine);
        await using var other = new NpgsqlConnection(database.ConnectionString);
        await other.OpenAsync();
        var holding = await other.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("LOCK TABLE host_pauses", other)) await hold.ExecuteNonQueryAsync();
        var asked = worker.Locks.TakeAsync("b");
        await UntilAsync(async () => await database.ScalarAsync<long>(
            "SELECT count(*) FROM pg_locks WHERE relation = 'host_pauses'::regclass AND NOT granted") == 1);
        var stopped = worker.Locks.DisposeAsync().AsTask();
        await holding.CommitAsync();
        Assert.True((await asked.WaitAsync(TimeSpan.FromSeconds(60))).IsMine);
        await stopped.WaitAsync(TimeSpan.FromSeconds(60));
        // What comes too late is told so.
        await Assert.ThrowsAsync<ObjectDisposedException>(() => worker.Locks.TakeAsync("c"));
        await worker.Locks.ReleaseAsync(["a"]);
        await worker.DisposeAsync();
    }

    static async Task UntilAsync(Func<Task<bool>> wanted)
    {
        for (var tries = 0; !await wanted(); tries++)
        {
            Assert.True(tries < 100);
            await Task.Delay(100);
        }
    }
}
