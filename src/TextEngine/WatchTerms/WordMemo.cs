using System.Runtime.CompilerServices;
using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <summary>
/// Remembers what a word as written may stand for, since news repeats its words: most of them are looked up once and then only here.
/// A word has one slot, by its hash, and the last one that came there stays. It starts small and grows with what is asked of it.
/// </summary>
sealed class WordMemo
{
    const int Smallest = 8, Largest = 15;

    Slot[] slots = new Slot[1 << Smallest];
    int shift = 64 - Smallest;
    int replaced;

    /// <summary>One word; sixty-four bytes, as much as memory is fetched by.</summary>
    public struct Slot
    {
        public Spelling Spelling;
        ulong lettersAndName;
        public FewForms Forms;

        public LetterSet Letters
        {
            readonly get => new(lettersAndName & ~LetterSet.FreeBit);
            set => lettersAndName = value.Bits | (lettersAndName & LetterSet.FreeBit);
        }

        public bool MayBeName
        {
            readonly get => (lettersAndName & LetterSet.FreeBit) != 0;
            set => lettersAndName = Letters.Bits | (value ? LetterSet.FreeBit : 0);
        }
    }

    /// <summary>Up to three forms; what takes no word of the text is none.</summary>
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

        ref var slot = ref slots[SlotOf(hash)];
        slot.Spelling = spelling;
        slot.Letters = place.Letters;
        slot.MayBeName = place.MayBeName;
        slot.Forms = default;
        of.CopyTo(slot.Forms);
    }
}
