using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NewsMonitor.Deliveries;

/// <summary>
/// The queue of one recipient and its circuit breaker. One worker at a time holds a lane and sends its messages one after the other, so
/// their order is kept and a slow recipient costs nobody else anything. A message that is refused twice is overtaken (see <see cref="Outcome"/>)
/// until its receiver is seen to be there again (see <see cref="Outbox.BringForwardAsync"/>).
/// </summary>
public sealed class RecipientLane
{
    public required string RecipientId { get; set; }

    /// <summary>The holder's claim; it renews it while it lives, and a dead worker's claim runs out by itself.</summary>
    public DateTimeOffset? ClaimedUntil { get; set; }
    public string? ClaimedBy { get; set; }

    /// <summary>After a failure nothing is sent until then: what comes behind would most likely meet the same fate.</summary>
    public DateTimeOffset? PausedUntil { get; set; }

    /// <summary>Failures since the last success, and since when.</summary>
    public int Failures { get; set; }
    public DateTimeOffset? FailingSince { get; set; }
}

sealed class RecipientLaneTable : IEntityTypeConfiguration<RecipientLane>
{
    public void Configure(EntityTypeBuilder<RecipientLane> lane)
    {
        lane.ToTable("recipient_lanes");
        lane.HasKey(l => l.RecipientId);
    }
}
