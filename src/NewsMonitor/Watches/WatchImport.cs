using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Feeds;

namespace NewsMonitor.Watches;

/// <summary>Creates or updates the watches that a file declares; a changed definition becomes a new revision.</summary>
public static class WatchImport
{
    public static async Task<(string? Done, IReadOnlyList<string> Problems)> ApplyAsync(
        MonitorDbContext db, string yaml, string actor, Origin origin, DateTimeOffset now, CancellationToken stop)
    {
        var file = WatchFile.Read(yaml);
        if (file.Problems.Count > 0)
        {
            return (null, [.. file.Problems.Select(p => p.ToString())]);
        }

        var known = await db.Set<Watch>().ToDictionaryAsync(w => w.Id, stop);
        string[] unknown = [.. file.Watches.Select(entry => entry.Definition.Id).Where(id => !known.ContainsKey(id))];
        var revisions = await LastRevisionsAsync(db, unknown, stop);
        var changed = 0;
        foreach (var entry in file.Watches)
        {
            var watch = known.GetValueOrDefault(entry.Definition.Id);
            var saved = Save(db, watch, entry, actor, origin, now, revisions.GetValueOrDefault(entry.Definition.Id));
            watch ??= db.Set<Watch>().Local.Single(w => w.Id == entry.Definition.Id);
            if (entry.Enabled is { } enabled && enabled != watch.Enabled)
            {
                (watch.Enabled, watch.UpdatedAt, saved) = (enabled, now, true);
            }

            changed += saved ? 1 : 0;
        }

        return ($"{file.Watches.Count} watches, {changed} new or changed", []);
    }

    /// <summary>
    /// The revisions that deleted watches of these ids came to. One that is made again under an old id goes on counting, so that a revision
    /// never means two definitions.
    /// </summary>
    public static Task<Dictionary<string, int>> LastRevisionsAsync(MonitorDbContext db, string[] ids, CancellationToken stop) =>
        db.Set<WatchRevision>().Where(r => ids.Contains(r.WatchId)).GroupBy(r => r.WatchId)
            .ToDictionaryAsync(g => g.Key, g => g.Max(r => r.Revision), stop);

    /// <summary>Saves one watch under its id; false when it already says just that.</summary>
    /// <param name="before">The last revision of a watch that had the id of this new one, else 0.</param>
    public static bool Save(
        MonitorDbContext db, Watch? watch, WatchEntry entry, string actor, Origin origin, DateTimeOffset now, int before = 0)
    {
        var definition = entry.ToJson();
        if (watch is not null && JsonNode.DeepEquals(JsonNode.Parse(watch.Definition), JsonNode.Parse(definition)))
        {
            return false;
        }

        if (watch is null)
        {
            watch = new Watch
            {
                Id = entry.Definition.Id, Name = "", Definition = definition, Revision = before, Origin = origin, CreatedAt = now,
            };
            db.Add(watch);
        }

        (watch.Name, watch.Severity, watch.Definition) = (entry.Definition.Name, Names.Parse<Severity>(entry.Severity), definition);
        (watch.Revision, watch.UpdatedAt) = (watch.Revision + 1, now);
        db.Add(new WatchRevision { WatchId = watch.Id, Revision = watch.Revision, Definition = definition, CreatedAt = now, CreatedBy = actor });
        return true;
    }
}
