using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NewsMonitor.Articles;
using NewsMonitor.Database;

namespace NewsMonitor.Watches;

/// <summary>
/// A place in an article that made a watch fire. <c>Field</c> is "title" or "text"; <c>Start</c> and <c>Length</c> count
/// UTF-16 units of that field as stored; <c>Surface</c> is that stretch as written.
/// </summary>
public sealed record Hit(string Watch, string Term, string Field, int Start, int Length, string Surface, string Why);

/// <summary>A watch that fired on an article, with every hit.</summary>
public sealed class Match
{
    public long ArticleId { get; set; }
    public required string WatchId { get; set; }
    public int WatchRevision { get; set; }
    public required List<Hit> Hits { get; set; }
    public DateTimeOffset MatchedAt { get; set; }
}

sealed class MatchTable : IEntityTypeConfiguration<Match>
{
    public void Configure(EntityTypeBuilder<Match> match)
    {
        match.ToTable("matches");
        match.HasKey(m => new { m.ArticleId, m.WatchId });
        match.Property(m => m.Hits).IsJson();
        match.HasOne<Article>().WithMany().HasForeignKey(m => m.ArticleId);
    }
}
