namespace FeedParser;

/// <summary>A category, tag or keyword.</summary>
/// <param name="Term">The category itself.</param>
/// <param name="Scheme">The scheme or domain that the term belongs to, if any.</param>
/// <param name="Label">A label for people (Atom), if any.</param>
public sealed record FeedCategory(string Term, string? Scheme = null, string? Label = null);
