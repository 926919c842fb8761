namespace TextEngine.WatchTerms;

/// <summary>What the walk asks of a word of the text.</summary>
struct WordPlace
{
    public KnownWord Known;

    /// <summary>Its forms lie side by side from the first on to the end; those behind its own take more words than it.</summary>
    public int FirstForm;
    public int EndOfForms;

    /// <summary>Where it is remembered; see <see cref="WordMemo"/>.</summary>
    public int Slot;

    /// <summary>Whether a phrase may go on from it to the next word, and whether the word before may be a misspelt first word.</summary>
    public bool GoesOn, ComesAfter;

    /// <summary>Whether some phrase led from the word before to this one, or might have.</summary>
    public bool Led;

    /// <summary>This word and the one before, if that is to be remembered; else 0.</summary>
    public long Pair;

    public readonly bool HasOtherForms => EndOfForms - FirstForm != Known.FormCount;
}
