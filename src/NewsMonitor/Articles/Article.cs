using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NewsMonitor.Database;
using NpgsqlTypes;

namespace NewsMonitor.Articles;

/// <summary>One item of one feed. The same text in another feed is another article of the same story.</summary>
public sealed class Article : IBeforeSave
{
    public long Id { get; set; }
    public long FeedId { get; set; }

    /// <summary>The feed's own id of the item, or what stands in for it; unique within the feed.</summary>
    public required string ItemId { get; set; }
    public string? Url { get; set; }

    /// <summary>The address without tracking parameters and the like: two items with one canonical address are one page.</summary>
    public string? CanonicalUrl { get; set; }
    public required string Title { get; set; }

    /// <summary>Plain text, the longest that is known of summary, content and the fetched page.</summary>
    public required string Text { get; set; }
    public string? Author { get; set; }

    /// <summary>The newsroom as a reader knows it: the feed's title.</summary>
    public required string Source { get; set; }

    /// <summary>Host name of the newsroom, what independent sources are counted by.</summary>
    public required string SourceHost { get; set; }
    public string? Language { get; set; }
    public DateTimeOffset? PublishedAt { get; set; }
    public DateTimeOffset FetchedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>First 16 bytes of the SHA-256 of title and text: a change makes a new revision.</summary>
    public required byte[] ContentHash { get; set; }
    public int Revision { get; set; } = 1;

    public long StoryId { get; set; }

    /// <summary>The closest earlier article of the same story, if there is one, and how close it is (0 to 1).</summary>
    public long? CopyOf { get; set; }
    public float? Similarity { get; set; }

    /// <summary>Keeps the search index true to title and text.</summary>
    void IBeforeSave.BeforeSave(MonitorDbContext db, EntityState state)
    {
        var entry = db.Entry(this);
        if (state == EntityState.Added)
        {
            db.Add(new ArticleWords { Article = this, Words = ArticleWords.Of(Title, Text) });
        }
        else if (entry.Property(a => a.Title).IsModified || entry.Property(a => a.Text).IsModified)
        {
            // Articles that came in before the index was there have no row to change yet.
            db.Database.ExecuteSql($"INSERT INTO article_words (article_id, words) VALUES ({Id}, '') ON CONFLICT DO NOTHING");
            var words = db.Set<ArticleWords>().Local.FindEntry(Id)?.Entity
                ?? db.Attach(new ArticleWords { ArticleId = Id, Words = NpgsqlTsVector.Empty }).Entity;
            words.Words = ArticleWords.Of(Title, Text);
        }
    }
}

/// <summary>What an article said before it was changed.</summary>
public sealed class ArticleRevision
{
    public long ArticleId { get; set; }
    public int Revision { get; set; }
    public required string Title { get; set; }
    public required string Text { get; set; }
    public DateTimeOffset SeenAt { get; set; }
}

sealed class ArticleTable : IEntityTypeConfiguration<Article>, IEntityTypeConfiguration<ArticleRevision>
{
    public void Configure(EntityTypeBuilder<Article> article) => article.ToTable("articles");

    public void Configure(EntityTypeBuilder<ArticleRevision> revision)
    {
        revision.ToTable("article_revisions");
        revision.HasKey(r => new { r.ArticleId, r.Revision });
        revision.HasOne<Article>().WithMany().HasForeignKey(r => r.ArticleId);
    }
}
