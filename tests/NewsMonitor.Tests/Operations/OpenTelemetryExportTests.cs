using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using NewsMonitor.Operations.Telemetry;

namespace NewsMonitor.Tests.Operations;

public sealed class OpenTelemetryExportTests
{
    [Fact]
    public async Task ACollectorReceivesMetricsAndTraces()
    {
        var received = new ConcurrentDictionary<string, string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var collector = builder.Build();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.MapPost("/{**path}", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            received.AddOrUpdate(request.Path, Encoding.Latin1.GetString(body.ToArray()), (_, before) => before + Encoding.Latin1.GetString(body.ToArray()));
            return Results.Ok();
        });
        await collector.StartAsync();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            [OpenTelemetryExport.Endpoint] = collector.Urls.First(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        }).Build();

        using (var export = new OpenTelemetryExport(configuration))
        {
            using (Measured.Traces.StartActivity("poll"))
                Measured.Polled("fetched", TimeSpan.FromMilliseconds(20));
            await export.StopAsync(CancellationToken.None);
        }

        Assert.Contains("monitor.polls", received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("poll", received["/v1/traces"], StringComparison.Ordinal);
        Assert.Contains("news-monitor", received["/v1/traces"], StringComparison.Ordinal);
    }
}
