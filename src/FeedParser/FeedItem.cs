namespace FeedParser;

/// <summary>One item (RSS) or entry (Atom) of a feed.</summary>
public sealed class FeedItem
{
    internal FeedItem()
    {
    }

    /// <summary>
    /// The identifier: <c>guid</c> (RSS 2.0), Atom <c>id</c> (RFC 4287 section 4.2.6), <c>rdf:about</c> (RSS 1.0 section 5.5),
    /// <c>dc:identifier</c>, JSON <c>id</c>; else the link; else a hash over title, text and date, so that the same item has the same
    /// identifier at every visit. As written, but for relative references where it is an address.
    /// </summary>
    public string Id { get; internal set; } = "";

    /// <summary>Whether <see cref="Id"/> was derived since the feed gives none.</summary>
    public bool IdIsDerived { get; internal set; }

    /// <summary>
    /// The title as plain text on one line: <c>title</c> (RSS 2.0; RFC 4287 section 4.2.14), <c>dc:title</c>, then <c>itunes:title</c>,
    /// then <c>media:title</c> (Media RSS 1.5.1). Null where the feed gives none, which RSS 2.0 and JSON Feed allow.
    /// </summary>
    public string? Title { get; internal set; }

    /// <summary>
    /// The item's page: <c>feedburner:origLink</c>, RSS <c>link</c>, Atom <c>link</c> of relation <c>alternate</c> (RFC 4287 section
    /// 4.2.7.2), a <c>guid</c> that is a permalink (RSS 2.0: unless <c>isPermaLink</c> is false), JSON <c>url</c> and <c>external_url</c>.
    /// Resolved against <c>xml:base</c> and the document's address (RFC 3986 section 5.2); as written where no base is known.
    /// </summary>
    public string? Link { get; internal set; }

    /// <summary>
    /// The summary as readable text, block elements as line breaks: RSS <c>description</c> (escaped HTML by custom since RSS 0.92), Atom
    /// <c>summary</c> by its <c>type</c> (RFC 4287 sections 3.1 and 4.2.13), CDF <c>ABSTRACT</c>, <c>dc:description</c>, then
    /// <c>itunes:summary</c>, <c>dcterms:abstract</c>, <c>media:description</c>, JSON <c>summary</c>; the content where there is none.
    /// </summary>
    public string? Summary { get; internal set; }

    /// <summary>
    /// The full content as readable text, block elements as line breaks: <c>content:encoded</c> (RSS 1.0's content module), Atom
    /// <c>content</c> by its <c>type</c> (RFC 4287 section 4.1.3) and <c>mode</c> (Atom 0.3), <c>xhtml:body</c>, JSON <c>content_html</c>
    /// and <c>content_text</c>; of several the first. Null where the feed gives none.
    /// </summary>
    public string? Content { get; internal set; }

    /// <summary>
    /// The authors in document order, each once: RSS 2.0 <c>author</c>, <c>dc:creator</c>, <c>itunes:author</c>, Atom <c>author</c>; an
    /// Atom entry without any has those of its <c>source</c>, else the feed's (RFC 4287 section 4.2.1); JSON <c>authors</c> and
    /// <c>author</c>.
    /// </summary>
    public IReadOnlyList<FeedPerson> Authors { get; internal set; } = [];

    /// <summary>
    /// First publication, UTC: RSS 2.0 <c>pubDate</c>, Atom <c>published</c> (RFC 4287 section 4.2.9), <c>issued</c> (Atom 0.3),
    /// <c>dcterms:issued</c>, then <c>dc:date</c>, <c>created</c>, <c>prism:publicationDate</c>, JSON <c>date_published</c>. Forms: RFC 822
    /// section 5 and RFC 3339, W3C-DTF, ISO 8601, C's asctime, and words of many languages. A date without zone counts as UTC. Null when
    /// the feed gives none that can be read.
    /// </summary>
    public DateTimeOffset? Published { get; internal set; }

    /// <summary>
    /// Last change, UTC: Atom <c>updated</c> (RFC 4287 section 4.2.15), <c>modified</c> (Atom 0.3), CDF <c>LASTMOD</c>,
    /// <c>dcterms:modified</c>, then <c>dc:date</c>, JSON <c>date_modified</c>. Null when the feed gives none that can be read.
    /// </summary>
    public DateTimeOffset? Updated { get; internal set; }

    /// <summary>
    /// Categories, tags and keywords, each once: RSS 2.0 <c>category</c> with its <c>domain</c>, Atom <c>category</c> (RFC 4287 section
    /// 4.2.2), <c>dc:subject</c>, <c>itunes:category</c> and <c>itunes:keywords</c>, <c>media:category</c> and <c>media:keywords</c>, JSON
    /// <c>tags</c>.
    /// </summary>
    public IReadOnlyList<FeedCategory> Categories { get; internal set; } = [];

    /// <summary>
    /// Enclosures first (RSS 2.0 <c>enclosure</c>, Atom <c>link rel=enclosure</c>), then <c>media:content</c> that no enclosure repeats
    /// (Media RSS 1.5.1), JSON <c>attachments</c>.
    /// </summary>
    public IReadOnlyList<FeedEnclosure> Enclosures { get; internal set; } = [];

    /// <summary>
    /// Language tag (BCP 47): <c>language</c> or <c>dc:language</c> of the item, JSON <c>language</c>, else <c>xml:lang</c> (XML 1.0
    /// section 2.12) of its content, summary or title or around it, else the feed's.
    /// </summary>
    public string? Language { get; internal set; }

    /// <summary>
    /// Address of the item's picture: <c>media:thumbnail</c> and images among <c>media:content</c> (Media RSS 1.5.1), <c>itunes:image</c>,
    /// JSON <c>image</c> and <c>banner_image</c>.
    /// </summary>
    public string? Image { get; internal set; }

    /// <summary>
    /// Name of the publication that the item was taken from: text of RSS 2.0 <c>source</c>, title of Atom <c>source</c> (RFC 4287 section
    /// 4.2.11).
    /// </summary>
    public string? SourceTitle { get; internal set; }

    /// <summary>Address of the publication that the item was taken from: <c>url</c> of RSS 2.0 <c>source</c>, the link in Atom's.</summary>
    public string? SourceLink { get; internal set; }

    /// <summary>Number of comments: <c>slash:comments</c> (RSS 1.0's slash module), <c>thr:total</c> (RFC 4685 section 5).</summary>
    public int? CommentCount { get; internal set; }
}
