namespace FeedParser;

/// <summary>
/// A category (RSS 2.0 <c>category</c>, RFC 4287 section 4.2.2, <c>dc:subject</c>, Media RSS), tag (JSON Feed 1.1) or keyword.
/// </summary>
/// <param name="Term">The category itself.</param>
/// <param name="Scheme">The scheme (Atom) or domain (RSS 2.0) that the term belongs to, if any.</param>
/// <param name="Label">A label for people (Atom), if any.</param>
public sealed record FeedCategory(string Term, string? Scheme = null, string? Label = null);
