using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Articles;
using NewsMonitor.Database;
using NewsMonitor.Deliveries;
using NewsMonitor.Feeds;
using NewsMonitor.Watches;

namespace NewsMonitor.Review.Overview;

/// <summary>How the service fares, at a glance.</summary>
/// <param name="Versions">The service, .NET and PostgreSQL.</param>
public sealed record StatusDocument(
    DateTimeOffset At, IReadOnlyDictionary<string, string> Versions, FeedStatus Feeds, ArticleStatus Articles, AlertCounts Alerts,
    DeliveryQueue Deliveries,
    int Watches, IReadOnlyList<LastError> Errors);

/// <param name="ByState">How many enabled feeds are in each state.</param>
/// <param name="Due">Feeds whose time has come and that nobody has taken yet.</param>
/// <param name="LagSeconds">How long the longest overdue feed has waited.</param>
public sealed record FeedStatus(IReadOnlyDictionary<string, int> ByState, int Disabled, int Due, double LagSeconds);

/// <param name="LastDay">Fetched in the last 24 hours.</param>
public sealed record ArticleStatus(DateTimeOffset? NewestAt, int LastDay);

/// <param name="ByStatus">How many alerts have each status.</param>
public sealed record AlertCounts(IReadOnlyDictionary<string, int> ByStatus, int LastDay);

/// <param name="Due">Pending ones whose time has come.</param>
public sealed record DeliveryQueue(int Pending, int Due, int Dead, double OldestSeconds);

/// <param name="Where">"feed 12" or "delivery 7".</param>
public sealed record LastError(string Where, string What, DateTimeOffset At);

static class StatusEndpoint
{
    const int MostErrors = 10;

    public static void MapStatus(this IEndpointRouteBuilder api) =>
        api.MapGet("/status", GetAsync).WithTags("Operations").WithName("getStatus")
            .WithSummary("Feeds, lag, queues, last errors, versions");

    static async Task<Ok<StatusDocument>> GetAsync(MonitorDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return TypedResults.Ok(new StatusDocument(
            now,
            await VersionsAsync(db, cancel),
            await FeedsAsync(db, now, cancel),
            await ArticlesAsync(db, now, cancel),
            await AlertsAsync(db, now, cancel),
            await DeliveriesAsync(db, now, cancel),
            await db.Set<Watch>().CountAsync(w => w.Enabled, cancel),
            await ErrorsAsync(db, cancel)));
    }

    static async Task<Dictionary<string, string>> VersionsAsync(MonitorDbContext db, CancellationToken cancel) => new()
    {
        ["monitor"] = typeof(StatusEndpoint).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? "unknown",
        ["dotnet"] = Environment.Version.ToString(),
        ["postgresql"] = await db.Database.SqlQuery<string>($"SELECT current_setting('server_version') AS \"Value\"").SingleAsync(cancel),
    };

    static async Task<FeedStatus> FeedsAsync(MonitorDbContext db, DateTimeOffset now, CancellationToken cancel)
    {
        var feeds = db.Set<Feed>().AsNoTracking();
        var states = await feeds.Where(f => f.Enabled).GroupBy(f => f.State).Select(g => new { g.Key, Count = g.Count() })
            .ToListAsync(cancel);
        var due = feeds.Where(f => f.Enabled && f.NextFetchAt <= now && (f.ClaimedUntil == null || f.ClaimedUntil <= now));
        var oldest = await due.MinAsync(f => (DateTimeOffset?)f.NextFetchAt, cancel);
        return new FeedStatus(
            Enum.GetValues<FeedState>().ToDictionary(state => Names.Kebab(state), state => states.Find(s => s.Key == state)?.Count ?? 0),
            await feeds.CountAsync(f => !f.Enabled, cancel), await due.CountAsync(cancel), Seconds(now, oldest));
    }

    static async Task<ArticleStatus> ArticlesAsync(MonitorDbContext db, DateTimeOffset now, CancellationToken cancel)
    {
        var day = now.AddDays(-1);
        return new ArticleStatus(
            await db.Set<Article>().MaxAsync(a => (DateTimeOffset?)a.FetchedAt, cancel), await db.Set<Article>()
                .CountAsync(a => a.FetchedAt >= day, cancel));
    }

    static async Task<AlertCounts> AlertsAsync(MonitorDbContext db, DateTimeOffset now, CancellationToken cancel)
    {
        var day = now.AddDays(-1);
        var counts = await db.Set<Alert>().GroupBy(a => a.Status).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        return new AlertCounts(
            Enum.GetValues<AlertStatus>()
                .ToDictionary(status => Names.Kebab(status), status => counts.Find(c => c.Key == status)?.Count ?? 0),
            await db.Set<Alert>().CountAsync(a => a.RaisedAt >= day, cancel));
    }

    static async Task<DeliveryQueue> DeliveriesAsync(MonitorDbContext db, DateTimeOffset now, CancellationToken cancel)
    {
        var pending = db.Set<Delivery>().AsNoTracking().Where(d => d.Status == DeliveryStatus.Pending);
        var oldest = await pending.Where(d => d.NextAttemptAt <= now).MinAsync(d => (DateTimeOffset?)d.NextAttemptAt, cancel);
        return new DeliveryQueue(
            await pending.CountAsync(cancel), await pending.CountAsync(d => d.NextAttemptAt <= now, cancel),
            await db.Set<Delivery>().CountAsync(d => d.Status == DeliveryStatus.Dead, cancel), Seconds(now, oldest));
    }

    static async Task<List<LastError>> ErrorsAsync(MonitorDbContext db, CancellationToken cancel)
    {
        var feeds = await db.Set<Feed>().AsNoTracking().Where(f => f.Enabled && f.LastError != null && f.LastFetchAt != null)
            .OrderByDescending(f => f.LastFetchAt).Take(MostErrors).Select(f => new { f.Id, f.LastError, f.LastFetchAt })
            .ToListAsync(cancel);
        var deliveries = await db.Set<Delivery>().AsNoTracking().Where(d => d.Status == DeliveryStatus.Dead)
            .OrderByDescending(d => d.Id).Take(MostErrors).Select(d => new { d.Id, d.LastResponse, d.NextAttemptAt }).ToListAsync(cancel);
        return [.. feeds.Select(f => new LastError(Where("feed", f.Id), f.LastError!, f.LastFetchAt!.Value))
            .Concat(deliveries.Select(d => new LastError(Where("delivery", d.Id), d.LastResponse ?? "gave up", d.NextAttemptAt)))
            .OrderByDescending(e => e.At).Take(MostErrors)];
    }

    static string Where(string what, long id) => string.Create(CultureInfo.InvariantCulture, $"{what} {id}");

    static double Seconds(DateTimeOffset now, DateTimeOffset? since) => since is { } start ? Math.Round((now - start).TotalSeconds, 1) : 0;
}
