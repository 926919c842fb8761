using System.Diagnostics;

namespace NewsMonitor.Schedule;

/// <summary>Runs one claiming loop of this worker until it stops. A failure is logged and the next round tries again.</summary>
sealed class ClaimLoopService(
    ClaimLoop loop, Wakeups wakeups, IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<ClaimLoopService> log)
    : BackgroundService
{
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Work begins when the whole service is up: it may reach out to the service's own address.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (lifetime.ApplicationStarted.Register(started.SetResult))
            await started.Task.WaitAsync(stoppingToken);
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                bool more;
                await using (var scope = scopes.CreateAsyncScope())
                    more = await loop.Work(scope.ServiceProvider, stoppingToken);
                if (failures > 0)
                    log.LogInformation("{Loop} works again after {Failures} failures", loop.Name, failures);
                failures = 0;
                if (!more)
                    await wakeups.WaitAsync(loop.Name, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            // Whatever a round meets, the loop lives on: nothing is lost, what was claimed falls free again by itself.
            catch (Exception e) when (e is not UnreachableException)
            {
                failures++;
                var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, failures - 1)));
                log.LogError(e, "{Loop} failed; the next round is in {Pause} s", loop.Name, pause.TotalSeconds);
                try
                {
                    await Task.Delay(pause, time, stoppingToken);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }
        }
    }
}
