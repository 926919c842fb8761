using System.Net;
using System.Net.Sockets;
using NewsMonitor.Database;
using NewsMonitor.Operations;
using NewsMonitor.Tests.Database;

namespace NewsMonitor.Tests.EndToEnd;

/// <summary>What keeps a start from going through, or does not: PostgreSQL that goes away meanwhile, settings, a port that is taken.</summary>
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

    /// <summary>Found before anything is done with the database, so that a mistake costs nobody a half start.</summary>
    [Theory]
    [InlineData("urls", "8080", "'8080' is no address to listen on")]
    [InlineData("urls", "http://127.0.0.1:99999", "'http://127.0.0.1:99999' is no address to listen on")]
    [InlineData("Monitor:PublicUrl", "news.example.org", "Monitor__PublicUrl is 'news.example.org'; write it in full")]
    [InlineData("Monitor:Outbound:AllowedHosts", "10.0.0.0/99", "'10.0.0.0/99' is no CIDR range")]
    [InlineData("Monitor:Outbound:Proxy", "proxy", "'proxy' is no proxy")]
    [InlineData("Monitor:Fetch:Concurrency", "0", "Monitor__Fetch__Concurrency: ")]
    [InlineData("Monitor:Fetch:MaxBytes", "much", "Monitor__Fetch__MaxBytes is 'much'; it takes a number")]
    [InlineData("Monitor:Database:MaxPoolSize", "0", "Monitor__Database__MaxPoolSize: ")]
    [InlineData("Monitor:Database:WaitAtStart", "-00:00:05", "Monitor__Database__WaitAtStart: ")]
    [InlineData("Monitor:Schedule:Tick", "00:00:00", "Monitor__Schedule__Tick: ")]
    [InlineData("Monitor:Retention:Articles", "ever", "Monitor__Retention__Articles is 'ever'; it takes a number")]
    [InlineData("Monitor:SelfWatch:HeartbeatUrl", "hc-ping.com/1", "Monitor__SelfWatch__HeartbeatUrl: it is written in full")]
    [InlineData("Monitor:Stories:GrowthThresholds", "2,five", "Monitor__Stories__GrowthThresholds is '2,five'; it takes numbers such as")]
    [InlineData("Monitor:Smtp:Security", "tls", "Monitor__Smtp__Security is 'tls'; it takes none or starttls")]
    [InlineData("Monitor:Smtp:Host", "mail.example.org", "Monitor__Smtp__From: it is the sender's address")]
    public async Task AMistakeInASettingIsOneSentenceThatNamesIt(string key, string value, string expected)
    {
        await using var database = await postgres.CreateDatabaseAsync();
        using var folder = new Folder();
        var refusal = await Assert.ThrowsAsync<SettingException>(() => StartAsync(database.ConnectionString, folder, "00:00:03", (key, value)));
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public async Task APortThatIsTakenIsSaidAtOnceAndIsNotTheDatabases()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        using var folder = new Folder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = $"http://{other.LocalEndpoint}";
        var refusal = await Assert.ThrowsAsync<SettingException>(() => StartAsync(database.ConnectionString, folder, "00:00:05", ("urls", url)));
        Assert.Equal($"{url} is taken by another program: stop that one, or choose another address with --urls.", refusal.Message);
    }

    [Fact]
    public async Task AnAddressOfAnotherMachineIsSaidAtOnce()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        using var folder = new Folder();
        var refusal = await Assert.ThrowsAsync<SettingException>(
            () => StartAsync(database.ConnectionString, folder, "00:00:05", ("urls", "http://192.0.2.1:8080")));
        Assert.StartsWith("http://192.0.2.1:8080 cannot be listened on (", refusal.Message, StringComparison.Ordinal);
    }

    static Task<MonitorService> StartAsync(DatabaseRelay relay, Folder folder, string wait) => StartAsync(relay.ConnectionString, folder, wait);

    static Task<MonitorService> StartAsync(
        string connection, Folder folder, string wait, params (string Key, string Value)[] more) => MonitorService.StartAsync(
        new Dictionary<string, string?>
        {
            ["ConnectionStrings:Monitor"] = connection,
            ["Monitor:ConfigDirectory"] = folder.Path,
            ["Monitor:DataDirectory"] = System.IO.Path.Combine(folder.Path, "data"),
            ["Monitor:Database:WaitAtStart"] = wait,
            ["urls"] = "http://127.0.0.1:0",
        }.Concat(more.Select(m => KeyValuePair.Create(m.Key, (string?)m.Value))).GroupBy(p => p.Key).ToDictionary(g => g.Key, g => g.Last().Value),
        CancellationToken.None);

    sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("monitor-start-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
