namespace FeedParser;

/// <summary>The outcome of reading a document: a feed, or the reason why it is none.</summary>
public sealed class FeedResult
{
    FeedResult(Feed? feed, string? error)
    {
        Feed = feed;
        Error = error;
    }

    /// <summary>The feed, when <see cref="Error"/> is null.</summary>
    public Feed? Feed { get; }

    /// <summary>Why the document is no feed, in one sentence; null when it is one.</summary>
    public string? Error { get; }

    internal static FeedResult Of(Feed feed) => new(feed, null);

    internal static FeedResult Fail(string error) => new(null, error);
}
