namespace TextEngine.WatchTerms;

/// <summary>One distinct thing that is searched for: a word or phrase as some term, context, not-phrase or query wrote it.</summary>
sealed class Atom
{
    public required string Text { get; init; }

    public required TermWord[] Words { get; init; }

    /// <summary>Scripts, as bits, that it is found in besides its own.</summary>
    public int Scripts { get; init; }

    /// <summary>True for a term of one word, which is weighed more carefully than a phrase.</summary>
    public bool IsSingleWord => Words.Length == 1 && !IsPattern;

    /// <summary>True when an article stands before the last word: فيلق القدس, Hashd al-Shaabi.</summary>
    public bool EndsDefinite { get; init; }

    /// <summary>True when the term's only word has a doubled alef or madda that many texts leave out, making another word of it.</summary>
    public bool IsMarked { get; init; }

    /// <summary>True when the only word, as given, is also an ordinary word: it then needs context where the watch has any.</summary>
    public bool IsOrdinary { get; init; }

    /// <summary>
    /// True for one Latin word that was given with its article as a word with a capital, as of a brand, and is no family's name on -i: Al
    /// Jazeera, of which Jazeera alone may be an airline and Al Jazira a club. An article in small letters or with a hyphen comes and goes:
    /// al-Assad, Assad.
    /// </summary>
    public bool IsArticleTelling { get; init; }

    /// <summary>For word~ and word*: the whole atom is a pattern and has no evidence to weigh.</summary>
    public bool IsPattern { get; init; }
}
