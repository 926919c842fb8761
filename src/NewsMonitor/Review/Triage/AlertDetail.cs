using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Articles;
using NewsMonitor.Database;
using NewsMonitor.Deliveries;

namespace NewsMonitor.Review.Triage;

/// <summary>One alert with all that is known of it.</summary>
public sealed record AlertDetail : AlertDocument
{
    const int MostArticles = 100;

    [SetsRequiredMembers]
    public AlertDetail(AlertDocument alert) : base(alert)
    {
    }

    /// <summary>The revision of the watch that raised it.</summary>
    [JsonPropertyOrder(1)]
    public int WatchRevision { get; init; }

    /// <summary>The story's newest articles, at most 100.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<ArticleRef> Articles { get; init; } = [];

    [JsonPropertyOrder(1)]
    public IReadOnlyList<HistoryLine> History { get; init; } = [];

    /// <summary>Messages that tell of it, those that it shares with other alerts included.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<DeliveryRef> Deliveries { get; init; } = [];

    /// <summary>For each recipient that there was: why it was or was not told.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<RouteLine> Routes { get; init; } = [];

    internal static async Task<AlertDetail> ReadAsync(MonitorDbContext db, AlertRow row, CancellationToken cancel)
    {
        var alert = row.Alert;
        return new AlertDetail(row.Document())
        {
            WatchRevision = alert.WatchRevision,
            Articles = await db.Set<Article>().AsNoTracking().Where(a => a.StoryId == alert.StoryId)
                .OrderByDescending(a => a.FetchedAt).ThenByDescending(a => a.Id).Take(MostArticles)
                .Select(a => new ArticleRef(a.Id, a.Title, a.Url, a.Source, a.Language, a.PublishedAt, a.FetchedAt, a.CopyOf, a.Similarity))
                .ToListAsync(cancel),
            History = await db.Set<AlertHistory>().AsNoTracking().Where(h => h.AlertId == alert.Id).OrderBy(h => h.Id)
                .Select(h => new HistoryLine(h.Id, h.At, h.Actor, h.Change, h.From, h.To, h.Note)).ToListAsync(cancel),
            Deliveries = await db.Set<Delivery>().AsNoTracking()
                .Where(d => d.AlertId == alert.Id || db.Set<DeliveryAlert>().Any(l => l.AlertId == alert.Id && l.DeliveryId == d.Id))
                .OrderBy(d => d.Id)
                .Select(d => new DeliveryRef(d.Id, d.RecipientId, d.Event, d.Status, d.Attempts, d.CreatedAt, d.SentAt, d.LastStatus,
                    d.LastResponse))
                .ToListAsync(cancel),
            Routes = await db.Set<AlertRoute>().AsNoTracking().Where(r => r.AlertId == alert.Id).OrderBy(r => r.RecipientId)
                .Select(r => new RouteLine(r.RecipientId, r.Decision, r.At, r.SilenceId, r.SilenceReason)).ToListAsync(cancel),
        };
    }
}

/// <summary>An article in short, as it stands in lists of a story's copies.</summary>
public sealed record ArticleRef(
    long Id, string Title, string? Url, string Source, string? Language, DateTimeOffset? PublishedAt, DateTimeOffset FetchedAt,
    long? CopyOf,
    float? Similarity);

/// <summary>A line of an alert's history.</summary>
public sealed record HistoryLine(long Id, DateTimeOffset At, string Actor, AlertChange Change, string? From, string? To, string? Note);

/// <summary>A message that the alert made, and how it fared.</summary>
public sealed record DeliveryRef(
    long Id, string Recipient, string Event, DeliveryStatus Status, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset? SentAt,
    int? LastStatus,
    string? LastResponse);

/// <summary>Why a recipient was or was not told.</summary>
/// <param name="Silence">The silence that kept it back, which may have ended since; its reason is kept here.</param>
public sealed record RouteLine(string Recipient, RouteDecision Decision, DateTimeOffset At, long? Silence, string? SilenceReason);
