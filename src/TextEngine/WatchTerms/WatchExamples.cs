namespace TextEngine.WatchTerms;

/// <summary>Texts that show what a watch means.</summary>
/// <param name="Match">Texts on which the watch must fire.</param>
/// <param name="NoMatch">Texts on which it must not.</param>
public sealed record WatchExamples(IReadOnlyList<string> Match, IReadOnlyList<string> NoMatch)
{
    /// <summary>No examples.</summary>
    public static WatchExamples None { get; } = new([], []);
}
