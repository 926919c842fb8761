namespace TextEngine.Normalisation;

/// <summary>One word of a text, as <see cref="WordReader"/> found it.</summary>
public readonly struct Word
{
    internal Word(int start, int end, int foldedStart, int foldedLength, ulong hash, WordGap gap)
    {
        Start = start;
        End = end;
        FoldedStart = foldedStart;
        FoldedLength = foldedLength;
        Hash = hash;
        Gap = gap;
    }

    /// <summary>Polynomial hash of the folded letters (see <see cref="WordHash"/>); equal words have equal hashes in every process.</summary>
    public ulong Hash { get; }

    /// <summary>Where the word starts in the original text, in UTF-16 units.</summary>
    public int Start { get; }

    /// <summary>Where the word ends in the original text (exclusive), combining marks of its last letter included.</summary>
    public int End { get; }

    /// <summary>Length in the original text, in UTF-16 units.</summary>
    public int Length => End - Start;

    /// <summary>Where the word's folded letters start in <see cref="WordReader.Letters"/>.</summary>
    public int FoldedStart { get; }

    /// <summary>How many folded letters the word has.</summary>
    public int FoldedLength { get; }

    /// <summary>What stands before the word.</summary>
    public WordGap Gap { get; }
}
