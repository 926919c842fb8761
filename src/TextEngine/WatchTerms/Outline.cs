using System.Runtime.Intrinsics;

namespace TextEngine.WatchTerms;

/// <summary>
/// What a slip of the pen leaves of a word, as bits: its first two letters or its last two, since one edit cannot change both, and for words
/// so short that it can, what else it leaves. A word and what it may be misspelt as (see <see cref="Edits"/>) share a bit, and so do a word
/// and itself; most other words do not. A few outlines together say of many words at once that none of them stands here.
/// </summary>
readonly struct Outline
{
    // What words start with, and what they end with.
    readonly Vector128<ulong> bits;

    Outline(ulong starts, ulong ends) => bits = Vector128.Create(starts, ends);

    Outline(Vector128<ulong> bits) => this.bits = bits;

    public bool IsEmpty => bits == Vector128<ulong>.Zero;

    public static Outline Of(ReadOnlySpan<char> word)
    {
        var starts = word.Length > 1 ? Bit(word[0], word[1], 1) : 0;

        // Two letters in the middle swapped, or the middle one of three with other dots.
        starts |= word.Length switch
        {
            3 => Bit(word[0], word[2], 3) | Bit((char)(word[0] + word[1] + word[2]), '\0', 5),
            4 => Bit((char)(word[0] + word[1] + word[2] + word[3]), '\0', 7),
            _ => 0,
        };
        return new(starts, End(word));
    }

    /// <summary>The last two letters alone.</summary>
    public static Outline EndOf(ReadOnlySpan<char> word) => new(0, End(word));

    /// <summary>False when none of the words that this was made of can be meant by the other's.</summary>
    public bool Meets(in Outline other) => (bits & other.bits) != Vector128<ulong>.Zero;

    public static Outline operator |(in Outline a, in Outline b) => new(a.bits | b.bits);

    static ulong End(ReadOnlySpan<char> word) => word.Length switch { 0 => 0, 1 => Bit('\0', word[0], 0), _ => Bit(word[^2], word[^1], 0) };

    static ulong Bit(char a, char b, uint kind) => 1UL << (int)((((uint)b << 16 | a) * 0x9E3779B1u + kind * 0x85EBCA6Bu) >> 26);
}
