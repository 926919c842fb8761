namespace FeedParser;

/// <summary>Collects what was mended: each kind once, with its first line and how often; the number of kinds is bounded.</summary>
sealed class Problems
{
    // Messages that quote the input would otherwise grow with it.
    const int MostKinds = 64;

    readonly Dictionary<string, (int Line, int Count)> seen = [];

    public void Add(string message, int line = 0)
    {
        if (seen.TryGetValue(message, out var known))
        {
            seen[message] = known with { Count = known.Count + 1 };
        }
        else if (seen.Count < MostKinds)
        {
            seen[message] = (line, 1);
        }
    }

    /// <summary>Whether the message is a new one that there is room for; only then is its line worth counting.</summary>
    public bool Wants(string message) => seen.Count < MostKinds && !seen.ContainsKey(message);

    public IReadOnlyList<FeedProblem> ToList() =>
        seen.Count == 0 ? [] : [.. seen.Select(p => new FeedProblem(p.Key, p.Value.Line, p.Value.Count)).OrderBy(p => p.Line)];
}
