namespace FeedParser;

/// <summary>A feed as it was read: what it says of itself, its items in document order, and what had to be mended.</summary>
public sealed class Feed
{
    internal Feed()
    {
    }

    /// <summary>The format and version.</summary>
    public FeedFormat Format { get; internal set; }

    /// <summary>
    /// The feed's own identifier, if any: Atom <c>id</c> (RFC 4287 section 4.2.6), <c>rdf:about</c> of the channel (RSS 1.0 section 5.3),
    /// <c>feed_url</c> (JSON Feed 1.1).
    /// </summary>
    public string? Id { get; internal set; }

    /// <summary>
    /// The title as plain text on one line: <c>title</c> (required by RSS 2.0 and by RFC 4287 section 4.2.14), <c>dc:title</c> (Dublin Core
    /// 1.1), then <c>itunes:title</c> and <c>media:title</c>.
    /// </summary>
    public string? Title { get; internal set; }

    /// <summary>
    /// The web page that the feed belongs to: RSS <c>link</c>, Atom <c>link</c> of relation <c>alternate</c> (RFC 4287 section 4.2.7.2),
    /// CDF <c>HREF</c>, JSON <c>home_page_url</c>. Resolved against <c>xml:base</c> (XML Base section 3) and the document's address as RFC
    /// 3986 section 5.2 has it; as written where no base is known.
    /// </summary>
    public string? Link { get; internal set; }

    /// <summary>
    /// The address that the feed gives for itself: <c>link rel=self</c> (RFC 4287 section 4.2.7.2), <c>feed_url</c> (JSON Feed 1.1).
    /// </summary>
    public string? SelfLink { get; internal set; }

    /// <summary>The hub, if the feed names one: <c>link rel=hub</c> (WebSub section 4), <c>hubs</c> (JSON Feed 1.1).</summary>
    public string? Hub { get; internal set; }

    /// <summary>
    /// What the feed is about, as readable text: RSS <c>description</c>, Atom <c>subtitle</c> (RFC 4287 section 4.2.12), <c>tagline</c>
    /// (Atom 0.3), CDF <c>ABSTRACT</c>, <c>dc:description</c>, then <c>itunes:summary</c> and <c>info</c> (Atom 0.3).
    /// </summary>
    public string? Description { get; internal set; }

    /// <summary>
    /// The language tag (BCP 47; as written, but with hyphens), such as <c>ar</c> or <c>en-US</c>: RSS <c>language</c>, <c>dc:language</c>,
    /// else <c>xml:lang</c> (XML 1.0 section 2.12) of the feed's element, <c>language</c> (JSON Feed 1.1).
    /// </summary>
    public string? Language { get; internal set; }

    /// <summary>
    /// Last change, UTC: Atom <c>updated</c> (RFC 4287 section 4.2.15), <c>modified</c> (Atom 0.3), RSS 2.0 <c>lastBuildDate</c>, CDF
    /// <c>LASTMOD</c>, <c>dcterms:modified</c>, then <c>dc:date</c>; else <see cref="Published"/>. Forms of dates:
    /// <see cref="FeedItem.Published"/>.
    /// </summary>
    public DateTimeOffset? Updated { get; internal set; }

    /// <summary>
    /// Publication date of the feed as a whole, UTC: RSS 2.0 <c>pubDate</c>, <c>dcterms:issued</c>. Null when there is none that can be
    /// read.
    /// </summary>
    public DateTimeOffset? Published { get; internal set; }

    /// <summary>
    /// Address of the feed's picture: RSS <c>image</c>/<c>url</c>, Atom <c>logo</c> and <c>icon</c> (RFC 4287 sections 4.2.8 and 4.2.5),
    /// <c>itunes:image</c>, JSON <c>icon</c> and <c>favicon</c>.
    /// </summary>
    public string? Image { get; internal set; }

    /// <summary>The program that wrote the feed: <c>generator</c> (RSS 2.0; RFC 4287 section 4.2.4).</summary>
    public string? Generator { get; internal set; }

    /// <summary>
    /// Statement of rights as plain text: RSS <c>copyright</c>, Atom <c>rights</c> (RFC 4287 section 4.2.10), <c>dc:rights</c>.
    /// </summary>
    public string? Rights { get; internal set; }

    /// <summary>
    /// How long the feed asks readers to wait between visits: RSS 2.0 <c>ttl</c> in minutes; <c>sy:updatePeriod</c> over
    /// <c>sy:updateFrequency</c> (RSS 1.0's syndication module).
    /// </summary>
    public TimeSpan? UpdateInterval { get; internal set; }

    /// <summary>
    /// Hours of the day in UTC, 0 to 23, in which the feed asks not to be fetched: <c>skipHours</c> (RSS 2.0; in RSS 0.91 hour 24 is 0).
    /// </summary>
    public IReadOnlyList<int> SkipHours { get; internal set; } = [];

    /// <summary>Days of the week in UTC on which the feed asks not to be fetched: <c>skipDays</c> (RSS 2.0).</summary>
    public IReadOnlyList<DayOfWeek> SkipDays { get; internal set; } = [];

    /// <summary>
    /// Authors of the feed, each once: Atom <c>author</c> (RFC 4287 section 4.2.1), RSS 2.0 <c>managingEditor</c>, <c>dc:creator</c>,
    /// <c>itunes:author</c>, JSON <c>authors</c>; its <c>itunes:owner</c> where it names none.
    /// </summary>
    public IReadOnlyList<FeedPerson> Authors { get; internal set; } = [];

    /// <summary>Categories of the feed as a whole, from the same elements as <see cref="FeedItem.Categories"/>.</summary>
    public IReadOnlyList<FeedCategory> Categories { get; internal set; } = [];

    /// <summary>The items in document order.</summary>
    public IReadOnlyList<FeedItem> Items { get; internal set; } = [];

    /// <summary>What was malformed and how it was mended; empty for a feed that needed nothing.</summary>
    public IReadOnlyList<FeedProblem> Problems { get; internal set; } = [];
}
