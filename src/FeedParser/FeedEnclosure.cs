namespace FeedParser;

/// <summary>
/// A file that belongs to an item: RSS 2.0 <c>enclosure</c>, Atom <c>link rel="enclosure"</c> (RFC 4287 section 4.2.7.2), Media RSS
/// <c>media:content</c>, JSON Feed <c>attachments</c>.
/// </summary>
/// <param name="Url">Its address; absolute where a base is known.</param>
/// <param name="Type">Its media type, if given.</param>
/// <param name="Length">Its length in bytes, if given as a number.</param>
public sealed record FeedEnclosure(string Url, string? Type = null, long? Length = null);
