using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NewsMonitor.Database;

namespace NewsMonitor.Feeds;

public enum FeedState { Healthy, Failing, Silent, Gap, Moved, Gone }

/// <summary>Who declared a thing: a file of the configuration folder, a person through API or page, or the samples.</summary>
public enum Origin { File, Api, Sample }

/// <summary>A news feed that is watched, what was last seen of it, and when it is looked at next.</summary>
public sealed class Feed
{
    public long Id { get; set; }
    public required string Url { get; set; }
    public string? Title { get; set; }
    public string? SiteUrl { get; set; }
    public string? Description { get; set; }
    public string? Folder { get; set; }
    public string? Language { get; set; }
    public Origin Origin { get; set; }
    public bool Enabled { get; set; } = true;
    public FeedSettings Settings { get; set; } = new();

    public FeedState State { get; set; }
    public string? Etag { get; set; }
    public string? LastModified { get; set; }
    public DateTimeOffset NextFetchAt { get; set; }

    /// <summary>A worker holds the feed until then; a dead worker's claim runs out by itself.</summary>
    public DateTimeOffset? ClaimedUntil { get; set; }
    public DateTimeOffset? LastFetchAt { get; set; }
    public DateTimeOffset? LastSuccessAt { get; set; }

    /// <summary>The last fetch without validators, since some servers answer 304 whatever happened.</summary>
    public DateTimeOffset? LastWholeFetchAt { get; set; }
    public DateTimeOffset? LastItemAt { get; set; }

    /// <summary>Failures since the last success.</summary>
    public int Failures { get; set; }
    public string? LastError { get; set; }
    public FeedTrack Track { get; set; } = new();
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
    public uint Version { get; set; }
}

/// <summary>What a person may set for one feed; null means the service's default.</summary>
public sealed record FeedSettings
{
    public TimeSpan? Interval { get; init; }
    public string? Cron { get; init; }
    public string? UserAgent { get; init; }
    public IReadOnlyDictionary<string, string>? Headers { get; init; }
    public string? User { get; init; }

    /// <summary>Encrypted with the service's key.</summary>
    public string? Password { get; init; }
    public string? Proxy { get; init; }
    public bool FullText { get; init; }
}

sealed class FeedTable : IEntityTypeConfiguration<Feed>
{
    public void Configure(EntityTypeBuilder<Feed> feed)
    {
        feed.ToTable("feeds");
        feed.Property(f => f.Settings).IsJson();
        feed.Property(f => f.Track).IsJson();
        feed.Property(f => f.Version).IsRowVersion();
    }
}
