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

    /// <summary>When a gathering message was sealed: from then on no alert joins it.</summary>
    public DateTimeOffset? ClaimedUntil { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>What the other side said last: status or SMTP code, and a line of its answer or our error.</summary>
    public int? LastStatus { get; set; }
    public string? LastResponse { get; set; }

    /// <summary>The sentence of a notice.</summary>
    public string? Notice { get; set; }
}

/// <summary>An alert that a gathered message (a burst, a digest, what quiet hours held back) tells of.</summary>
public sealed class DeliveryAlert
{
    public long DeliveryId { get; set; }
    public long AlertId { get; set; }
}

/// <summary>An attempt that did not succeed; the successful one stands in the delivery itself.</summary>
public sealed class DeliveryAttempt
{
    public long Id { get; set; }
    public long DeliveryId { get; set; }
    public DateTimeOffset At { get; set; }
    public int? Status { get; set; }
    public required string Said { get; set; }
}

sealed class DeliveryTable
    : IEntityTypeConfiguration<Delivery>, IEntityTypeConfiguration<DeliveryAlert>, IEntityTypeConfiguration<DeliveryAttempt>
{
    public void Configure(EntityTypeBuilder<Delivery> delivery)
    {
        delivery.ToTable("deliveries");
        delivery.HasOne<Alert>().WithMany().HasForeignKey(d => d.AlertId);
    }

    public void Configure(EntityTypeBuilder<DeliveryAlert> alert)
    {
        alert.ToTable("delivery_alerts");
        alert.HasKey(a => new { a.DeliveryId, a.AlertId });
        alert.HasOne<Delivery>().WithMany().HasForeignKey(a => a.DeliveryId);
    }

    public void Configure(EntityTypeBuilder<DeliveryAttempt> attempt)
    {
        attempt.ToTable("delivery_attempts");
        attempt.HasOne<Delivery>().WithMany().HasForeignKey(a => a.DeliveryId);
    }
}
