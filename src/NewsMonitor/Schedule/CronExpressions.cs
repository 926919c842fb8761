using System.Globalization;
using System.Text.RegularExpressions;
using Quartz;

namespace NewsMonitor.Schedule;

/// <summary>
/// Cron expressions as Quartz reads them (six or seven fields, seconds first), in UTC; five fields are taken as at second 0.
/// </summary>
public static partial class CronExpressions
{
    /// <summary>The next time after a moment; null for an expression that cannot be read or never comes again.</summary>
    public static DateTimeOffset? Next(string expression, DateTimeOffset after) => Read(expression).Read?.GetNextValidTimeAfter(after);

    /// <summary>Why an expression cannot be used, or null.</summary>
    public static string? Problem(string expression) => Read(expression).Problem;

    static (CronExpression? Read, string? Problem) Read(string expression)
    {
        try
        {
            return (new CronExpression(Quartzed(expression), TimeZoneInfo.Utc), null);
        }
        catch (FormatException cause)
        {
            return (null, $"'{expression}' is no cron expression: {cause.Message}");
        }
    }

    static string Quartzed(string expression)
    {
        var fields = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5) return expression;
        // Quartz counts the days of the week from Sunday as 1, everybody else from Sunday as 0.
        fields[4] = DayOfWeek().Replace(fields[4], day => $"{int.Parse(day.Value, CultureInfo.InvariantCulture) % 7 + 1}");
        // Quartz wants one of day-of-month and day-of-week to be "?".
        if (fields[4] == "*") fields[4] = "?";
        else if (fields[2] == "*") fields[2] = "?";
        return "0 " + string.Join(' ', fields);
    }

    [GeneratedRegex(@"(?<![/#\d])\d(?!\d)")]
    private static partial Regex DayOfWeek();
}
