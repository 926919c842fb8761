using System.Runtime.CompilerServices;

namespace TextEngine.WatchTerms;

/// <summary>
/// Remembers what a word as written may stand for, since news repeats its words: most of them are looked up once and then only here.
/// A word has one slot, by its hash, and the last one that came there stays. It starts small and grows with what is asked of it.
/// </summary>
sealed class WordMemo
{
    const int Smallest = 8, Largest = 16;

    Slot[] slots = new Slot[1 << Smallest];
    int shift = 32 - Smallest;
    int replaced;
    int serial;

    /// <summary>The most forms that are remembered of a word; each takes one word of the text.</summary>
    public const int MostForms = 4;

    public struct Slot
    {
        public Spelling Spelling;
        public KnownWord Known;
        public Forms Forms;
    }

    [InlineArray(MostForms)]
    public struct Forms
    {
        Candidate first;
    }

    /// <summary>The slot of a word; whether it is the word's own, its <see cref="Slot.Spelling"/> says. Good until the next word is kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int SlotOf(in Spelling spelling) => (int)(spelling.Hash >> shift);

    public ref readonly Slot this[int slot] => ref slots[slot];

    /// <summary>Has the processor fetch a slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch(int slot) => Memory.Fetch(ref slots[slot]);

    /// <summary>Remembers a word, and gives it a serial number; unless it stands for too much.</summary>
    public void Keep(in Spelling spelling, ref KnownWord known, ReadOnlySpan<Candidate> of)
    {
        if (of.Length > MostForms)
        {
            return;
        }

        if (++replaced > 2 * slots.Length && shift > 32 - Largest)
        {
            shift--;
            replaced = 0;
            slots = new Slot[slots.Length * 2];
            Memory.PreferLargePages(slots);
        }

        known.Serial = serial < int.MaxValue ? ++serial : 0;
        ref var slot = ref slots[SlotOf(spelling)];
        slot.Spelling = spelling;
        slot.Known = known;
        of.CopyTo(slot.Forms);
    }
}
