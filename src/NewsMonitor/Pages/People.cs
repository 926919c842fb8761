using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Review;

namespace NewsMonitor.Pages;

/// <summary>Whom an alert can be given to: the owners of live keys, offered as suggestions.</summary>
static class People
{
    public static Task<List<string>> NamesAsync(MonitorDbContext db, CancellationToken stop) =>
        db.Set<ApiKey>().Where(k => k.RevokedAt == null).GroupBy(k => k.Name).OrderBy(g => g.Key).Select(g => g.Key).Take(100)
            .ToListAsync(stop);
}
