namespace TextEngine.WatchTerms;

/// <summary>
/// Remembers what a word as written may stand for, since news repeats its words: most of them are looked up once and then only here.
/// A word has one slot, and the last one that came there stays. It starts small and grows with what is asked of it.
/// </summary>
sealed class WordMemo
{
    /// <summary>Words that stand for more than this are not remembered.</summary>
    public const int MostForms = 4;

    const int Smallest = 8, Largest = 13;

    // Slot s has the forms from s * MostForms on.
    Slot[] slots = new Slot[1 << Smallest];
    Form[] forms = new Form[MostForms << Smallest];
    int shift = 64 - Smallest;
    int replaced;

    public struct Slot
    {
        public Spelling Spelling;
        public LetterSet Letters;
        public bool MayBeParticle;
        public byte FormCount;
    }

    /// <summary>The slot of a spelling; whether it is the spelling's own, its <see cref="Slot.Spelling"/> says.</summary>
    public int SlotOf(in Spelling spelling) => (int)(spelling.Hash() >> shift);

    public ref readonly Slot this[int slot] => ref slots[slot];

    public ReadOnlySpan<Form> FormsOf(int slot) => forms.AsSpan(slot * MostForms, slots[slot].FormCount);

    public void Keep(in Spelling spelling, in WordPlace place, ReadOnlySpan<Form> of)
    {
        if (of.Length > MostForms)
        {
            return;
        }

        if (++replaced > 2 * slots.Length && shift > 64 - Largest)
        {
            shift--;
            replaced = 0;
            slots = new Slot[slots.Length * 2];
            forms = new Form[forms.Length * 2];
        }

        var slot = SlotOf(spelling);
        slots[slot] = new Slot
        {
            Spelling = spelling, Letters = place.Letters, MayBeParticle = place.MayBeParticle, FormCount = (byte)of.Length,
        };
        of.CopyTo(forms.AsSpan(slot * MostForms));
    }
}
