using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;

namespace NewsMonitor.Pages;

/// <summary>A number of things on one day of the reader's time zone.</summary>
sealed record DayCount(string Of, DateOnly Day, int Count);

/// <summary>What happened on each of the last days, counted by the database.</summary>
static class DailyCounts
{
    /// <summary>Alerts by watch.</summary>
    public static async Task<ILookup<string, DayCount>> OfAlertsAsync(MonitorDbContext db, Reader reader, int days)
    {
        var (zone, since) = (reader.TimeZone.Id, Start(reader, days));
        var rows = await db.Database.SqlQuery<DayCount>($"""
            SELECT watch_id AS "Of", (raised_at AT TIME ZONE {zone})::date AS "Day", count(*)::int AS "Count"
            FROM alerts WHERE raised_at >= {since} GROUP BY 1, 2
            """).ToListAsync();
        return rows.ToLookup(r => r.Of);
    }

    /// <summary>New articles by feed id, out of the record of the feeds' visits.</summary>
    public static async Task<ILookup<string, DayCount>> OfFeedsAsync(MonitorDbContext db, Reader reader, long[] feeds, int days)
    {
        var (zone, since) = (reader.TimeZone.Id, Start(reader, days));
        var rows = await db.Database.SqlQuery<DayCount>($"""
            SELECT feed_id::text AS "Of", (at AT TIME ZONE {zone})::date AS "Day", sum(new_articles)::int AS "Count"
            FROM feed_fetches WHERE feed_id = ANY ({feeds}) AND at >= {since} GROUP BY 1, 2
            """).ToListAsync();
        return rows.ToLookup(r => r.Of);
    }

    /// <summary>Every day of the window, the oldest first, with zero where nothing was.</summary>
    public static List<(DateOnly Day, int Count)> Fill(IEnumerable<DayCount> counts, Reader reader, int days)
    {
        var byDay = counts.ToDictionary(c => c.Day, c => c.Count);
        var today = reader.DayOf(reader.Now);
        return [.. Enumerable.Range(0, days).Select(i => today.AddDays(i - days + 1)).Select(day => (day, byDay.GetValueOrDefault(day)))];
    }

    static DateTimeOffset Start(Reader reader, int days) => reader.StartOf(reader.DayOf(reader.Now).AddDays(1 - days));
}
