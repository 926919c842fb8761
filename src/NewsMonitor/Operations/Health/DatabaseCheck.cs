using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NewsMonitor.Database;
using Npgsql;

namespace NewsMonitor.Operations.Health;

/// <summary>The database answers, and its schema has every migration that this program knows.</summary>
sealed class DatabaseCheck(IDbContextFactory<MonitorDbContext> databases) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            var missing = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
            return missing.Count == 0
                ? HealthCheckResult.Healthy("answers, schema up to date")
                : HealthCheckResult.Unhealthy($"lacks the migrations {string.Join(", ", missing)}: run `monitor migrate`");
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or InvalidOperationException)
        {
            return HealthCheckResult.Unhealthy("does not answer: " + (e.InnerException ?? e).Message);
        }
    }
}
