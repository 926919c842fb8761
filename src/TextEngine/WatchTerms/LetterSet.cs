using System.Numerics;

namespace TextEngine.WatchTerms;

/// <summary>
/// The letters of a word as 57 bits and its length as six: says at once of most words that they are more than one edit apart, without
/// looking at them. Letters of one alphabet have bits of their own.
/// </summary>
readonly record struct LetterSet(ulong Bits)
{
    const int Letters = 57, LengthShift = 58;

    public int Length => (int)(Bits >> LengthShift);

    public static LetterSet Of(ReadOnlySpan<char> word)
    {
        var bits = 0UL;
        foreach (var letter in word)
        {
            bits |= 1UL << (letter % Letters);
        }

        return new LetterSet(bits | ((ulong)Math.Min(word.Length, 63) << LengthShift));
    }

    /// <summary>
    /// False when more than one of this word's letters is missing from the other, or the other has more letters of its own than one and
    /// what it is longer by, proclitics that is, or is far longer or shorter.
    /// </summary>
    public bool MayBeMisspelt(LetterSet written, int mostLonger)
    {
        const ulong letters = (1UL << Letters) - 1;
        var longer = written.Length - Length;
        return BitOperations.PopCount(Bits & ~written.Bits & letters) <= 1 && BitOperations.PopCount(written.Bits & ~Bits & letters) <= 1 + longer
            && longer <= mostLonger;
    }
}
