using System.ComponentModel.DataAnnotations;

namespace NewsMonitor.Operations.Retention;

/// <summary>Settings under <c>Monitor:Retention</c>: for how many days things stay. 0 keeps them for ever.</summary>
public sealed class RetentionOptions
{
    /// <summary>Articles with their revisions, matches and stories. One that raised an alert under review stays with it.</summary>
    [Range(0, 36500)]
    public int Articles { get; set; } = 365;

    /// <summary>What recognises copies of an article. A copy that comes later than this is a new story.</summary>
    [Range(0, 36500)]
    public int Sketches { get; set; } = 14;

    /// <summary>Alerts that were confirmed or dismissed, with their history and deliveries; the days count from the last change.</summary>
    [Range(0, 36500)]
    public int Alerts { get; set; } = 1095;

    /// <summary>Deliveries that were sent or given up.</summary>
    [Range(0, 36500)]
    public int Deliveries { get; set; } = 90;

    /// <summary>The history of fetches.</summary>
    [Range(0, 36500)]
    public int Fetches { get; set; } = 14;

    [Range(0, 36500)]
    public int Audit { get; set; } = 1095;

    /// <summary>Rows looked at in one step, which is one short transaction.</summary>
    [Range(10, 100_000)]
    public int Step { get; set; } = 2000;

    /// <summary>Rest after each step, so that news goes first.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Rest { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>What is left after this time waits for the next run.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "12:00:00")]
    public TimeSpan Longest { get; set; } = TimeSpan.FromMinutes(20);
}
