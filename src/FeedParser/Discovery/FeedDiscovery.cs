namespace FeedParser;

/// <summary>Finds the feeds that an HTML page offers; it reads the page only and fetches nothing.</summary>
public static class FeedDiscovery
{
    /// <summary>The feeds of a page: declared ones first, then anchors that look like feeds, then customary paths as guesses.</summary>
    /// <param name="html">The page.</param>
    /// <param name="page">The page's address.</param>
    public static IReadOnlyList<DiscoveredFeed> Find(string html, Uri page) => [];
}
