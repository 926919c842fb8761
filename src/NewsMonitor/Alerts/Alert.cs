using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NewsMonitor.Database;
using NewsMonitor.Watches;

namespace NewsMonitor.Alerts;

public enum AlertStatus { New, Acknowledged, Investigating, Confirmed, Dismissed }

/// <summary>
/// One watch that fired on one story: told once, however many copies the story has. Title, address and excerpt are those of
/// the article that raised it, kept here so that the alert can be read when the article has aged out.
/// </summary>
public sealed class Alert
{
    public long Id { get; set; }
    public required string WatchId { get; set; }
    public int WatchRevision { get; set; }
    public long StoryId { get; set; }
    public long ArticleId { get; set; }
    public Severity Severity { get; set; }
    public AlertStatus Status { get; set; }
    public string? Assignee { get; set; }
    public required string Title { get; set; }
    public string? Url { get; set; }
    public required string Source { get; set; }
    public string? Language { get; set; }
    public DateTimeOffset? PublishedAt { get; set; }
    public DateTimeOffset RaisedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
    public required List<Hit> Hits { get; set; }

    /// <summary>The excerpt as contract.md's <c>{"text","highlights"}</c>, in JSON.</summary>
    public required string Excerpt { get; set; }

    /// <summary>Raised on request for an article that was stored before its watch looked for it, not because of something new.</summary>
    public bool FromArchive { get; set; }
    public uint Version { get; set; }

    public Excerpt ReadExcerpt() => JsonSerializer.Deserialize<Excerpt>(Excerpt, JsonColumn.Options) ?? Alerts.Excerpt.Empty;
}

public enum AlertChange { Raised, Status, Assignee, Note, Grown, Hits, Merged, Escalated, Muted }

/// <summary>A line of an alert's history. Lines are only ever added.</summary>
public sealed class AlertHistory
{
    public long Id { get; set; }
    public long AlertId { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>Name of the API key or user that did it, or "service".</summary>
    public required string Actor { get; set; }
    public AlertChange Change { get; set; }
    public string? From { get; set; }
    public string? To { get; set; }
    public string? Note { get; set; }

    /// <summary>The line's number in the live stream, given after its transaction has committed.</summary>
    public long? Event { get; set; }
}

sealed class AlertTable : IEntityTypeConfiguration<Alert>, IEntityTypeConfiguration<AlertHistory>
{
    public void Configure(EntityTypeBuilder<Alert> alert)
    {
        alert.ToTable("alerts");
        alert.Property(a => a.Hits).IsJson();
        alert.Property(a => a.Excerpt).HasColumnType("jsonb");
        alert.Property(a => a.Version).IsRowVersion();
    }

    public void Configure(EntityTypeBuilder<AlertHistory> history)
    {
        history.ToTable("alert_history");
        history.HasOne<Alert>().WithMany().HasForeignKey(h => h.AlertId);
    }
}
