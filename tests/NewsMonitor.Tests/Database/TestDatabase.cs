using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using Npgsql;

namespace NewsMonitor.Tests.Database;

/// <summary>One test's own database, dropped at the end with whatever is still connected to it.</summary>
public sealed class TestDatabase(string connectionString, string server, string name) : IAsyncDisposable
{
    /// <summary>Pooled, for a service under test.</summary>
    public string ConnectionString { get; } =
        new NpgsqlConnectionStringBuilder(connectionString) { Pooling = true, MaxPoolSize = 30 }.ConnectionString;

    public MonitorDbContext CreateContext() => Context(ConnectionString);

    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await using (var pool = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(pool);
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var drop = new NpgsqlCommand($"DROP DATABASE IF EXISTS {name} WITH (FORCE)", connection);
        await drop.ExecuteNonQueryAsync();
    }

    internal static MonitorDbContext Context(string connectionString) =>
        new(new DbContextOptionsBuilder<MonitorDbContext>().UseNpgsql(connectionString).Options);
}
