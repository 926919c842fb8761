namespace TextEngine.WatchTerms;

/// <summary>A query as a tree. Leaves are atoms of the set or tests of the article's source and language.</summary>
abstract record QueryNode
{
    /// <summary>A word, phrase or pattern; in the title only, where the query says so.</summary>
    public sealed record Leaf(int Atom, bool TitleOnly) : QueryNode;

    /// <summary>All of them.</summary>
    public sealed record All(QueryNode[] Parts) : QueryNode;

    /// <summary>Any of them.</summary>
    public sealed record Any(QueryNode[] Parts) : QueryNode;

    /// <summary>Not this.</summary>
    public sealed record Not(QueryNode Part) : QueryNode;

    /// <summary>All of them in one field, no more than so many words apart, in any order.</summary>
    public sealed record Near(QueryNode[] Parts, int Distance) : QueryNode;

    /// <summary>The article's source has these folded words in its name.</summary>
    public sealed record Source(string Folded) : QueryNode;

    /// <summary>The article's language is this one or a variety of it.</summary>
    public sealed record Language(string Tag) : QueryNode;
}
