using Npgsql;

namespace NewsMonitor.Review.Live;

/// <summary>
/// Wakes everybody who waits for alerts when a worker anywhere has written a line of history. It only wakes: what there is to see stands
/// in the table, so a lost notification costs time and nothing else.
/// </summary>
sealed class AlertSignal(NpgsqlDataSource database, TimeProvider clock, ILogger<AlertSignal> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    TaskCompletionSource _pulse = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends at the next change; take it before looking at the table, so that nothing slips between the two.</summary>
    public Task Next => Volatile.Read(ref _pulse).Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
            {
                log.LogWarning("Not listening for alerts: {Reason}. Streams look every few seconds until it works again.", e.Message);
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    async Task ListenAsync(CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        connection.Notification += (_, _) => Pulse();
        await using (var listen = new NpgsqlCommand("LISTEN alert_history", connection))
        {
            await listen.ExecuteNonQueryAsync(stop);
        }

        Pulse();
        while (true)
        {
            await connection.WaitAsync(stop);
        }
    }

    void Pulse() => Interlocked.Exchange(ref _pulse, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
