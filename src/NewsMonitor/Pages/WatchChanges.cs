using NewsMonitor.Watches;

namespace NewsMonitor.Pages;

/// <summary>What one version of a watch changed against the one before it.</summary>
static class WatchChanges
{
    /// <summary>Field, entry, and whether it was added (or taken away), the additions of each field first.</summary>
    public static List<(string Field, string Text, bool Added)> Between(WatchEntry before, WatchEntry after) =>
        [.. Fields(before).Zip(Fields(after)).SelectMany(f =>
            f.Second.Values.Except(f.First.Values).Select(v => (f.Second.Name, v, true))
                .Concat(f.First.Values.Except(f.Second.Values).Select(v => (f.Second.Name, v, false))))];

    static IEnumerable<(string Name, IReadOnlyList<string> Values)> Fields(WatchEntry entry)
    {
        var d = entry.Definition;
        return
        [
            ("Name", [d.Name]), ("Severity", [entry.Severity]), ("Terms", d.Terms), ("Query", d.Query is null ? [] : [d.Query]),
            ("Context", d.Context), ("Except", d.Not),
            ("Examples that must fire", d.Examples.Match), ("Examples that must not fire", d.Examples.NoMatch),
            ("Who is told", entry.Recipients),
        ];
    }
}
