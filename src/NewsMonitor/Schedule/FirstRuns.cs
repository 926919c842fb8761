using Npgsql;

namespace NewsMonitor.Schedule;

/// <summary>
/// Sees to it that recurring work is done shortly after the start. A worker that registers it after its time and before its first run,
/// since another one started just before, makes Quartz count from the time that was missed: the first run would be an interval late.
/// </summary>
sealed class FirstRuns(NpgsqlDataSource database) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // By now this worker's own registration is done, and any later one is followed by the same look. What runs or is about to has
        // another state, what ran has a time. Quartz's own lock comes first: it changes several triggers at once, in another order.
        await using var command = database.CreateCommand("""
            SELECT 1 FROM qrtz_locks WHERE lock_name = 'TRIGGER_ACCESS' FOR UPDATE;
            UPDATE qrtz_triggers SET next_fire_time = start_time
            WHERE trigger_type = 'SIMPLE' AND trigger_state = 'WAITING' AND prev_fire_time IS NULL AND next_fire_time > start_time
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
