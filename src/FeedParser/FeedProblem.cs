namespace FeedParser;

/// <summary>Something malformed that was mended or left out.</summary>
/// <param name="Message">What was wrong and what was done about it.</param>
/// <param name="Line">The first line where it was seen, from 1; 0 where a line makes no sense.</param>
/// <param name="Count">How often it was seen.</param>
public sealed record FeedProblem(string Message, int Line, int Count)
{
    /// <summary>The problem on one line, with where and how often.</summary>
    public override string ToString() => (Line, Count) switch
    {
        (0, 1) => Message,
        (0, _) => $"{Message} ({Count} times)",
        (_, 1) => $"line {Line}: {Message}",
        _ => $"line {Line}: {Message} ({Count} times)",
    };
}
