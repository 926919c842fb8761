using System.Numerics;

namespace TextEngine.WatchTerms;

/// <summary>
/// The letters of a word as 26 bits and its length as six: says at once of most words that they are more than one edit apart, without
/// looking at them.
/// </summary>
readonly record struct LetterSet(uint Bits)
{
    const int LengthShift = 26;

    public int Length => (int)(Bits >> LengthShift);

    public static LetterSet Of(ReadOnlySpan<char> word)
    {
        var bits = 0u;
        foreach (var letter in word)
        {
            bits |= 1u << ((letter * 0x9E5) % LengthShift);
        }

        return new LetterSet(bits | ((uint)Math.Min(word.Length, 63) << LengthShift));
    }

    /// <summary>False when more than one of this word's letters is missing from the other, or the other is far longer or shorter.</summary>
    public bool MayBeMisspelt(LetterSet written, int mostLonger) =>
        BitOperations.PopCount(Bits & ~written.Bits & ((1u << LengthShift) - 1)) <= 1
        && written.Length - Length <= mostLonger && Length - written.Length <= 1;
}
