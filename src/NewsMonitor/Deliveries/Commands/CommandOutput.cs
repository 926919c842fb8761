using System.CommandLine;
using System.Globalization;

namespace NewsMonitor.Deliveries.Commands;

/// <summary>How the commands speak: results to standard output, what went wrong to standard error, and times in one way.</summary>
static class CommandOutput
{
    /// <summary>Who did it, as the audit names the command line.</summary>
    public const string Actor = "command line";

    public static Task SayAsync(this ParseResult parsed, FormattableString line) =>
        parsed.InvocationConfiguration.Output.WriteLineAsync(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>An option that takes a time; one without a zone is in this machine's.</summary>
    public static Option<DateTimeOffset?> Time(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = given =>
        {
            if (DateTimeOffset.TryParse(given.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            {
                return time;
            }

            given.AddError($"{name} takes a time such as 2026-03-01T00:00Z, not '{given.Tokens[0].Value}'.");
            return null;
        },
    };

    /// <summary>Returns the exit code of a command that failed.</summary>
    public static async Task<int> FailAsync(this ParseResult parsed, string why)
    {
        await parsed.InvocationConfiguration.Error.WriteLineAsync($"monitor: {why}");
        return 1;
    }
}
