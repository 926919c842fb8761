namespace TextEngine.WatchTerms;

/// <summary>What the walk asks of a word of the text.</summary>
struct WordPlace
{
    /// <summary>Its forms lie side by side from the first on to the end.</summary>
    public int FirstForm;
    public int EndOfForms;

    /// <summary>Its letters; empty where the word is too long to be a misspelt one.</summary>
    public LetterSet Letters;

    /// <summary>Where it is remembered; see <see cref="WordMemo"/>.</summary>
    public int Slot;

    /// <summary>Whether it may be one of several names of a person, so that a name may run through it.</summary>
    public bool MayBeName;
}
