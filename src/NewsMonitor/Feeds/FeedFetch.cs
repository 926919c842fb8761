using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NewsMonitor.Feeds;

public enum FetchResult { Fetched, NotModified, Moved, Gone, Failed, NotAFeed }

/// <summary>One look at one feed: the feed's history.</summary>
public sealed class FeedFetch
{
    public long Id { get; set; }
    public long FeedId { get; set; }
    public DateTimeOffset At { get; set; }
    public FetchResult Result { get; set; }
    public int? HttpStatus { get; set; }
    public int DurationMs { get; set; }

    /// <summary>How long after its time the look began.</summary>
    public int LateMs { get; set; }
    public int Bytes { get; set; }
    public int Items { get; set; }
    public int NewArticles { get; set; }
    public string? Error { get; set; }
}

sealed class FeedFetchTable : IEntityTypeConfiguration<FeedFetch>
{
    public void Configure(EntityTypeBuilder<FeedFetch> fetch)
    {
        fetch.ToTable("feed_fetches");
        fetch.HasOne<Feed>().WithMany().HasForeignKey(f => f.FeedId);
    }
}
