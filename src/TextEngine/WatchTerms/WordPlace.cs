namespace TextEngine.WatchTerms;

/// <summary>What the walk asks of a word of the text: its forms are those from here to the next word's.</summary>
struct WordPlace
{
    public int FirstForm;

    /// <summary>Its letters; empty where the word is too long to be a misspelt one.</summary>
    public LetterSet Letters;

    /// <summary>Whether a phrase may run through it although the term does not have it, given what follows.</summary>
    public bool MayBeParticle;
}
