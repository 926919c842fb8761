using Microsoft.Extensions.Options;
using NewsMonitor.Operations.Health;
using NewsMonitor.Operations.Retention;
using NewsMonitor.Operations.Telemetry;

namespace NewsMonitor.Operations;

/// <summary>What the person who runs the service lives by: health, metrics, traces, retention, the service's watch over itself.</summary>
static class OperationsRegistration
{
    static readonly TimeSpan HeartbeatLimit = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddOperations(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(Options.Create(configuration.Read<RetentionOptions>("Monitor:Retention")));
        services.AddSingleton(Options.Create(configuration.Read<SelfWatchOptions>("Monitor:SelfWatch")));
        services.AddSingleton<RetentionWork>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<SelfWatch>(provider, new HttpClient { Timeout = HeartbeatLimit }));
        // Made here and now, so that it hears everything from the start.
        services.AddSingleton(new PrometheusText());
        services.AddHostedService<QueueGauges>();
        if (!string.IsNullOrEmpty(configuration[OpenTelemetryExport.Endpoint]))
            services.AddHostedService<OpenTelemetryExport>();
        return services.AddHealth();
    }

    public static void MapOperations(this IEndpointRouteBuilder app)
    {
        app.MapHealth();
        app.MapGet("/metrics", (PrometheusText metrics) => TypedResults.Text(metrics.Write(), PrometheusText.ContentType))
            .AllowAnonymous().ExcludeFromDescription();
    }
}
