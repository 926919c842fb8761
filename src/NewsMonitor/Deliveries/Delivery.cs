using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NewsMonitor.Alerts;

namespace NewsMonitor.Deliveries;

public enum DeliveryStatus { Pending, Sent, Dead }

/// <summary>
/// A message that is owed to a recipient: the outbox. It is written in the transaction that raised its alert, ends sent or
/// dead with its reason, and never vanishes.
/// </summary>
public sealed class Delivery
{
    public long Id { get; set; }
    public required string RecipientId { get; set; }
    public long? AlertId { get; set; }

    /// <summary>"alert.raised", "alert.updated", "digest", "test" or "notice".</summary>
    public required string Event { get; set; }

    /// <summary>The webhook-id: constant over retries, so that a receiver can drop repetitions.</summary>
    public required string MessageId { get; set; }

    /// <summary>What makes the message one: two workers that plan the same message meet on this unique key.</summary>
    public required string Key { get; set; }
    public DeliveryStatus Status { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset NextAttemptAt { get; set; }
    public DateTimeOffset? ClaimedUntil { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>What the other side said last: status or SMTP code, and a line of its answer or our error.</summary>
    public int? LastStatus { get; set; }
    public string? LastResponse { get; set; }
}

sealed class DeliveryTable : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> delivery)
    {
        delivery.ToTable("deliveries");
        delivery.HasOne<Alert>().WithMany().HasForeignKey(d => d.AlertId);
    }
}
