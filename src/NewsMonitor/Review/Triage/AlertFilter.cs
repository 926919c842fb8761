using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Database;
using NewsMonitor.Watches;

namespace NewsMonitor.Review.Triage;

/// <summary>Which alerts are wanted; an empty list wants all.</summary>
public sealed record AlertFilter
{
    public AlertStatus[] Statuses { get; init; } = [];
    public Severity[] Severities { get; init; } = [];
    public string[] Watches { get; init; } = [];
    public string[] Sources { get; init; } = [];
    public string[] Languages { get; init; } = [];
    public string? Assignee { get; init; }
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }

    /// <summary>A tsquery over the words of the article that raised the alert.</summary>
    public string? Words { get; init; }

    /// <summary>The alerts that are wanted, their words found by the index.</summary>
    public IQueryable<Alert> Apply(MonitorDbContext db)
    {
        var alerts = Narrow(db.Set<Alert>().AsNoTracking());
        if (Words is null)
        {
            return alerts;
        }

        var found = db.Database.SqlQuery<long>($"SELECT alerts_with({Words}::tsquery) AS \"Value\"");
        return alerts.Where(a => found.Contains(a.Id));
    }

    /// <summary>Those of a few <paramref name="alerts"/> that are wanted; the words of each are looked at.</summary>
    public IQueryable<Alert> Among(MonitorDbContext db, IQueryable<Alert> alerts)
    {
        alerts = Narrow(alerts);
        if (Words is null)
        {
            return alerts;
        }

        var found = db.Set<AlertWords>().FromSql($"SELECT * FROM alert_words WHERE words @@ {Words}::tsquery").Select(w => w.AlertId);
        return alerts.Where(a => found.Contains(a.Id));
    }

    IQueryable<Alert> Narrow(IQueryable<Alert> alerts)
    {
        alerts = Statuses.Length > 0 ? alerts.Where(a => Statuses.Contains(a.Status)) : alerts;
        alerts = Severities.Length > 0 ? alerts.Where(a => Severities.Contains(a.Severity)) : alerts;
        alerts = Watches.Length > 0 ? alerts.Where(a => Watches.Contains(a.WatchId)) : alerts;
        // One value is written as such: an index gives it newest first, which it cannot do for several.
        alerts = Sources switch
        {
            [] => alerts,
            [var only] => alerts.Where(a => a.Source == only),
            _ => alerts.Where(a => Sources.Contains(a.Source)),
        };
        alerts = Languages.Length > 0
            ? alerts.Where(a => a.Language != null && Languages.Any(l => a.Language == l || EF.Functions.ILike(a.Language, l + "-%")))
            : alerts;
        alerts = Assignee switch
        {
            null => alerts,
            "" => alerts.Where(a => a.Assignee == null),
            _ => alerts.Where(a => a.Assignee == Assignee),
        };
        alerts = From is { } from ? alerts.Where(a => a.RaisedAt >= from) : alerts;
        return To is { } to ? alerts.Where(a => a.RaisedAt < to) : alerts;
    }
}
