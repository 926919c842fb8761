using System.Diagnostics;
using Npgsql;

namespace NewsMonitor.Schedule;

/// <summary>
/// Sees to it that recurring work is done once, shortly after the start. A worker that registers it while another one's first run is due
/// makes Quartz count from the time that was missed, so that run would be an interval late; and one that registers it while that run
/// begins makes Quartz forget it. So workers register one after another, each when the first runs of the one before have begun.
/// </summary>
sealed class FirstRuns(NpgsqlDataSource database) : IHostedLifecycleService
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3), Pause = TimeSpan.FromMilliseconds(50);

    // Held from before the registration until after it.
    NpgsqlConnection? turn;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        try
        {
            turn = await database.OpenConnectionAsync(cancellationToken);
            while (!await AskAsync($"SELECT pg_try_advisory_lock({Turn})", cancellationToken) && waited.Elapsed < Patience)
            {
                await Task.Delay(Pause, cancellationToken);
            }

            // A worker that stopped before its first runs is waited for in vain.
            while (await AskAsync("SELECT to_regclass('qrtz_triggers') IS NOT NULL", cancellationToken)
                && await AskAsync($"SELECT EXISTS (SELECT 1 FROM qrtz_triggers WHERE {NeverRan})", cancellationToken) && waited.Elapsed < Patience)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
        catch (NpgsqlException)
        {
            // Quartz itself says what is wrong with the database, and how often it tries again.
        }
    }

    const string Turn = "hashtext('monitor.first-runs')";

    const string NeverRan = "trigger_type = 'SIMPLE' AND trigger_state = 'WAITING' AND prev_fire_time IS NULL";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // By now this worker's own registration is done. What runs or is about to has another state, what ran has a time. Quartz's own
        // lock comes first: it changes several triggers at once, in another order.
        await using var command = database.CreateCommand($"""
            SELECT 1 FROM qrtz_locks WHERE lock_name = 'TRIGGER_ACCESS' FOR UPDATE;
            UPDATE qrtz_triggers SET next_fire_time = start_time WHERE {NeverRan} AND next_fire_time > start_time
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await EndTurnAsync();
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => EndTurnAsync();

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    async Task<bool> AskAsync(string question, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(question, turn);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    // A connection in its pool keeps its locks until it is used again, so this one is let go of by name.
    async Task EndTurnAsync()
    {
        if (turn is not { } held)
        {
            return;
        }

        turn = null;
        try
        {
            await using var command = new NpgsqlCommand($"SELECT pg_advisory_unlock({Turn})", held);
            await command.ExecuteNonQueryAsync();
        }
        catch (NpgsqlException)
        {
            // What the connection held went with it.
        }

        await held.DisposeAsync();
    }
}
