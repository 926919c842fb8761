namespace TextEngine.WatchTerms;

/// <summary>Thrown when watches cannot be compiled; nothing of the set is used then.</summary>
public sealed class WatchDefinitionException : Exception
{
    /// <summary>Makes the exception out of everything that was found.</summary>
    public WatchDefinitionException(IReadOnlyList<WatchProblem> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    /// <summary>Every problem of every watch, in the order of the definitions.</summary>
    public IReadOnlyList<WatchProblem> Problems { get; }
}
