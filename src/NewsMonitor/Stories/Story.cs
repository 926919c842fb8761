using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NewsMonitor.Stories;

/// <summary>Articles that are copies of one another, however they were cut or reworded.</summary>
public sealed class Story
{
    public long Id { get; set; }
    public required string Title { get; set; }
    public DateTimeOffset FirstSeenAt { get; set; }
    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>Sightings: every article of the story.</summary>
    public int ArticleCount { get; set; }

    /// <summary>Independent sources: newsrooms by host, where all that carry one agency's credit count as that agency, once.</summary>
    public int SourceCount { get; set; }

    /// <summary>The story that this one turned out to be part of.</summary>
    public long? MergedInto { get; set; }

    /// <summary>Hashes of the first article's telling words, by which related stories are found.</summary>
    public int[] Terms { get; set; } = [];
}

/// <summary>What is kept of an article to recognise its copies; see TextEngine.NearDuplicates.</summary>
public sealed class StorySketch
{
    public long ArticleId { get; set; }
    public long StoryId { get; set; }
    public required byte[] Sketch { get; set; }
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>The longest article of the story that this one is a part of; it then speaks for both.</summary>
    public long? WholeId { get; set; }

    /// <summary>Whose text it is: an agency that it credits, or the newsroom's host.</summary>
    public string Origin { get; set; } = "";
}

/// <summary>One key under which an article's copies can be found.</summary>
public sealed class StoryBand
{
    public long Band { get; set; }
    public long ArticleId { get; set; }
    public DateTimeOffset SeenAt { get; set; }
}

sealed class StoryTable : IEntityTypeConfiguration<Story>, IEntityTypeConfiguration<StorySketch>, IEntityTypeConfiguration<StoryBand>
{
    public void Configure(EntityTypeBuilder<Story> story) => story.ToTable("stories");

    public void Configure(EntityTypeBuilder<StorySketch> sketch)
    {
        sketch.ToTable("story_sketches");
        sketch.HasKey(s => s.ArticleId);
        sketch.Property(s => s.ArticleId).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<StoryBand> band)
    {
        band.ToTable("story_bands");
        band.HasKey(b => new { b.Band, b.ArticleId });
    }
}
