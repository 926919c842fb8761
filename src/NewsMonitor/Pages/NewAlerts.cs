using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Database;

namespace NewsMonitor.Pages;

/// <summary>How many alerts nobody has touched: up to a thousand is counted, beyond that the number tells nobody more.</summary>
static class NewAlerts
{
    const int Most = 1000;

    public static Task<int> CountAsync(MonitorDbContext db) => db.Set<Alert>()
        .Where(a => a.Status == AlertStatus.New).OrderByDescending(a => a.RaisedAt).Take(Most).CountAsync();

    public static string Text(Reader reader, int count) => count < Most ? reader.Number(count) : reader.Number(Most - 1) + "+";
}
