using NewsMonitor.Database;
using NewsMonitor.Tests.Database;

namespace NewsMonitor.Tests.EndToEnd;

/// <summary>PostgreSQL that goes away while the service starts.</summary>
public sealed class StartTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task AStartGoesThroughAlthoughTheDatabaseIsGoneForAWhileInTheMiddle(int connection)
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var relay = new DatabaseRelay(database.ConnectionString);
        var closed = new TaskCompletionSource();
        relay.Accepted = async number =>
        {
            if (number != connection) return;
            relay.Close();
            await Task.Delay(1500);
            relay.Open();
            closed.SetResult();
        };
        using var folder = new Folder();
        await using var service = await StartAsync(relay, folder, "00:01:00");
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(60));
        using var http = new HttpClient { BaseAddress = service.Address };
        using var live = await http.GetAsync(new Uri("/healthz/live", UriKind.Relative));
        Assert.True(live.IsSuccessStatusCode);
    }

    [Theory]
    [InlineData(0, "did not answer within 3 s")]
    [InlineData(3, "did not answer within 3 s")]
    public async Task ADatabaseThatStaysAwayIsOneSentence(int connection, string expected)
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var relay = new DatabaseRelay(database.ConnectionString);
        if (connection == 0) relay.Close();
        relay.Accepted = number =>
        {
            if (number == connection) relay.Close();
        };
        using var folder = new Folder();
        var refusal = await Assert.ThrowsAsync<DatabaseSetupException>(() => StartAsync(relay, folder, "00:00:03"));
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("start it", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    static Task<MonitorService> StartAsync(DatabaseRelay relay, Folder folder, string wait) => MonitorService.StartAsync(
        new Dictionary<string, string?>
        {
            ["ConnectionStrings:Monitor"] = relay.ConnectionString,
            ["Monitor:ConfigDirectory"] = folder.Path,
            ["Monitor:DataDirectory"] = System.IO.Path.Combine(folder.Path, "data"),
            ["Monitor:Database:WaitAtStart"] = wait,
            ["urls"] = "http://127.0.0.1:0",
        }, CancellationToken.None);

    sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("monitor-start-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
