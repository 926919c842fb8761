namespace FeedParser;

/// <summary>One item (RSS) or entry (Atom) of a feed.</summary>
public sealed class FeedItem
{
    internal FeedItem()
    {
    }

    /// <summary>
    /// The identifier: <c>guid</c>, Atom <c>id</c>, <c>rdf:about</c>; else the link; else a hash over title and text,
    /// so that the same item has the same identifier at every visit.
    /// </summary>
    public string Id { get; internal set; } = "";

    /// <summary>Whether <see cref="Id"/> was derived since the feed gives none.</summary>
    public bool IdIsDerived { get; internal set; }

    /// <summary>The title as plain text on one line.</summary>
    public string? Title { get; internal set; }

    /// <summary>The item's page; absolute where a base is known.</summary>
    public string? Link { get; internal set; }

    /// <summary>
    /// Summary or description as readable text, block elements as line breaks; the content where the feed gives no summary.
    /// </summary>
    public string? Summary { get; internal set; }

    /// <summary>Full content as readable text, block elements as line breaks; null where the feed gives none.</summary>
    public string? Content { get; internal set; }

    /// <summary>The authors in document order, each once.</summary>
    public IReadOnlyList<FeedPerson> Authors { get; internal set; } = [];

    /// <summary>First publication; UTC. Null when the feed gives none that can be read.</summary>
    public DateTimeOffset? Published { get; internal set; }

    /// <summary>Last change; UTC. Null when the feed gives none that can be read.</summary>
    public DateTimeOffset? Updated { get; internal set; }

    /// <summary>Categories, tags and keywords, each once.</summary>
    public IReadOnlyList<FeedCategory> Categories { get; internal set; } = [];

    /// <summary>Enclosures first, then media content that no enclosure repeats.</summary>
    public IReadOnlyList<FeedEnclosure> Enclosures { get; internal set; } = [];

    /// <summary>Language tag: the item's own, else what <c>xml:lang</c> or the feed says.</summary>
    public string? Language { get; internal set; }

    /// <summary>Thumbnail or image address.</summary>
    public string? Image { get; internal set; }

    /// <summary>Name of the publication that the item was taken from (RSS and Atom <c>source</c>).</summary>
    public string? SourceTitle { get; internal set; }

    /// <summary>Address of the publication that the item was taken from.</summary>
    public string? SourceLink { get; internal set; }

    /// <summary>Number of comments (<c>slash:comments</c>, <c>thr:total</c>).</summary>
    public int? CommentCount { get; internal set; }
}
