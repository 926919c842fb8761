namespace TextEngine.WatchTerms;

/// <summary>How a searched word is to be taken.</summary>
public enum SearchWordKind
{
    /// <summary>A word or phrase with its spellings.</summary>
    Term,

    /// <summary>word*.</summary>
    Prefix,

    /// <summary>word~.</summary>
    Fuzzy,

    /// <summary>=word.</summary>
    Exact,
}

/// <summary>A query as a tree, for those who look its words up in an index of their own before they match.</summary>
public abstract record SearchNode
{
    /// <summary>A word, phrase or pattern.</summary>
    /// <param name="Text">As written, without quotation marks and signs.</param>
    /// <param name="Kind">How it is to be taken.</param>
    /// <param name="TitleOnly">Whether it must stand in the title.</param>
    /// <param name="Folded">Its words as <see cref="IndexWords"/> writes them, without the Arabic article.</param>
    public sealed record Words(string Text, SearchWordKind Kind, bool TitleOnly, IReadOnlyList<string> Folded) : SearchNode;

    /// <summary>All of them.</summary>
    public sealed record All(IReadOnlyList<SearchNode> Parts) : SearchNode;

    /// <summary>Any of them.</summary>
    public sealed record Any(IReadOnlyList<SearchNode> Parts) : SearchNode;

    /// <summary>Not this.</summary>
    public sealed record Not(SearchNode Part) : SearchNode;

    /// <summary>All of them, no more than <paramref name="Distance"/> words apart, in any order.</summary>
    public sealed record Near(IReadOnlyList<SearchNode> Parts, int Distance) : SearchNode;

    /// <summary>The source has these words in its name.</summary>
    public sealed record Source(string Folded) : SearchNode;

    /// <summary>The language is this one or a variety of it.</summary>
    public sealed record Language(string Tag) : SearchNode;
}
