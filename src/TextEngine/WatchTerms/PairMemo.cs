using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <summary>
/// Remembers pairs of words, by their serial numbers, from the first of which no phrase leads to the second: news repeats its pairs too. A pair
/// has one slot, and the last one that came there stays. It starts small and grows with what is kept in it, up to 128 kB.
/// </summary>
sealed class PairMemo
{
    const int Smallest = 8, Largest = 14;

    long[] slots = new long[1 << Smallest];
    int shift = 64 - Smallest;
    int kept;

    /// <summary>A pair of words that have serial numbers; never 0.</summary>
    public static long PairOf(int first, int second) => ((long)first << 32) | (uint)second;

    public bool Has(long pair) => slots[SlotOf(pair)] == pair;

    /// <summary>Has the processor fetch where a pair would be.</summary>
    public void Fetch(long pair) => Memory.Fetch(ref slots[SlotOf(pair)]);

    public void Keep(long pair)
    {
        if (++kept > 2 * slots.Length && shift > 64 - Largest)
        {
            shift--;
            kept = 0;
            slots = new long[slots.Length * 2];
        }

        slots[SlotOf(pair)] = pair;
    }

    int SlotOf(long pair) => (int)(WordHash.Spread((ulong)pair) >> shift);
}
