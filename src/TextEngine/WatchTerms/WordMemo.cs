using System.Runtime.CompilerServices;
using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <summary>
/// Remembers what a word as written may stand for, since news repeats its words: most of them are looked up once and then only here.
/// A word has one slot, by its hash, and the last one that came there stays. It starts small and grows with what is asked of it.
/// </summary>
sealed class WordMemo
{
    const int Smallest = 8, Largest = 16;

    Slot[] slots = new Slot[1 << Smallest];
    int shift = 64 - Smallest;
    int replaced;

    /// <summary>One word; sixty-four bytes, as much as memory is fetched by.</summary>
    public readonly struct Slot
    {
        const ulong Name = 1UL << Outline.Size, Passed = 2UL << Outline.Size;
        const int CountShift = Outline.Size + 2;

        public readonly Spelling Spelling;
        readonly ulong rest;
        public readonly FewForms Forms;

        public Slot(in Spelling spelling, in WordPlace place, ReadOnlySpan<Candidate> forms)
        {
            Spelling = spelling;
            rest = place.Outline.Bits | (place.MayBeName ? Name : 0) | (place.MayBePassed ? Passed : 0) | ((ulong)forms.Length << CountShift);
            forms.CopyTo(Forms);
        }

        public int Count => (int)(rest >> CountShift);

        public void Recall(ref WordPlace place)
        {
            place.Outline = new(rest & Outline.Everything.Bits);
            place.MayBeName = (rest & Name) != 0;
            place.MayBePassed = (rest & Passed) != 0;
        }
    }

    /// <summary>Up to three forms.</summary>
    [InlineArray(Most)]
    public struct FewForms
    {
        public const int Most = 3;
        Candidate first;
    }

    /// <summary>The slot of a word; whether it is the word's own, its <see cref="Slot.Spelling"/> says. Good until the next word is kept.</summary>
    public int SlotOf(ulong hash) => (int)(WordHash.Spread(hash) >> shift);

    public ref readonly Slot this[int slot] => ref slots[slot];

    /// <summary>Has the processor fetch a slot.</summary>
    public void Fetch(int slot) => Memory.Fetch(ref slots[slot]);

    public void Keep(ulong hash, in Spelling spelling, in WordPlace place, ReadOnlySpan<Candidate> of)
    {
        // Words that stand for more are not remembered.
        if (of.Length > FewForms.Most)
        {
            return;
        }

        if (++replaced > 2 * slots.Length && shift > 64 - Largest)
        {
            shift--;
            replaced = 0;
            slots = new Slot[slots.Length * 2];
        }

        slots[SlotOf(hash)] = new(spelling, place, of);
    }
}
