using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using Npgsql;

namespace NewsMonitor.Tests.Database;

/// <summary>What a real server says and does, and whether a feed's poll may be blamed for it.</summary>
public sealed class DatabaseAwayTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task ASessionThatAnAdministratorEndsIsAway()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var connection = await source.OpenConnectionAsync();
        await database.ExecuteAsync($"SELECT pg_terminate_backend({connection.ProcessID})");

        var fault = await FaultAsync(connection, "SELECT 1");

        // The server's last word, or, where the connection was closed before that was read, its end.
        Assert.True(fault is PostgresException refusal ? refusal.SqlState == "57P01" : fault is NpgsqlException, fault.ToString());
        Assert.True(DatabaseAway.Is(fault));
        Assert.True(DatabaseAway.Is(new DbUpdateException("on the way", fault)));
    }

    [Theory]
    [InlineData("57P01")]
    [InlineData("57P02")]
    [InlineData("57P03")]
    public void AnEndThatTheServerNamesIsAway(string state) => Assert.True(DatabaseAway.Is(new PostgresException("ended", "FATAL", "FATAL", state)));

    [Fact]
    public async Task AServerThatNobodyAnswersForIsAway()
    {
        using var gone = new TcpListener(IPAddress.Loopback, 0);
        gone.Start();
        var port = ((IPEndPoint)gone.LocalEndpoint).Port;
        gone.Stop();
        await using var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={port};Username=nobody;Database=none");

        var fault = await Assert.ThrowsAnyAsync<Exception>(() => connection.OpenAsync());

        Assert.True(DatabaseAway.Is(fault));
    }

    [Theory]
    [InlineData("SELECT 1/0", "22012")]
    [InlineData("SELECT * FROM nowhere", "42P01")]
    [InlineData("SET statement_timeout = 20; SELECT pg_sleep(30)", "57014")]
    public async Task AServerThatSaysNoIsThere(string statement, string state)
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var connection = await source.OpenConnectionAsync();

        var fault = await FaultAsync(connection, statement);

        Assert.Equal(state, Assert.IsType<PostgresException>(fault).SqlState);
        Assert.False(DatabaseAway.Is(fault));
        Assert.False(DatabaseAway.Is(new DbUpdateException("on the way", fault)));
    }

    [Fact]
    public void ATimeOutOfSomethingElseSaysNothingOfTheDatabase()
    {
        Assert.False(DatabaseAway.Is(new TimeoutException()));
        Assert.True(DatabaseAway.Is(new NpgsqlException("reading", new TimeoutException())));
    }

    static async Task<Exception> FaultAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        return await Assert.ThrowsAnyAsync<Exception>(() => command.ExecuteNonQueryAsync());
    }
}
