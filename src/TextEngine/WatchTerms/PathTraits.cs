namespace TextEngine.WatchTerms;

/// <summary>What is special about one of the ways in which a term was laid into the trie.</summary>
[Flags]
enum PathTraits : byte
{
    None = 0,

    /// <summary>The words stand in the other order, as a translation puts them (فيلق القدس, Quds Force).</summary>
    Reversed = 1,

    /// <summary>Two words of the term stand as one, or one as two.</summary>
    Fused = 2,

    /// <summary>The term itself has a comma between its words.</summary>
    Comma = 4,

    /// <summary>The name that another language has for the same organisation.</summary>
    OtherName = 8,
}
