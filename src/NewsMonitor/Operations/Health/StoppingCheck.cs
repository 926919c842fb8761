using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NewsMonitor.Operations.Health;

/// <summary>A service that stops takes no new callers, while it still ends what it has begun.</summary>
sealed class StoppingCheck(IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested
            ? HealthCheckResult.Unhealthy("the service is stopping")
            : HealthCheckResult.Healthy("runs"));
}
