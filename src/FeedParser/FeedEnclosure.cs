namespace FeedParser;

/// <summary>A file that belongs to an item.</summary>
/// <param name="Url">Its address; absolute where a base is known.</param>
/// <param name="Type">Its media type, if given.</param>
/// <param name="Length">Its length in bytes, if given as a number.</param>
public sealed record FeedEnclosure(string Url, string? Type = null, long? Length = null);
