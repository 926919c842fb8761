using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;

namespace NewsMonitor.Operations.Logs;

/// <summary>Logs go to standard error. <c>Monitor:Logs:Format</c>: <c>text</c> (one line an event, for people) or <c>json</c>.</summary>
static class LogRegistration
{
    public static ILoggingBuilder AddMonitorLogs(this ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.ClearProviders();
        logging.Services.TryAddSingleton(TimeProvider.System);
        var json = configuration["Monitor:Logs:Format"] switch
        {
            null or "" or "text" => false,
            "json" => true,
            var other => throw new SettingException($"Monitor__Logs__Format is '{other}'; it is text or json."),
        };
        logging.AddSimpleConsole(simple =>
        {
            simple.SingleLine = true;
            simple.TimestampFormat = "HH:mm:ss ";
            simple.UseUtcTimestamp = true;
        });
        logging.AddConsole(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            console.FormatterName = json ? JsonLines.FormatterName : ConsoleFormatterNames.Simple;
        });
        logging.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ConsoleFormatter, JsonLines>());
        return logging;
    }
}
