using System.Globalization;
using NewsMonitor.Alerts;
using NewsMonitor.Database;
using NewsMonitor.Deliveries;
using NewsMonitor.Operations;
using NewsMonitor.Operations.Http;

namespace NewsMonitor.Review.Triage;

/// <summary>What a reviewer may change of an alert. What is left out stays; an assignee of null or "" takes it from whoever has
/// it.</summary>
public sealed record AlertEdit
{
    public AlertStatus? Status { get; init; }

    public string? Assignee
    {
        get;
        init => (field, AssigneeGiven) = (string.IsNullOrWhiteSpace(value) ? null : value.Trim(), true);
    }

    /// <summary>Kept in the alert's history.</summary>
    public string? Note { get; init; }

    /// <summary>Send nothing more of the alert's story, for good; the silence stands under <c>/silences</c> and can be ended
    /// there.</summary>
    public bool MuteStory { get; init; }

    internal bool AssigneeGiven { get; init; }

    internal FieldErrors Check(string path = "")
    {
        var errors = new FieldErrors();
        errors.Text(path + "assignee", Assignee, 200, required: false);
        errors.Text(path + "note", Note, 10_000, required: false);
        if (Status is null && !AssigneeGiven && !MuteStory && string.IsNullOrWhiteSpace(Note))
        {
            errors.Add(path + "status", "is missing, as are assignee, note and muteStory: nothing would change.");
        }

        return errors;
    }

    /// <summary>Changes alerts and mutes their stories, as far as this edit says so. Returns the ids of those that are different
    /// now.</summary>
    internal async Task<HashSet<long>> ApplyAsync(
        MonitorDbContext db, IReadOnlyCollection<Alert> alerts, string actor, DateTimeOffset now, CancellationToken cancel)
    {
        var changed = alerts.Where(alert => Apply(db, alert, actor, now)).Select(a => a.Id).ToHashSet();
        if (MuteStory)
        {
            var muted = (await Muting.MuteAsync(db, alerts, Note, null, actor, now, cancel)).Select(s => s.StoryId).ToHashSet();
            changed.UnionWith(alerts.Where(a => muted.Contains(a.StoryId)).Select(a => a.Id));
        }

        return changed;
    }

    /// <summary>Writes a line of history for each thing that really changed. True when any did.</summary>
    bool Apply(MonitorDbContext db, Alert alert, string actor, DateTimeOffset now)
    {
        var before = new { alert.Status, alert.Assignee };
        var lines = new List<AlertHistory>();
        if (Status is { } status && status != alert.Status)
        {
            lines.Add(Line(alert, AlertChange.Status, Names.Kebab(alert.Status), Names.Kebab(status), actor, now));
            alert.Status = status;
        }

        if (AssigneeGiven && Assignee != alert.Assignee)
        {
            lines.Add(Line(alert, AlertChange.Assignee, alert.Assignee, Assignee, actor, now));
            alert.Assignee = Assignee;
        }

        if (!string.IsNullOrWhiteSpace(Note))
        {
            var line = Line(alert, AlertChange.Note, null, null, actor, now);
            line.Note = Note;
            lines.Add(line);
        }

        if (lines.Count == 0)
        {
            return false;
        }

        alert.UpdatedAt = now;
        db.AddRange(lines);
        db.Audited(now, actor, "alert.update", alert.Id.ToString(CultureInfo.InvariantCulture), before,
            new { alert.Status, alert.Assignee, Note });
        return true;
    }

    static AlertHistory Line(Alert alert, AlertChange change, string? from, string? to, string actor, DateTimeOffset now) =>
        new() { AlertId = alert.Id, At = now, Actor = actor, Change = change, From = from, To = to };
}
