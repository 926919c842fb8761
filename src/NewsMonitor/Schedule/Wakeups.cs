using Npgsql;

namespace NewsMonitor.Schedule;

/// <summary>
/// Carries "there is work" between workers with PostgreSQL's NOTIFY. Losing one costs a moment, never work: what is due is in the tables,
/// and every loop also looks by itself from time to time.
/// </summary>
sealed class Wakeups(NpgsqlDataSource database, WorkPlan plan, ScheduleOptions options, TimeProvider time, ILogger<Wakeups> log)
    : BackgroundService
{
    /// <summary>The NOTIFY channel. Its payload is a loop's name; none wakes every loop.</summary>
    public const string Channel = "monitor_work";
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    readonly Dictionary<string, SemaphoreSlim> signals = plan.Loops.ToDictionary(loop => loop.Name, _ => new SemaphoreSlim(0));

    /// <summary>Wakes the loop of that name, or every loop, in all workers; at once in this one.</summary>
    public async Task SignalAsync(string? name, CancellationToken stop)
    {
        SignalHere(name);
        await using var command = database.CreateCommand("SELECT pg_notify($1, $2)");
        command.Parameters.AddWithValue(Channel);
        command.Parameters.AddWithValue(name ?? "");
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Wakes loops of this process, without the database.</summary>
    public void SignalHere(string? name)
    {
        foreach (var (loop, signal) in signals)
        {
            if ((string.IsNullOrEmpty(name) || loop == name) && signal.CurrentCount == 0)
                signal.Release();
        }
    }

    public Task WaitAsync(string loop, CancellationToken stop) => signals[loop].WaitAsync(options.LookAnyway, stop);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(stoppingToken);
                connection.Notification += (_, notification) => SignalHere(notification.Payload);
                await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
                    await listen.ExecuteNonQueryAsync(stoppingToken);
                SignalHere(null);
                while (true)
                    await connection.WaitAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(
                    "Lost the connection that wakes this worker, it looks by itself until there is one again: {Reason}", e.Message);
                await Task.Delay(Pause, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
