using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <summary>
/// Every word that some term uses, folded and without its article: word to entry number by one probe. A bit filter in front answers
/// for most words of a text from a few cache lines, so the table itself is touched almost only by words that are in it.
/// </summary>
sealed class Vocabulary
{
    Slot[] slots = [];
    ulong[] filter = [];
    int shift;
    int filterShift;
    char[] letters = [];
    int[] starts = [];

    // An empty slot has no length.
    readonly record struct Slot(uint Check, int Entry, int Start, int Length);

    public int Count { get; private set; }

    public ReadOnlySpan<char> this[int entry] => letters.AsSpan(starts[entry], starts[entry + 1] - starts[entry]);

    public static Vocabulary Of(IReadOnlyList<string> words)
    {
        var vocabulary = new Vocabulary { Count = words.Count, letters = new char[words.Sum(w => w.Length)], starts = new int[words.Count + 1] };
        var bits = 4;
        while (1L << bits < words.Count * 2L + 2)
        {
            bits++;
        }

        vocabulary.slots = new Slot[1 << bits];
        vocabulary.shift = 64 - bits;
        vocabulary.filter = new ulong[Math.Max(1, (1 << (bits + 3)) / 64)];
        vocabulary.filterShift = 64 - bits - 3;
        for (var entry = 0; entry < words.Count; entry++)
        {
            words[entry].CopyTo(vocabulary.letters.AsSpan(vocabulary.starts[entry]));
            vocabulary.starts[entry + 1] = vocabulary.starts[entry] + words[entry].Length;
            vocabulary.Insert(WordHash.Spread(WordHash.Of(words[entry])), entry);
        }

        Memory.PreferLargePages(vocabulary.slots);
        Memory.PreferLargePages(vocabulary.letters);
        return vocabulary;
    }

    /// <summary>The entry of a word, or -1.</summary>
    public int Find(ulong hash, ReadOnlySpan<char> word)
    {
        var spread = WordHash.Spread(hash);
        if (!MayHave(spread))
        {
            return -1;
        }

        for (var at = (int)(spread >> shift); ; at = (at + 1) & (slots.Length - 1))
        {
            ref readonly var slot = ref slots[at];
            if (slot.Length == 0)
            {
                return -1;
            }

            if (slot.Check == (uint)spread && word.SequenceEqual(letters.AsSpan(slot.Start, slot.Length)))
            {
                return slot.Entry;
            }
        }
    }

    /// <summary>Has the processor fetch where a word stands, if it may be there.</summary>
    public void Fetch(ulong hash)
    {
        var spread = WordHash.Spread(hash);
        if (MayHave(spread))
        {
            Memory.Fetch(ref slots[spread >> shift]);
        }
    }

    bool MayHave(ulong spread)
    {
        var bit = (int)(spread >> filterShift);
        return (filter[bit >> 6] & (1UL << (bit & 63))) != 0;
    }

    void Insert(ulong spread, int entry)
    {
        var bit = (int)(spread >> filterShift);
        filter[bit >> 6] |= 1UL << (bit & 63);
        var at = (int)(spread >> shift);
        while (slots[at].Length != 0)
        {
            at = (at + 1) & (slots.Length - 1);
        }

        slots[at] = new Slot((uint)spread, entry, starts[entry], starts[entry + 1] - starts[entry]);
    }
}
