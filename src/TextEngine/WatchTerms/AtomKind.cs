namespace TextEngine.WatchTerms;

/// <summary>How an atom's text is to be taken.</summary>
enum AtomKind
{
    /// <summary>A word or phrase with all its spellings.</summary>
    Term,

    /// <summary>word*.</summary>
    Prefix,

    /// <summary>word~.</summary>
    Fuzzy,

    /// <summary>=word.</summary>
    Exact,
}
