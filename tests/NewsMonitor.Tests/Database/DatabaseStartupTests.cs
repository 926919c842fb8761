using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NewsMonitor.Database;
using Npgsql;

namespace NewsMonitor.Tests.Database;

/// <summary>A server with passwords on TCP, as an operator has it.</summary>
public sealed class DatabaseStartupTests(DatabaseStartupTests.Server server) : IClassFixture<DatabaseStartupTests.Server>
{
    [Fact]
    public async Task AGivenDatabaseIsUsedAndNothingElseIsTouched()
    {
        var data = Path.Combine(server.Folder.FullName, "untouched");

        await using var database = await OpenAsync(server.Connect(), ("Monitor:DataDirectory", data));

        Assert.False(database.IsLocal);
        Assert.False(Directory.Exists(data));
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand("SELECT current_user");
        Assert.Equal("operator", await command.ExecuteScalarAsync());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("Host=db;Port=secret-word")]
    [InlineData("Hosst=db;Password=secret-word")]
    [InlineData("postgres://user:secret-word@db/monitor")]
    [InlineData("Database=monitor;Password=secret-word")]
    public async Task AConnectionStringThatCannotBeReadIsOneSentenceWithoutItsSecret(string text)
    {
        var refusal = await Assert.ThrowsAsync<DatabaseSetupException>(() => OpenAsync(text));

        Assert.Contains("ConnectionStrings__Monitor", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-word", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public async Task AWrongPasswordIsNotWaitedFor()
    {
        var refusal = await Assert.ThrowsAsync<DatabaseSetupException>(
            () => OpenAsync(server.Connect(password: "wrong-word"), ("Monitor:Database:WaitAtStart", "01:00:00")));

        Assert.Contains("operator", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Password", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-word", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnUnknownDatabaseIsNotWaitedFor()
    {
        var refusal = await Assert.ThrowsAsync<DatabaseSetupException>(
            () => OpenAsync(server.Connect(database: "nowhere"), ("Monitor:Database:WaitAtStart", "01:00:00")));

        Assert.Contains("no database nowhere", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADatabaseThatStaysAwayIsGivenUpAfterTheSetTime()
    {
        var port = FreePort();

        var refusal = await Assert.ThrowsAsync<DatabaseSetupException>(
            () => OpenAsync($"Host=127.0.0.1;Port={port};Username=x", ("Monitor:Database:WaitAtStart", "00:00:01")));

        Assert.Contains($"127.0.0.1:{port} did not answer within 1 s", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADatabaseThatIsNotUpYetIsWaitedFor()
    {
        // A relay that is not there at first stands for the server that starts late.
        var port = FreePort();
        var waiting = new WaitingLog();
        var opening = OpenAsync(server.Connect(port: port), waiting);
        await waiting.Seen.Task;
        Assert.False(opening.IsCompleted);

        using var relay = new TcpListener(IPAddress.Loopback, port);
        relay.Start();
        _ = RelayAsync(relay, server.Port);

        await using var database = await opening;
        Assert.False(database.IsLocal);
    }

    static async Task RelayAsync(TcpListener relay, int to)
    {
        using var near = await relay.AcceptTcpClientAsync();
        using var far = new TcpClient();
        await far.ConnectAsync(IPAddress.Loopback, to);
        await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
    }

    static Task<DatabaseStartup> OpenAsync(string connection, params (string Key, string Value)[] settings) =>
        OpenAsync(connection, NullLogger.Instance, settings);

    static Task<DatabaseStartup> OpenAsync(string connection, ILogger log, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            settings.Append(("ConnectionStrings:Monitor", connection)).Select(s => KeyValuePair.Create(s.Item1, (string?)s.Item2))).Build();
        return DatabaseStartup.OpenAsync(configuration, TimeProvider.System, log, CancellationToken.None);
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    sealed class WaitingLog : ILogger
    {
        public TaskCompletionSource Seen { get; } = new();

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (formatter(state, exception).StartsWith("Waiting for the database", StringComparison.Ordinal))
                Seen.TrySetResult();
        }
    }

    public sealed class Server : IAsyncLifetime
    {
        LocalCluster? cluster;

        public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("monitor-startup-");
        public int Port { get; } = FreePort();

        public string Connect(string password = "right", string database = "monitor", int? port = null) =>
            $"Host=127.0.0.1;Port={port ?? Port};Username=operator;Password={password};Database={database}";

        public async Task InitializeAsync()
        {
            var options = PostgresFixture.TestSettings;
            options.Settings["listen_addresses"] = "127.0.0.1";
            options.Settings["port"] = $"{Port}";
            var data = Path.Combine(Folder.FullName, "data");
            cluster = await LocalCluster.StartAsync(data, options, TimeProvider.System, NullLogger.Instance, CancellationToken.None);
            await File.WriteAllTextAsync(
                Path.Combine(data, "postgres", "pg_hba.conf"), "local all all peer map=monitor\nhost all all 127.0.0.1/32 scram-sha-256\n");
            await using var source = NpgsqlDataSource.Create(cluster.ConnectionString);
            await using var command = source.CreateCommand("CREATE ROLE operator LOGIN PASSWORD 'right'; SELECT pg_reload_conf()");
            await command.ExecuteNonQueryAsync();
            await using var connection = new NpgsqlConnection(Connect());
            while (connection.State != System.Data.ConnectionState.Open)
            {
                try
                {
                    await connection.OpenAsync();
                }
                catch (PostgresException e) when (e.MessageText.Contains("pg_hba.conf", StringComparison.Ordinal))
                {
                    await Task.Delay(50); // the server reloads when it gets round to it
                }
            }
        }

        public async Task DisposeAsync()
        {
            await cluster!.DisposeAsync();
            Folder.Delete(true);
        }
    }
}
