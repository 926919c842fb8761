using System.CommandLine;
using System.Globalization;

namespace NewsMonitor.Deliveries.Commands;

/// <summary>How the commands speak: results to standard output, what went wrong to standard error.</summary>
static class CommandOutput
{
    /// <summary>Who did it, as the audit names the command line.</summary>
    public const string Actor = "command line";

    public static Task SayAsync(this ParseResult parsed, FormattableString line) =>
        parsed.InvocationConfiguration.Output.WriteLineAsync(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>Returns the exit code of a command that failed.</summary>
    public static async Task<int> FailAsync(this ParseResult parsed, string why)
    {
        await parsed.InvocationConfiguration.Error.WriteLineAsync($"monitor: {why}");
        return 1;
    }
}
