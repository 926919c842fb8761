using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <summary>
/// Remembers pairs of words, by their serial numbers, from the first of which no phrase leads to the second: news repeats its pairs too. A pair
/// has one slot, and the last one that came there stays.
/// </summary>
sealed class PairMemo
{
    const int Bits = 14;
    readonly long[] slots = new long[1 << Bits];

    /// <summary>A pair of words that have serial numbers; never 0.</summary>
    public static long PairOf(int first, int second) => ((long)first << 32) | (uint)second;

    public bool Has(long pair) => slots[SlotOf(pair)] == pair;

    public void Keep(long pair) => slots[SlotOf(pair)] = pair;

    static int SlotOf(long pair) => (int)(WordHash.Spread((ulong)pair) >> (64 - Bits));
}
