using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Database;

namespace NewsMonitor.Pages;

/// <summary>How many alerts nobody has touched, up to <see cref="Most"/>: beyond that the number tells nobody more.</summary>
static class NewAlerts
{
    public const int Most = 999;

    public static Task<int> CountAsync(MonitorDbContext db) => db.Set<Alert>()
        .Where(a => a.Status == AlertStatus.New).OrderByDescending(a => a.RaisedAt).Take(Most + 1).CountAsync();

    public static string Text(Reader reader, int count) => count <= Most ? reader.Number(count) : reader.Number(Most) + "+";
}
