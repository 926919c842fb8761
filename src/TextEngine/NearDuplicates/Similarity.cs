namespace TextEngine.NearDuplicates;

/// <summary>How two articles stand to each other.</summary>
public enum SimilarityKind
{
    /// <summary>Nothing that matters is shared.</summary>
    None,

    /// <summary>
    /// Another account of the same matter, or a text that shares a passage: shown beside the story, never joined with it.
    /// </summary>
    Related,

    /// <summary>One text, however it was cut, extended or reworded.</summary>
    Copy,
}

/// <summary>What a comparison found.</summary>
/// <param name="Kind">The verdict.</param>
/// <param name="Value">
/// From 0 to 1. For a copy or for none: the share of the smaller text's shingles that stand in the other text (containment);
/// for related articles: the share of the smaller set of telling words that both use.
/// </param>
/// <param name="Jaccard">Shared shingles over all shingles of both texts, from 0 to 1.</param>
public readonly record struct Similarity(SimilarityKind Kind, double Value, double Jaccard);
