using System.Collections.Concurrent;
using Npgsql;

namespace NewsMonitor.Database;

/// <summary>
/// Keeps the rows that this worker has claimed while it works on them. A claim is short, so that a dead worker's work is soon taken over, and
/// is renewed as long as its worker lives, so that slow work is not done twice. Tables have <c>id</c> and <c>claimed_until</c>.
/// </summary>
public sealed class Leases(NpgsqlDataSource database, TimeProvider time, ILogger<Leases> log) : BackgroundService
{
    /// <summary>What a claim is made for, and renewed to. A renewal may fail once before another worker takes the row.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(20);
    static readonly TimeSpan Every = TimeSpan.FromSeconds(4);

    /// <summary>What has longer to go is not renewed yet: most work is done by then, and a renewal is a write.</summary>
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(12);

    readonly ConcurrentDictionary<Lease, byte> held = [];

    /// <summary>
    /// Renews the claim until it is disposed of or <paramref name="stop"/> ends the work early. Then the row is free for others at once, or,
    /// if the work does not even end, when the claim runs out; after any other failure it waits for that, so that a fault is not repeated
    /// without a pause.
    /// </summary>
    public Lease Hold(string table, long id, DateTimeOffset until, CancellationToken stop)
    {
        var claim = new Lease(this, table, id, until, stop);
        held[claim] = 0;
        return claim;
    }

    internal async Task LetGoAsync(Lease claim)
    {
        held.TryRemove(claim, out _);
        if (!claim.GivesBack)
            return;
        try
        {
            await using var command = database.CreateCommand(
                $"UPDATE {claim.Table} SET claimed_until = NULL WHERE id = $1 AND claimed_until = ANY($2)");
            command.Parameters.AddWithValue(claim.Id);
            command.Parameters.AddWithValue(claim.Known());
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception e) when (e is NpgsqlException or ObjectDisposedException)
        {
            log.LogDebug("The claim of {Table} {Id} runs out by itself: {Reason}", claim.Table, claim.Id, e.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(Every, time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RenewDueAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            log.LogDebug("Claims are no longer renewed");
        }
    }

    /// <summary>Renews what runs out soon.</summary>
    internal async Task RenewDueAsync(CancellationToken stop)
    {
        var soon = time.GetUtcNow() + Soon;
        foreach (var table in held.Keys.Where(claim => !claim.GivesBack && claim.RunsOutBefore(soon)).GroupBy(claim => claim.Table))
            await RenewAsync(table.Key, [.. table], stop);
    }

    internal async Task RenewAsync(string table, IReadOnlyList<Lease> claims, CancellationToken stop)
    {
        // PostgreSQL keeps microseconds: what is compared later must be what it keeps.
        var now = time.GetUtcNow() + Length;
        var until = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        var before = claims.Select(claim => claim.Renewing(until)).ToArray();
        try
        {
            // A row that its own worker is just writing is locked and needs no claim: nobody claims a locked row.
            await using var command = database.CreateCommand(
                $"""
                WITH mine AS (
                    SELECT t.id FROM {table} t JOIN unnest($1, $2) AS c (id, until) ON t.id = c.id AND t.claimed_until = c.until
                    FOR UPDATE OF t SKIP LOCKED)
                UPDATE {table} t SET claimed_until = $3 FROM mine WHERE t.id = mine.id RETURNING t.id
                """);
            command.Parameters.AddWithValue(claims.Select(claim => claim.Id).ToArray());
            command.Parameters.AddWithValue(before);
            command.Parameters.AddWithValue(until);
            await using var reader = await command.ExecuteReaderAsync(stop);
            var renewed = new HashSet<long>();
            while (await reader.ReadAsync(stop))
                renewed.Add(reader.GetInt64(0));
            foreach (var claim in claims.Where(claim => renewed.Contains(claim.Id)))
                claim.Renewed(until);
        }
        catch (NpgsqlException e)
        {
            log.LogWarning("Claims could not be renewed: {Reason}", e.Message);
        }
    }
}

/// <summary>One row that this worker holds.</summary>
public sealed class Lease(Leases owner, string table, long id, DateTimeOffset until, CancellationToken stop) : IAsyncDisposable
{
    readonly Lock gate = new();
    DateTimeOffset current = until;
    DateTimeOffset next = until;

    public string Table { get; } = table;
    public long Id { get; } = id;

    internal bool GivesBack => stop.IsCancellationRequested;

    /// <summary>True when what the table says is this worker's claim, also in the middle of a renewal.</summary>
    public bool Covers(DateTimeOffset? stored)
    {
        lock (gate)
            return stored == current || stored == next;
    }

    internal bool RunsOutBefore(DateTimeOffset time)
    {
        lock (gate)
            return current < time;
    }

    internal DateTimeOffset[] Known()
    {
        lock (gate)
            return [current, next];
    }

    internal DateTimeOffset Renewing(DateTimeOffset to)
    {
        lock (gate)
        {
            next = to;
            return current;
        }
    }

    internal void Renewed(DateTimeOffset to)
    {
        lock (gate)
            current = to;
    }

    public async ValueTask DisposeAsync() => await owner.LetGoAsync(this);
}
