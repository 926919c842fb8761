using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NewsMonitor.Database;
using NewsMonitor.Feeds;
using NewsMonitor.Tests.Database;
using Npgsql;

namespace NewsMonitor.Tests.Feeds;

public sealed class FeedPollsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    static readonly DateTimeOffset Now = new(2026, 3, 5, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task OfThoseDueAtOneTimeTheOneLookedAtLongestAgoComesFirst()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await AddAsync(database, ("a", -9, -1), ("b", -9, -3), ("c", -9, -2), ("d", -9, null), ("e", -8, -7));
        var claimed = await new DueFeeds(new Contexts(database), TimeProvider.System).ClaimAsync(9, CancellationToken.None);
        Assert.Equal(["d", "b", "c", "a", "e"], claimed.Select(f => f.Url));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task APollThatStandsStillIsGivenUpAndTheOthersGoOn(bool listens)
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await AddAsync(database, ("stuck", -9, null), ("fine", -9, null));
        var log = new Lines();
        var polls = new FeedPolls(
            new DueFeeds(new Contexts(database), TimeProvider.System), new QuietLooks(source),
            new FetchOptions { PollTimeout = TimeSpan.FromSeconds(listens ? 1 : 60) }, listens ? TimeProvider.System : new Hasty(), log);
        var (done, told) = (new TaskCompletionSource(), new TaskCompletionSource());
        var more = await polls.StartDueAsync(
            async (feed, stop) =>
            {
                if (feed.Url == "fine")
                {
                    done.SetResult();
                    return;
                }
                await using var ended = stop.Register(told.SetResult);
                await Task.Delay(Timeout.Infinite, listens ? stop : CancellationToken.None);
            },
            () => { }, CancellationToken.None);
        Assert.False(more);
        await Task.WhenAll(done.Task, told.Task).WaitAsync(TimeSpan.FromMinutes(1));
        await polls.StopAsync(new CancellationTokenSource(TimeSpan.FromMinutes(1)).Token);
        Assert.Equal(0, polls.Running);
        Assert.Contains("stuck was given up", Assert.Single(log.Said), StringComparison.Ordinal);
    }

    static async Task AddAsync(TestDatabase database, params (string Url, int Due, int? Looked)[] feeds)
    {
        await using var db = database.CreateContext();
        foreach (var (url, due, looked) in feeds)
            db.Add(new Feed { Url = url, NextFetchAt = Now.AddDays(due), LastFetchAt = looked is { } days ? Now.AddDays(days) : null });
        await db.SaveChangesAsync();
    }

    sealed class Contexts(TestDatabase database) : IDbContextFactory<MonitorDbContext>
    {
        public MonitorDbContext CreateDbContext() => database.CreateContext();
    }

    /// <summary>A minute takes a second.</summary>
    sealed class Hasty : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime / 60, period);
    }

    sealed class Lines : ILogger<FeedPolls>
    {
        public List<string> Said { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (Said)
                Said.Add(formatter(state, exception));
        }
    }
}
