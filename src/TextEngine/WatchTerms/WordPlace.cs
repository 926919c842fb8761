namespace TextEngine.WatchTerms;

/// <summary>What the walk asks of a word of the text.</summary>
struct WordPlace
{
    /// <summary>Its forms lie side by side from the first on to the end.</summary>
    public int FirstForm;
    public int EndOfForms;

    /// <summary>What it may be, alone or as one with what stands before or after it.</summary>
    public Outline Outline;

    /// <summary>Where it is remembered; see <see cref="WordMemo"/>.</summary>
    public int Slot;

    /// <summary>Whether it may be one of several names of a person, so that a name may run through it.</summary>
    public bool MayBeName;

    /// <summary>Whether it may stand between two words of a phrase that go on after it, or say that the next one may.</summary>
    public bool MayBePassed;
}
