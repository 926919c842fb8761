namespace FeedParser;

/// <summary>The format and version that a document was read as.</summary>
public enum FeedFormat
{
    /// <summary>No feed format was recognised.</summary>
    Unknown,

    /// <summary>RSS 0.90 (Netscape, RDF; rssboard.org/rss-0-9-0).</summary>
    Rss090,

    /// <summary>RSS 0.91, Netscape's and UserLand's alike (rssboard.org/rss-0-9-1-netscape, rss-0-9-1).</summary>
    Rss091,

    /// <summary>RSS 0.92 (UserLand; rssboard.org/rss-0-9-2).</summary>
    Rss092,

    /// <summary>RSS 0.93 (UserLand).</summary>
    Rss093,

    /// <summary>RSS 0.94 (UserLand).</summary>
    Rss094,

    /// <summary>RSS 1.0 (RDF Site Summary; web.resource.org/rss/1.0/spec).</summary>
    Rss10,

    /// <summary>RSS 2.0 (rssboard.org/rss-specification), and RSS that names no version.</summary>
    Rss20,

    /// <summary>Atom 0.3 (draft-nottingham-atom-format-02) and its earlier drafts.</summary>
    Atom03,

    /// <summary>Atom 1.0 (RFC 4287).</summary>
    Atom10,

    /// <summary>Channel Definition Format (W3C NOTE-CDFsubmit).</summary>
    Cdf,

    /// <summary>JSON Feed 1.0 (jsonfeed.org/version/1).</summary>
    Json10,

    /// <summary>JSON Feed 1.1 (jsonfeed.org/version/1.1).</summary>
    Json11,
}

/// <summary>The names under which formats are written outside of .NET.</summary>
public static class FeedFormatNames
{
    /// <summary>The format's name, such as <c>rss-2.0</c>, <c>atom-1.0</c> or <c>json-1.1</c>.</summary>
    public static string ToName(this FeedFormat format) => format switch
    {
        FeedFormat.Rss090 => "rss-0.90",
        FeedFormat.Rss091 => "rss-0.91",
        FeedFormat.Rss092 => "rss-0.92",
        FeedFormat.Rss093 => "rss-0.93",
        FeedFormat.Rss094 => "rss-0.94",
        FeedFormat.Rss10 => "rss-1.0",
        FeedFormat.Rss20 => "rss-2.0",
        FeedFormat.Atom03 => "atom-0.3",
        FeedFormat.Atom10 => "atom-1.0",
        FeedFormat.Cdf => "cdf",
        FeedFormat.Json10 => "json-1.0",
        FeedFormat.Json11 => "json-1.1",
        _ => "unknown",
    };
}
