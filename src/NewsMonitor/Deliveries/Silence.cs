using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NewsMonitor.Alerts;

namespace NewsMonitor.Deliveries;

/// <summary>Alerts that fit every set field are raised and kept, but nobody is told, from <c>StartsAt</c> to <c>EndsAt</c>.</summary>
public sealed class Silence
{
    public long Id { get; set; }
    public string? WatchId { get; set; }
    public long? StoryId { get; set; }
    public string? Source { get; set; }
    public string? Phrase { get; set; }
    public DateTimeOffset StartsAt { get; set; }
    public DateTimeOffset? EndsAt { get; set; }
    public required string Reason { get; set; }
    public required string CreatedBy { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public uint Version { get; set; }
}

/// <summary>Why a recipient was or was not told of an alert.</summary>
public sealed class AlertRoute
{
    public long AlertId { get; set; }
    public required string RecipientId { get; set; }
    public RouteDecision Decision { get; set; }
    public long? SilenceId { get; set; }

    /// <summary>Why it was silent, as it was said then: the silence itself may have ended or changed.</summary>
    public string? SilenceReason { get; set; }
    public DateTimeOffset At { get; set; }
}

sealed class SilenceTable : IEntityTypeConfiguration<Silence>, IEntityTypeConfiguration<AlertRoute>
{
    public void Configure(EntityTypeBuilder<Silence> silence)
    {
        silence.ToTable("silences");
        silence.Property(s => s.Version).IsRowVersion();
    }

    public void Configure(EntityTypeBuilder<AlertRoute> route)
    {
        route.ToTable("alert_routes");
        route.HasKey(r => new { r.AlertId, r.RecipientId });
        route.HasOne<Alert>().WithMany().HasForeignKey(r => r.AlertId);
    }
}
