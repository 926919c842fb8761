namespace TextEngine.WatchTerms;

/// <summary>A watch whose words are atoms of the set.</summary>
sealed class CompiledWatch
{
    public required string Id { get; init; }

    public required int[] Terms { get; init; }

    public required int[] Context { get; init; }

    public required int[] Not { get; init; }

    public required QueryNode? Query { get; init; }

    /// <summary>Whether nothing but its terms decides.</summary>
    public bool HasTermsOnly => Context.Length + Not.Length == 0 && Query is null;
}
