using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NewsMonitor.Feeds;

public enum SubscriptionState { Requested, Active, Denied, Failed }

/// <summary>A WebSub subscription of one feed at its hub.</summary>
public sealed class FeedSubscription
{
    public long FeedId { get; set; }
    public required string Hub { get; set; }
    public required string Topic { get; set; }

    /// <summary>The unguessable end of the callback's address.</summary>
    public required string Token { get; set; }

    /// <summary>What the hub signs its messages with; ours alone, made for this subscription.</summary>
    public required string Secret { get; set; }
    public SubscriptionState State { get; set; }
    public DateTimeOffset RequestedAt { get; set; }
    public DateTimeOffset? VerifiedAt { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
    public DateTimeOffset RenewAt { get; set; }
    public string? Error { get; set; }
}

sealed class FeedSubscriptionTable : IEntityTypeConfiguration<FeedSubscription>
{
    public void Configure(EntityTypeBuilder<FeedSubscription> subscription)
    {
        subscription.ToTable("feed_subscriptions");
        subscription.HasKey(s => s.FeedId);
        subscription.Property(s => s.FeedId).ValueGeneratedNever();
    }
}
