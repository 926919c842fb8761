using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NewsMonitor.Operations.Health;

/// <summary>The data folder's disk has room: <c>Monitor:Health:MinFreeMegabytes</c>, 200 unless set.</summary>
sealed class DiskCheck(IConfiguration configuration) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var folder = Path.GetFullPath(configuration["Monitor:DataDirectory"] ?? "./data");
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } parent)
            folder = parent;
        var free = new DriveInfo(folder).AvailableFreeSpace >> 20;
        var least = configuration.GetValue("Monitor:Health:MinFreeMegabytes", 200L);
        return Task.FromResult(free >= least
            ? HealthCheckResult.Healthy($"{free} MB free")
            : HealthCheckResult.Unhealthy($"only {free} MB free, {least} MB wanted: make room in the data folder or raise the volume"));
    }
}
