using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NewsMonitor.Review;

/// <summary>Each role may do what the ones before it may.</summary>
public enum Role { Reader, Reviewer, Admin }

/// <summary>A key to the API. Only its hash is kept; the prefix tells people which key is which.</summary>
public sealed class ApiKey
{
    public long Id { get; set; }
    public required string Name { get; set; }
    public Role Role { get; set; }
    public required string Prefix { get; set; }

    /// <summary>SHA-256 of the whole key: a key has 256 random bits, so a slow hash would add nothing.</summary>
    public required byte[] Hash { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? LastUsedAt { get; set; }
    public DateTimeOffset? ExpiresAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
}

sealed class ApiKeyTable : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> key) => key.ToTable("api_keys");
}
