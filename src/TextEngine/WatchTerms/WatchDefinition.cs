namespace TextEngine.WatchTerms;

/// <summary>What a user watches for: terms, a query, or both, as they wrote them.</summary>
public sealed record WatchDefinition
{
    /// <summary>The watch's id, unique in its set.</summary>
    public required string Id { get; init; }

    /// <summary>The name shown to people.</summary>
    public string Name { get; init; } = "";

    /// <summary>Words and phrases; any of them raises the watch.</summary>
    public IReadOnlyList<string> Terms { get; init; } = [];

    /// <summary>Words and phrases of which one must stand in the same article where only a weak spelling was found.</summary>
    public IReadOnlyList<string> Context { get; init; } = [];

    /// <summary>Phrases that cancel a hit they cover.</summary>
    public IReadOnlyList<string> Not { get; init; } = [];

    /// <summary>A boolean query, or null. See the library's README for the language.</summary>
    public string? Query { get; init; }

    /// <summary>Texts that must and must not match; checked at every compilation.</summary>
    public WatchExamples Examples { get; init; } = WatchExamples.None;

    /// <summary>Whether the terms are also found in scripts they were not written in.</summary>
    public bool CrossScript { get; init; } = true;
}
