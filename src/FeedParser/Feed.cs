namespace FeedParser;

/// <summary>A feed as it was read: what it says of itself, its items in document order, and what had to be mended.</summary>
public sealed class Feed
{
    internal Feed()
    {
    }

    /// <summary>The format and version.</summary>
    public FeedFormat Format { get; internal set; }

    /// <summary>The feed's own identifier (Atom <c>id</c>, JSON <c>feed_url</c>), if any.</summary>
    public string? Id { get; internal set; }

    /// <summary>The title as plain text on one line.</summary>
    public string? Title { get; internal set; }

    /// <summary>The web page that the feed belongs to; absolute where a base is known.</summary>
    public string? Link { get; internal set; }

    /// <summary>The address that the feed gives for itself (<c>rel=self</c>, <c>feed_url</c>).</summary>
    public string? SelfLink { get; internal set; }

    /// <summary>The WebSub hub (<c>rel=hub</c>), if the feed names one.</summary>
    public string? Hub { get; internal set; }

    /// <summary>Description, subtitle or tagline as plain text.</summary>
    public string? Description { get; internal set; }

    /// <summary>The language tag (BCP 47, as written but with hyphens), for instance <c>ar</c> or <c>en-US</c>.</summary>
    public string? Language { get; internal set; }

    /// <summary>Last change: <c>updated</c>, <c>lastBuildDate</c>, <c>dc:date</c>, else the publication date; UTC.</summary>
    public DateTimeOffset? Updated { get; internal set; }

    /// <summary>Publication date of the feed as a whole; UTC.</summary>
    public DateTimeOffset? Published { get; internal set; }

    /// <summary>Logo, icon or image address.</summary>
    public string? Image { get; internal set; }

    /// <summary>The program that wrote the feed.</summary>
    public string? Generator { get; internal set; }

    /// <summary>Copyright or rights statement as plain text.</summary>
    public string? Rights { get; internal set; }

    /// <summary>How long the feed asks readers to wait between visits (<c>ttl</c>, <c>sy:updatePeriod</c>).</summary>
    public TimeSpan? UpdateInterval { get; internal set; }

    /// <summary>Hours of the day in UTC, 0 to 23, in which the feed asks not to be fetched (<c>skipHours</c>).</summary>
    public IReadOnlyList<int> SkipHours { get; internal set; } = [];

    /// <summary>Days of the week in UTC on which the feed asks not to be fetched (<c>skipDays</c>).</summary>
    public IReadOnlyList<DayOfWeek> SkipDays { get; internal set; } = [];

    /// <summary>Authors and managing editors of the feed; its owner (<c>itunes:owner</c>) where it names none.</summary>
    public IReadOnlyList<FeedPerson> Authors { get; internal set; } = [];

    /// <summary>Categories of the feed as a whole.</summary>
    public IReadOnlyList<FeedCategory> Categories { get; internal set; } = [];

    /// <summary>The items in document order.</summary>
    public IReadOnlyList<FeedItem> Items { get; internal set; } = [];

    /// <summary>What was malformed and how it was mended; empty for a feed that needed nothing.</summary>
    public IReadOnlyList<FeedProblem> Problems { get; internal set; } = [];
}
