namespace TextEngine.WatchTerms;

/// <summary>
/// What a slip of the pen leaves of a word, as bits: its first two letters or its last two, since one edit cannot change both, and for words
/// so short that it can, what else it leaves. A word and what it may be misspelt as (see <see cref="Edits"/>) share a bit, and so do a word
/// and itself; most other words do not. A few outlines together say of many words at once that none of them stands here.
/// </summary>
readonly record struct Outline(ulong Bits)
{
    /// <summary>Bits that no outline has, for whoever keeps outlines in little room.</summary>
    public const int Size = 60;

    public static readonly Outline Everything = new((1UL << Size) - 1);

    public static Outline Of(ReadOnlySpan<char> word)
    {
        var bits = EndOf(word).Bits;
        if (word.Length > 1)
        {
            bits |= Bit(word[0], word[1], 1);
        }

        // Two letters in the middle swapped, or the middle one of three with other dots.
        bits |= word.Length switch
        {
            3 => Bit(word[0], word[2], 3) | Bit((char)(word[0] + word[1] + word[2]), '\0', 5),
            4 => Bit((char)(word[0] + word[1] + word[2] + word[3]), '\0', 7),
            _ => 0,
        };
        return new(bits);
    }

    /// <summary>The last two letters alone.</summary>
    public static Outline EndOf(ReadOnlySpan<char> word) =>
        new(word.Length switch { 0 => 0, 1 => Bit('\0', word[0], 0), _ => Bit(word[^2], word[^1], 0) });

    /// <summary>False when none of the words that this was made of can be meant by the other's.</summary>
    public bool Meets(Outline other) => (Bits & other.Bits) != 0;

    public static Outline operator |(Outline a, Outline b) => new(a.Bits | b.Bits);

    static ulong Bit(char a, char b, uint kind) => 1UL << (int)((ulong)(((uint)b << 16 | a) * 0x9E3779B1u + kind * 0x85EBCA6Bu >> 8) * Size >> 24);
}
