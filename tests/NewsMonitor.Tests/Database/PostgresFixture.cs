using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using NewsMonitor.Database;
using Npgsql;

namespace NewsMonitor.Tests.Database;

/// <summary>
/// A real PostgreSQL for every host test: one private cluster per test run, or the server that MONITOR_TEST_POSTGRES names (its user
/// needs CREATEDB). Use it so, from any number of classes and parallel collections:
/// <code>
/// public sealed class SomethingTests(PostgresFixture postgres) : IClassFixture&lt;PostgresFixture&gt;
/// {
///     [Fact]
///     public async Task ItIsStored()
///     {
///         await using var database = await postgres.CreateDatabaseAsync();   // fresh, migrated, dropped at the end
///         await using var db = database.CreateContext();                     // a MonitorDbContext; database.ConnectionString for all else
///     }
/// }
/// </code>
/// </summary>
public sealed class PostgresFixture
{
    static readonly Lazy<Task<string>> Server = new(StartServerAsync);
    static readonly Lazy<Task<string>> Template = new(async () =>
    {
        var name = await NewDatabaseAsync("template0");
        await using var db = TestDatabase.Context((await ServerAsync(name)).ConnectionString);
        await Migrator.MigrateAsync(db, TimeProvider.System, NullLogger.Instance, CancellationToken.None);
        return name;
    });

    static int created;

    /// <summary>A fresh database with the current schema, copied from one that was migrated once.</summary>
    public async Task<TestDatabase> CreateDatabaseAsync() => await OpenAsync(await NewDatabaseAsync(await Template.Value));

    /// <summary>A fresh database with nothing in it.</summary>
    public async Task<TestDatabase> CreateEmptyDatabaseAsync() => await OpenAsync(await NewDatabaseAsync("template0"));

    static async Task<TestDatabase> OpenAsync(string name) =>
        new((await ServerAsync(name)).ConnectionString, (await ServerAsync(null)).ConnectionString, name);

    static async Task<string> NewDatabaseAsync(string template)
    {
        var name = $"monitor_test_{Environment.ProcessId}_{Interlocked.Increment(ref created)}";
        await using var connection = new NpgsqlConnection((await ServerAsync(null)).ConnectionString);
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name} TEMPLATE {template}", connection);
        await create.ExecuteNonQueryAsync();
        return name;
    }

    static async Task<NpgsqlConnectionStringBuilder> ServerAsync(string? database)
    {
        // No pool: CREATE DATABASE refuses a template that somebody still has a connection to.
        var connect = new NpgsqlConnectionStringBuilder(await Server.Value) { Pooling = false };
        connect.Database = database ?? connect.Database;
        return connect;
    }

    static async Task<string> StartServerAsync()
    {
        if (Environment.GetEnvironmentVariable("MONITOR_TEST_POSTGRES") is { Length: > 0 } given)
            return given;
        var folder = Directory.CreateTempSubdirectory("monitor-tests-").FullName;
        Reap(folder);
        var cluster = await LocalCluster.StartAsync(folder, TestSettings, TimeProvider.System, NullLogger.Instance, CancellationToken.None);
        return cluster.ConnectionString;
    }

    /// <summary>What makes a cluster quick and careless enough for tests.</summary>
    internal static DatabaseOptions TestSettings => new()
    {
        Settings = new() { ["fsync"] = "off", ["full_page_writes"] = "off", ["max_connections"] = "400", ["shared_buffers"] = "64MB" },
    };

    /// <summary>
    /// Stops the cluster and removes its folder once this process is gone, however it goes: a test host may be ended before it could do
    /// so itself.
    /// </summary>
    static void Reap(string folder)
    {
        const string Script = """
            (
              while kill -0 "$1" 2>&-; do sleep 0.3; done
              postmaster=$(head -n 1 "$2/postgres/postmaster.pid" 2>&-)
              if [ -n "$postmaster" ]; then
                kill -QUIT "$postmaster" 2>&-
                while kill -0 "$postmaster" 2>&-; do sleep 0.1; done
              fi
              rm -rf "$2"
            ) </dev/null >/dev/null 2>&1 &
            """;
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", $"{Environment.ProcessId}", folder]));
        shell!.WaitForExit();
    }
}
