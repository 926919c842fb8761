namespace FeedParser;

/// <summary>A feed that a page offers or may offer.</summary>
/// <param name="Url">Its absolute address.</param>
/// <param name="Title">The title that the page gives it, if any.</param>
/// <param name="Type">Its media type, if the page names one.</param>
/// <param name="Origin">How it was found, best first.</param>
public sealed record DiscoveredFeed(string Url, string? Title, string? Type, FeedOrigin Origin);

/// <summary>How a feed's address was found.</summary>
public enum FeedOrigin
{
    /// <summary>The page declares it with <c>link rel=alternate</c>.</summary>
    Link,

    /// <summary>An anchor on the page looks like a feed.</summary>
    Anchor,

    /// <summary>A customary path that the page does not mention; it may not exist.</summary>
    Guess,
}
