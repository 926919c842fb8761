using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NewsMonitor.Feeds;

namespace NewsMonitor.Watches;

public enum Severity { Low, Medium, High, Critical }

/// <summary>What somebody wants to be told of.</summary>
public sealed class Watch
{
    public required string Id { get; set; }
    public required string Name { get; set; }
    public Severity Severity { get; set; }

    /// <summary>The watch as one entry of watches.yaml, in JSON (see <c>WatchFile</c>).</summary>
    public required string Definition { get; set; }

    /// <summary>Counts the definitions; every alert names the one that raised it.</summary>
    public int Revision { get; set; } = 1;
    public bool Enabled { get; set; } = true;
    public Origin Origin { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
    public uint Version { get; set; }

    /// <summary>As a file declares it.</summary>
    public WatchEntry ToEntry() => WatchEntry.FromJson(Definition) with { Enabled = Enabled };
}

/// <summary>A definition that a watch has or had.</summary>
public sealed class WatchRevision
{
    public required string WatchId { get; set; }
    public int Revision { get; set; }
    public required string Definition { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public required string CreatedBy { get; set; }
}

sealed class WatchTable : IEntityTypeConfiguration<Watch>, IEntityTypeConfiguration<WatchRevision>
{
    public void Configure(EntityTypeBuilder<Watch> watch)
    {
        watch.ToTable("watches");
        watch.Property(w => w.Definition).HasColumnType("jsonb");
        watch.Property(w => w.Version).IsRowVersion();
    }

    public void Configure(EntityTypeBuilder<WatchRevision> revision)
    {
        revision.ToTable("watch_revisions");
        revision.HasKey(r => new { r.WatchId, r.Revision });
        revision.Property(r => r.Definition).HasColumnType("jsonb");
    }
}
