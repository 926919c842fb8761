using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace NewsMonitor.Operations.Telemetry;

/// <summary>
/// Metrics and traces to an OpenTelemetry collector, when OTEL_EXPORTER_OTLP_ENDPOINT names one. The other OTEL_ variables (protocol,
/// headers, sampler, resource attributes) work as OpenTelemetry defines them.
/// </summary>
sealed class OpenTelemetryExport : IHostedService, IDisposable
{
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    const int FlushMilliseconds = 2000;

    readonly MeterProvider metrics;
    readonly TracerProvider traces;

    public OpenTelemetryExport(IConfiguration configuration)
    {
        var resource = ResourceBuilder.CreateDefault()
            .AddService(configuration["OTEL_SERVICE_NAME"] ?? "news-monitor", serviceInstanceId: Environment.MachineName)
            .AddEnvironmentVariableDetector();
        metrics = Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .SetResourceBuilder(resource)
            .AddMeter(Measured.Name, "Npgsql", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
            .AddOtlpExporter()
            .Build();
        traces = Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .SetResourceBuilder(resource)
            .AddSource(Measured.Name, "Npgsql", "System.Net.Http", "Microsoft.AspNetCore")
            .AddOtlpExporter()
            .Build();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends what is left, but does not hold up the stop for a collector that is gone.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            traces.ForceFlush(FlushMilliseconds);
            metrics.ForceFlush(FlushMilliseconds);
        },
        cancellationToken);

    public void Dispose()
    {
        traces.Dispose();
        metrics.Dispose();
    }
}
