using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NewsMonitor.Database;
using NewsMonitor.Feeds;
using NewsMonitor.Watches;

namespace NewsMonitor.Deliveries;

public enum RecipientKind { Email, Webhook, Slack, Teams, Telegram, Ntfy }

public enum DeliveryMode { Instant, Hourly, Daily }

/// <summary>Somebody, or something, that is told of alerts.</summary>
public sealed class Recipient
{
    public required string Id { get; set; }
    public RecipientKind Kind { get; set; }

    /// <summary>An email address or a URL, by kind.</summary>
    public required string Target { get; set; }

    /// <summary>Signing or access secret, encrypted with the service's key; never shown.</summary>
    public string? Secret { get; set; }
    public DeliveryMode Mode { get; set; }
    public Severity MinSeverity { get; set; }
    public RecipientSettings Settings { get; set; } = new();
    public bool Enabled { get; set; } = true;

    /// <summary>Why the service itself stopped sending (410 Gone, days of failure).</summary>
    public string? DisabledReason { get; set; }
    public Origin Origin { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
    public uint Version { get; set; }
}

/// <summary>What else may be set for a recipient; null means the service's default.</summary>
public sealed record RecipientSettings
{
    /// <summary>"22:00-06:30" in the recipient's time zone.</summary>
    public string? QuietHours { get; init; }
    public string? Language { get; init; }

    /// <summary>IANA name, such as Asia/Baghdad.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Told of watches that name no recipient.</summary>
    public bool Default { get; init; }

    /// <summary>When a daily digest comes, on the recipient's wall clock.</summary>
    public TimeOnly? DailyAt { get; init; }

    /// <summary>How long an instant message waits for others to join it, so that a burst is one message; 0 never waits.</summary>
    public int? GroupSeconds { get; init; }
    public RecipientFilter? Only { get; init; }
    public Escalation? Escalate { get; init; }
}

/// <summary>What a recipient wants to hear of; an empty list lets everything pass.</summary>
public sealed record RecipientFilter
{
    /// <summary>Newsrooms by title or host name.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Feed folders, with everything below them.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>"08:00-18:00" in the recipient's time zone: only alerts raised then.</summary>
    public string? Hours { get; init; }
}

/// <summary>Whom a critical alert goes to when nobody has touched it for a while.</summary>
public sealed record Escalation(string To, int AfterMinutes);

sealed class RecipientTable : IEntityTypeConfiguration<Recipient>
{
    public void Configure(EntityTypeBuilder<Recipient> recipient)
    {
        recipient.ToTable("recipients");
        recipient.Property(r => r.Settings).IsJson();
        recipient.Property(r => r.Version).IsRowVersion();
    }
}
