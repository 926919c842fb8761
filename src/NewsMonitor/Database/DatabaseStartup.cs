using NewsMonitor.Operations;
using Npgsql;

namespace NewsMonitor.Database;

/// <summary>
/// The database that the service works with, ready to be asked: the one that a connection string names, or local mode's own cluster,
/// which lives as long as this object.
/// </summary>
sealed class DatabaseStartup : IAsyncDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(5);

    readonly LocalCluster? cluster;
    readonly TimeSpan limit;
    readonly TimeProvider time;
    readonly ILogger log;

    DatabaseStartup(string connectionString, LocalCluster? cluster, DatabaseOptions options, TimeProvider time, ILogger log) =>
        (ConnectionString, this.cluster, limit, this.time, this.log) = (connectionString, cluster, options.WaitAtStart, time, log);

    public string ConnectionString { get; }
    public bool IsLocal => cluster is not null;

    /// <summary>Reads <c>ConnectionStrings:Monitor</c>, <c>Monitor:DataDirectory</c> and <c>Monitor:Database</c>.</summary>
    public static async Task<DatabaseStartup> OpenAsync(IConfiguration configuration, TimeProvider time, ILogger log, CancellationToken stop)
    {
        var options = configuration.Read<DatabaseOptions>("Monitor:Database");
        if (configuration.GetConnectionString("Monitor") is { Length: > 0 } text)
        {
            var connect = Parse(text, options);
            await WaitAsync(connect, options.WaitAtStart, time, log, stop);
            return new(connect.ConnectionString, null, options, time, log);
        }
        var cluster = await LocalCluster.StartAsync(configuration["Monitor:DataDirectory"] ?? "./data", options, time, log, stop);
        return new(cluster.ConnectionString, cluster, options, time, log);
    }

    /// <summary>
    /// Does what the start of the service does with the database; should that go away meanwhile, waits for it and does it all again.
    /// </summary>
    /// <exception cref="DatabaseSetupException">It stayed away, or went away again and again, for as long as a start waits.</exception>
    public async Task<T> WhileThereAsync<T>(Func<Task<T>> start, CancellationToken stop)
    {
        var connect = new NpgsqlConnectionStringBuilder(ConnectionString);
        var place = $"{connect.Host}:{connect.Port}";
        for (var first = (long?)null; ;)
        {
            try
            {
                return await start();
            }
            catch (Exception e) when (DatabaseAway.Is(e) && !stop.IsCancellationRequested)
            {
                var reason = e.GetBaseException().Message;
                first ??= time.GetTimestamp();
                if (time.GetElapsedTime(first.Value) >= limit)
                    throw new DatabaseSetupException(
                        $"The database at {place} went away again and again during the start ({reason}): see its log.", e);
                log.LogWarning("The database at {Place} went away during the start, which begins anew when it is back: {Reason}", place,
                    reason);
                await Task.Delay(Pause, time, stop);
                await WaitAsync(connect, limit, time, log, stop);
            }
        }
    }

    static NpgsqlConnectionStringBuilder Parse(string text, DatabaseOptions options)
    {
        const string Example = "Host=db.example.org;Database=monitor;Username=monitor;Password=…";
        try
        {
            var connect = new NpgsqlConnectionStringBuilder(text);
            if (string.IsNullOrEmpty(connect.Host))
                throw new DatabaseSetupException($"ConnectionStrings__Monitor names no Host; it looks like {Example}");
            if (!connect.ContainsKey("Maximum Pool Size"))
                connect.MaxPoolSize = options.MaxPoolSize;
            connect.ApplicationName ??= "news-monitor";
            return connect;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            // The exception's own words may quote a password, so only the shape is shown.
            throw new DatabaseSetupException($"ConnectionStrings__Monitor cannot be read; it looks like {Example}", e);
        }
    }

    static async Task WaitAsync(
        NpgsqlConnectionStringBuilder connect, TimeSpan limit, TimeProvider time, ILogger log, CancellationToken stop)
    {
        var place = $"{connect.Host}:{connect.Port}";
        var started = time.GetTimestamp();
        var nextProgress = TimeSpan.Zero;
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connect.ConnectionString)
                {
                    Pooling = false,
                    Timeout = 5,
                }.ConnectionString);
                await connection.OpenAsync(stop);
                if (connection.PostgreSqlVersion.Major < PostgresPrograms.Oldest)
                    throw new DatabaseSetupException(
                        $"The database at {place} is PostgreSQL {connection.PostgreSqlVersion}; {PostgresPrograms.Oldest} or newer is needed.");
                return;
            }
            catch (PostgresException e) when (Refusal(e, connect, place) is { } refusal)
            {
                throw new DatabaseSetupException(refusal, e);
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException)
            {
                var waited = time.GetElapsedTime(started);
                var reason = (e.InnerException ?? e).Message;
                if (waited >= limit)
                    throw new DatabaseSetupException(
                        $"The database at {place} did not answer within {limit.TotalSeconds:0} s ({reason}): "
                        + "start it, or mend ConnectionStrings__Monitor.", e);
                if (waited >= nextProgress)
                {
                    log.LogInformation("Waiting for the database at {Place}: {Reason}", place, reason);
                    nextProgress += ProgressEvery;
                }
                await Task.Delay(Pause, time, stop);
            }
        }
    }

    /// <summary>What waiting cannot mend, as a sentence; null for all else.</summary>
    static string? Refusal(PostgresException e, NpgsqlConnectionStringBuilder connect, string place) => e.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"The database at {place} refuses the user {connect.Username} ({e.MessageText}): "
            + "mend Username or Password in ConnectionStrings__Monitor.",
        PostgresErrorCodes.InvalidCatalogName =>
            $"The server at {place} has no database {connect.Database}: create it, or mend Database in ConnectionStrings__Monitor.",
        PostgresErrorCodes.InsufficientPrivilege =>
            $"The user {connect.Username} may not use the database {connect.Database} at {place} ({e.MessageText}): grant it CONNECT.",
        _ => null,
    };

    public async ValueTask DisposeAsync()
    {
        if (cluster is null)
            return;
        // Pooled connections would be cut by the stopping server, with an error each.
        NpgsqlConnection.ClearAllPools();
        await cluster.DisposeAsync();
    }
}
