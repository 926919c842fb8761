using NewsMonitor.Database;
using Npgsql;

namespace NewsMonitor.Feeds;

/// <summary>
/// Keeps politeness one and the same over all workers of a database: a host is looked after by one worker at a time, the one whose
/// connection holds its advisory lock. PostgreSQL keeps these locks in memory and ends them with the connection, so a dead worker holds
/// nothing. What a host wants as a pause stands in a table, and holds for every worker and over a restart.
/// </summary>
public sealed class HostLocks(NpgsqlDataSource database, TimeProvider time, ILogger<HostLocks> log) : IAsyncDisposable
{
    // The first of an advisory lock's two numbers; it spells "host" in ASCII. Hosts with one hash share a turn, which does no harm.
    const int Space = 0x686f7374;
    const int Most = 500;
    static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);

    readonly SemaphoreSlim _one = new(1);
    readonly HashSet<string> _held = new(StringComparer.Ordinal);
    GroupCommit<string, HostLock>? _takes;
    NpgsqlConnection? _connection;
    bool _stopped;

    /// <summary>Makes this worker the one that asks this host, until it is released.</summary>
    public Task<HostLock> TakeAsync(string host) => LazyInitializer.EnsureInitialized(
        ref _takes,
        () => new GroupCommit<string, HostLock>(Moment, Most, hosts => OnConnectionAsync(c => TakeAsync(c, hosts)))).AskAsync(host);

    /// <summary>Lets other workers ask these hosts.</summary>
    public async Task ReleaseAsync(IReadOnlyList<string> hosts)
    {
        try
        {
            await OnConnectionAsync(async connection =>
            {
                _held.ExceptWith(hosts);
                await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock($1, hashtext(h)) FROM unnest($2) AS h", connection);
                command.Parameters.AddWithValue(Space);
                command.Parameters.AddWithValue(hosts.ToArray());
                return await command.ExecuteNonQueryAsync();
            });
        }
        catch (Exception cause) when (cause is NpgsqlException or ObjectDisposedException)
        {
            log.LogDebug("Without a connection there is nothing to let go of: {Reason}", cause.Message);
        }
    }

    /// <summary>Nobody asks this host before then.</summary>
    public async Task PauseAsync(string host, DateTimeOffset until)
    {
        // By itself and past what others hold: two that let go of each other's pauses while they make their own would wait crosswise.
        await using (var over = database.CreateCommand("""
            DELETE FROM host_pauses WHERE host IN (SELECT host FROM host_pauses WHERE until < $1 FOR UPDATE SKIP LOCKED)
            """))
        {
            over.Parameters.AddWithValue(time.GetUtcNow());
            await over.ExecuteNonQueryAsync();
        }
        await using var command = database.CreateCommand("""
            INSERT INTO host_pauses (host, until) VALUES ($1, $2)
            ON CONFLICT (host) DO UPDATE SET until = greatest(host_pauses.until, excluded.until)
            """);
        command.Parameters.AddWithValue(host);
        command.Parameters.AddWithValue(until);
        await command.ExecuteNonQueryAsync();
    }

    async Task<IReadOnlyList<HostLock>> TakeAsync(NpgsqlConnection connection, IReadOnlyList<string> hosts)
    {
        await using var command = new NpgsqlCommand("""
            SELECT h.host, p.until, CASE WHEN p.host IS NULL THEN pg_try_advisory_lock($1, hashtext(h.host)) ELSE false END
            FROM unnest($2) AS h (host) LEFT JOIN host_pauses p ON p.host = h.host AND p.until > $3
            """, connection);
        command.Parameters.AddWithValue(Space);
        command.Parameters.AddWithValue(hosts.ToArray());
        command.Parameters.AddWithValue(time.GetUtcNow());
        var answers = new Dictionary<string, HostLock>(hosts.Count, StringComparer.Ordinal);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var taken = new HostLock(rows.GetBoolean(2), rows.IsDBNull(1) ? null : rows.GetFieldValue<DateTimeOffset>(1));
            answers[rows.GetString(0)] = taken;
            if (taken.IsMine) _held.Add(rows.GetString(0));
        }
        return [.. hosts.Select(h => answers[h])];
    }

    /// <summary>One statement at a time; a connection that broke is made anew, with all that it held and nobody took meanwhile.</summary>
    async Task<T> OnConnectionAsync<T>(Func<NpgsqlConnection, Task<T>> act)
    {
        await _one.WaitAsync();
        try
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            if (_connection is not null)
            {
                try
                {
                    return await act(_connection);
                }
                catch (NpgsqlException cause) when (_connection.State != System.Data.ConnectionState.Open)
                {
                    log.LogWarning("The connection that keeps the hosts' turns broke and is made anew: {Reason}", cause.Message);
                    await _connection.DisposeAsync();
                    _connection = null;
                }
            }
            var fresh = await database.OpenConnectionAsync();
            if (_held.Count > 0) await TakeAsync(fresh, [.. _held]);
            _connection = fresh;
            return await act(fresh);
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Not under a statement that is still on its way: two readers of one connection may wait for each other for ever. The
        // semaphore itself is left as it is, since whoever waits for one that is disposed waits for ever, too.
        await _one.WaitAsync();
        try
        {
            _stopped = true;
            if (_connection is not null) await _connection.DisposeAsync();
            _connection = null;
        }
        finally
        {
            _one.Release();
        }
    }
}

/// <param name="IsMine">This worker may ask the host.</param>
/// <param name="PausedUntil">The host wants to be left alone until then.</param>
public readonly record struct HostLock(bool IsMine, DateTimeOffset? PausedUntil);
