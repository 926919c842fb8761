using NewsMonitor.Feeds;
using NewsMonitor.Watches;

namespace NewsMonitor.Review.WatchEditing;

/// <summary>A stored watch: what was sent, and what the service knows of it.</summary>
/// <param name="Revision">Counts the definitions it has had; every alert names the one that raised it.</param>
/// <param name="AlertsLastWeek">Alerts it raised in the last seven days.</param>
public sealed record WatchDocument(
    string Id, string Name, Severity Severity, IReadOnlyList<string> Terms, IReadOnlyList<string> Context, IReadOnlyList<string> Not,
    string? Query,
    ExampleBody Examples, IReadOnlyList<string> Recipients, bool CrossScript, bool Enabled, int Revision, Origin Origin,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt, int AlertsLastWeek)
{
    internal static WatchDocument Of(Watch watch, int alerts)
    {
        var body = WatchBody.Of(watch);
        return new(watch.Id, watch.Name, watch.Severity, body.Terms!, body.Context!, body.Not!, body.Query, body.Examples!,
            body.Recipients!,
            body.CrossScript!.Value, watch.Enabled, watch.Revision, watch.Origin, watch.CreatedAt, watch.UpdatedAt, alerts);
    }
}

/// <summary>A definition that a watch has or had.</summary>
public sealed record RevisionDocument(int Revision, WatchBody Watch, DateTimeOffset CreatedAt, string CreatedBy)
{
    internal static RevisionDocument Of(WatchRevision r) =>
        new(r.Revision, WatchBody.Of(WatchEntry.FromJson(r.Definition)), r.CreatedAt, r.CreatedBy);
}
