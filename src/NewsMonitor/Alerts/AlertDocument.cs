using NewsMonitor.Watches;

namespace NewsMonitor.Alerts;

/// <summary>An alert as the outside sees it: one shape for API, event stream, webhook, email and page.</summary>
public record AlertDocument
{
    public required long Id { get; init; }
    public required WatchRef Watch { get; init; }
    public AlertStatus Status { get; init; }
    public string Title { get; init; } = "";
    public string? Url { get; init; }
    public string? Source { get; init; }

    /// <summary>BCP 47 tag of the article, such as <c>ar</c>; null where nothing says.</summary>
    public string? Language { get; init; }
    public DateTimeOffset? PublishedAt { get; init; }
    public DateTimeOffset RaisedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public string? Assignee { get; init; }
    public required StoryRef Story { get; init; }
    public Excerpt Excerpt { get; init; } = Excerpt.Empty;
    public IReadOnlyList<Hit> Hits { get; init; } = [];

    /// <summary>Whether it was raised on request for an article that was in the archive already, not for something new.</summary>
    public bool FromArchive { get; init; }
}

public sealed record WatchRef(string Id, string Name, Severity Severity);

/// <param name="ArticleCount">Copies seen so far, the first one included.</param>
/// <param name="SourceCount">Different sources among them.</param>
public sealed record StoryRef(long Id, int ArticleCount, int SourceCount);
