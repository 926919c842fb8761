using System.Net;

namespace NewsMonitor.Feeds;

/// <summary>How much a failure says about the feed itself.</summary>
public enum FailureKind
{
    /// <summary>The moment's trouble: no connection, no answer in time, half an answer, 429, 502 to 504.</summary>
    Temporary,

    /// <summary>Likely to be mended by the publisher: something that is no feed, 500, a bad certificate, a body over the bound.</summary>
    Soft,

    /// <summary>Will not mend itself: 401, 403, 404, an address that may not be reached.</summary>
    Hard,
}

/// <summary>What one look at one feed's address brought.</summary>
public abstract record FetchOutcome
{
    public HttpStatusCode? Status { get; init; }

    /// <summary>Where the answer came from, after redirects.</summary>
    public Uri? FinalUri { get; init; }

    /// <summary>Where a permanent redirect (301, 308) leads; adopted once seen to hold on several days.</summary>
    public Uri? MovedTo { get; init; }

    public Caching Caching { get; init; } = Caching.None;

    public sealed record NotModified : FetchOutcome;

    /// <param name="Bytes">The body, decompressed.</param>
    /// <param name="ContentType">As sent, for the parser to find the encoding.</param>
    public sealed record Content(byte[] Bytes, string? ContentType) : FetchOutcome;

    /// <summary>410: the publisher says that the feed has ended.</summary>
    public sealed record Gone : FetchOutcome;

    /// <param name="Kind">How it weighs.</param>
    /// <param name="Message">A sentence for the person who runs the service.</param>
    /// <param name="IsNetwork">No answer at all, which may be the fault of the service's own network.</param>
    public sealed record Failed(FailureKind Kind, string Message, bool IsNetwork = false) : FetchOutcome
    {
        /// <summary>The whole host asks to be left alone (429, 503), for so long.</summary>
        public TimeSpan? HostWait { get; init; }

        /// <summary>What kind of failure it was, where that is known.</summary>
        public FeedFault? Fault { get; init; }
    }
}

/// <summary>What the headers say about this representation and for how long it stays as it is.</summary>
/// <param name="Freshness">max-age less Age, or Expires less Date (RFC 9111, 4.2.1); null where nothing is said or no-cache is.</param>
public sealed record Caching(string? Etag, string? LastModified, TimeSpan? Freshness)
{
    public static readonly Caching None = new(null, null, null);
}
