using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NewsMonitor.Database;

namespace NewsMonitor.Operations.Health;

/// <summary><c>/healthz/live</c>: the process answers. <c>/healthz/ready</c>: it can do its work, each part with its own sentence.</summary>
static class HealthEndpoints
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<StoppingCheck>("service")
            .AddCheck<DatabaseCheck>("database", timeout: Limit)
            .AddCheck<DiskCheck>("disk");
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz/live", () => TypedResults.Text("live")).AllowAnonymous().ExcludeFromDescription();
        app.MapHealthChecks("/healthz/ready", new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.Headers.CacheControl = "no-store";
        var said = new
        {
            Status = report.Status == HealthStatus.Unhealthy ? "unready" : "ready",
            Checks = report.Entries.ToDictionary(
                check => check.Key,
                check => new { Ok = check.Value.Status != HealthStatus.Unhealthy, Detail = check.Value.Description ?? "took too long" }),
        };
        return context.Response.WriteAsJsonAsync(said, JsonColumn.Options);
    }
}
