using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;

namespace NewsMonitor.Pages;

/// <summary>A number of things in the quarter of an hour that begins then.</summary>
sealed record Quarter(DateTimeOffset At, int Count);

/// <summary>A number of things on one day of the reader's time zone.</summary>
sealed record DayCount(string Of, DateOnly Day, int Count);

/// <summary>
/// What happened on each of the last days, counted by the database. It is told when the days begin, so that
/// it need not know the reader's time zone.
/// </summary>
static class DailyCounts
{
    /// <summary>Alerts by watch.</summary>
    public static async Task<ILookup<string, DayCount>> OfAlertsAsync(MonitorDbContext db, Reader reader, int days)
    {
        var (all, starts) = Days(reader, days);
        var rows = await db.Database.SqlQuery<Bucket>($"""
            SELECT watch_id AS "Of", width_bucket(raised_at, {starts}) AS "Place", count(*)::int AS "Count"
            FROM alerts WHERE raised_at >= {starts[0]} GROUP BY 1, 2
            """).ToListAsync();
        return Lookup(rows, all);
    }

    /// <summary>New articles by feed id, out of the record of the feeds' visits.</summary>
    public static async Task<ILookup<string, DayCount>> OfFeedsAsync(MonitorDbContext db, Reader reader, long[] feeds, int days)
    {
        var (all, starts) = Days(reader, days);
        var rows = await db.Database.SqlQuery<Bucket>($"""
            SELECT feed_id::text AS "Of", width_bucket(at, {starts}) AS "Place", sum(new_articles)::int AS "Count"
            FROM feed_fetches WHERE feed_id = ANY ({feeds}) AND at >= {starts[0]} GROUP BY 1, 2
            """).ToListAsync();
        return Lookup(rows, all);
    }

    /// <summary>How many articles of a feed appeared in each quarter of an hour, the unit of all time zones, among those fetched since
    /// then.</summary>
    public static Task<List<Quarter>> QuartersAsync(MonitorDbContext db, long feed, DateTimeOffset since) =>
        db.Database.SqlQuery<Quarter>($"""
            SELECT date_bin('15 minutes', coalesce(published_at, fetched_at), 'epoch') AS "At", count(*)::int AS "Count"
            FROM articles WHERE feed_id = {feed} AND fetched_at >= {since} GROUP BY 1
            """).ToListAsync();

    /// <summary>Every day of the window, the oldest first, with zero where nothing was.</summary>
    public static List<(DateOnly Day, int Count)> Fill(IEnumerable<DayCount> counts, Reader reader, int days)
    {
        var byDay = counts.ToDictionary(c => c.Day, c => c.Count);
        return [.. Days(reader, days).Days.Select(day => (day, byDay.GetValueOrDefault(day)))];
    }

    static ILookup<string, DayCount> Lookup(List<Bucket> rows, DateOnly[] days) =>
        rows.ToLookup(r => r.Of, r => new DayCount(r.Of, days[r.Place - 1], r.Count));

    static (DateOnly[] Days, DateTimeOffset[] Starts) Days(Reader reader, int count)
    {
        var today = reader.DayOf(reader.Now);
        DateOnly[] days = [.. Enumerable.Range(0, count).Select(i => today.AddDays(i - count + 1))];
        return (days, Array.ConvertAll(days, reader.StartOf));
    }

    /// <summary>A count with the day's place among those asked for, from 1.</summary>
    sealed record Bucket(string Of, int Place, int Count);
}
