using Microsoft.Extensions.Logging.Abstractions;
using NewsMonitor.Database;
using Npgsql;

namespace NewsMonitor.Tests.Database;

public sealed class LeasesTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task AClaimIsRenewedAndStaysItsWorkersOwn()
    {
        await using var database = await WithRowsAsync(2);
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        using var leases = new Leases(source, TimeProvider.System, NullLogger<Leases>.Instance);
        var first = await StoredAsync(database, 1);
        await using var lease = leases.Hold("work", 1, first!.Value, CancellationToken.None);
        await using var other = leases.Hold("work", 2, (await StoredAsync(database, 2))!.Value, CancellationToken.None);

        await leases.RenewAsync("work", [lease, other], CancellationToken.None);

        var second = await StoredAsync(database, 1);
        Assert.True(second > first);
        Assert.True(lease.Covers(second));
        Assert.False(lease.Covers(null));
    }

    [Fact]
    public async Task WhatAnotherWorkerHasTakenIsNotTakenBack()
    {
        await using var database = await WithRowsAsync(1);
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        using var leases = new Leases(source, TimeProvider.System, NullLogger<Leases>.Instance);
        await using var lease = leases.Hold("work", 1, (await StoredAsync(database, 1))!.Value, CancellationToken.None);
        await database.ExecuteAsync("UPDATE work SET claimed_until = now() + interval '1 hour'");
        var taken = await StoredAsync(database, 1);

        await leases.RenewAsync("work", [lease], CancellationToken.None);

        Assert.Equal(taken, await StoredAsync(database, 1));
        Assert.False(lease.Covers(taken));
    }

    [Fact]
    public async Task ARowThatIsBeingWrittenHoldsUpNoOtherRenewal()
    {
        await using var database = await WithRowsAsync(2);
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        using var leases = new Leases(source, TimeProvider.System, NullLogger<Leases>.Instance);
        var before = await StoredAsync(database, 2);
        await using var locked = leases.Hold("work", 1, (await StoredAsync(database, 1))!.Value, CancellationToken.None);
        await using var free = leases.Hold("work", 2, before!.Value, CancellationToken.None);
        await using var writer = await source.OpenConnectionAsync();
        await using var transaction = await writer.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("SELECT * FROM work WHERE id = 1 FOR UPDATE", writer, transaction))
            await command.ExecuteNonQueryAsync();

        await leases.RenewAsync("work", [locked, free], CancellationToken.None);

        Assert.True(await StoredAsync(database, 2) > before);
        Assert.True(locked.Covers(await StoredAsync(database, 1)));
    }

    [Fact]
    public async Task WorkThatWasToldToEndKeepsItsRowNoLongerThanItsClaim()
    {
        await using var database = await WithRowsAsync(2);
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        using var leases = new Leases(source, TimeProvider.System, NullLogger<Leases>.Instance);
        using var told = new CancellationTokenSource();
        var (before, other) = (await StoredAsync(database, 1), await StoredAsync(database, 2));
        await using var hanging = leases.Hold("work", 1, before!.Value, told.Token);
        await using var working = leases.Hold("work", 2, other!.Value, CancellationToken.None);
        await told.CancelAsync();

        await leases.RenewDueAsync(CancellationToken.None);

        Assert.Equal(before, await StoredAsync(database, 1));
        Assert.True(await StoredAsync(database, 2) > other);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AStoppingWorkerGivesItsRowsBackAndAFailingOneLetsThemRunOut(bool stopping)
    {
        await using var database = await WithRowsAsync(1);
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        using var leases = new Leases(source, TimeProvider.System, NullLogger<Leases>.Instance);
        using var stop = new CancellationTokenSource();
        var lease = leases.Hold("work", 1, (await StoredAsync(database, 1))!.Value, stop.Token);
        if (stopping)
            await stop.CancelAsync();

        await lease.DisposeAsync();

        Assert.Equal(stopping, await StoredAsync(database, 1) is null);
    }

    async Task<TestDatabase> WithRowsAsync(int rows)
    {
        var database = await postgres.CreateEmptyDatabaseAsync();
        await database.ExecuteAsync(
            $"CREATE TABLE work AS SELECT n::bigint AS id, now() + interval '1 second' AS claimed_until FROM generate_series(1, {rows}) n");
        return database;
    }

    static async Task<DateTimeOffset?> StoredAsync(TestDatabase database, int id) =>
        await database.ScalarAsync<DateTime>($"SELECT claimed_until FROM work WHERE id = {id} AND claimed_until IS NOT NULL") is var at && at == default
            ? null
            : new DateTimeOffset(at);
}
