using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TextEngine.WatchTerms;

/// <summary>
/// Remembers what a word as written may stand for, since news repeats its words: most of them are looked up once and then only here.
/// By its hash, a word may be kept in one of four slots; when all are taken, one after another is given up. It starts small and grows with
/// what is asked of it.
/// </summary>
sealed class WordMemo
{
    const int Ways = 4, Smallest = 6, Largest = 14, MostOthers = 1 << 16;

    // Of each set of slots, sixteen bits of each word's hash, so that only the slot that a word may be in is read.
    ulong[] tags = new ulong[1 << Smallest];
    Slot[] slots = new Slot[Ways << Smallest];
    int shift = 64 - Smallest;
    int replaced;
    int serial;

    // The forms of words that have more than their slots have room for.
    readonly List<Candidate> others = [];

    /// <summary>The most forms that are remembered in a word's slot; each takes one word of the text.</summary>
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

    /// <summary>Where a word is, if anywhere; whether it is, the slot's <see cref="Slot.Spelling"/> says. Good until the next word is kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int SlotOf(in Spelling spelling)
    {
        var hash = Spread(spelling.Hash);
        var set = (int)(hash >> shift);
        return (set * Ways) + (WayOf(tags[set], hash) & (Ways - 1));
    }

    public ref readonly Slot this[int slot] => ref slots[slot];

    /// <summary>Has the processor fetch a slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch(int slot) => Memory.FetchAll(ref slots[slot]);

    /// <summary>The forms that a slot has no room for.</summary>
    public ReadOnlySpan<Candidate> OthersOf(in KnownWord known) =>
        CollectionsMarshal.AsSpan(others).Slice(known.OtherForms, known.FormCount - MostForms);

    /// <summary>Remembers a word, and gives it a serial number.</summary>
    public void Keep(in Spelling spelling, ref KnownWord known, ReadOnlySpan<Candidate> of)
    {
        if (++replaced > 2 * slots.Length && shift > 64 - Largest)
        {
            Forget(slots.Length * 2);
        }
        else if (others.Count > MostOthers)
        {
            Forget(slots.Length);
        }

        known.Serial = serial < int.MaxValue ? ++serial : 0;
        var hash = Spread(spelling.Hash);
        var set = (int)(hash >> shift);
        var way = WayOf(tags[set], hash);
        way = way < Ways ? way : replaced % Ways;
        tags[set] = (tags[set] & ~(0xFFFFUL << (16 * way))) | (TagOf(hash) << (16 * way));
        if (of.Length > MostForms)
        {
            known.OtherForms = others.Count;
            others.AddRange(of[MostForms..]);
        }

        ref var slot = ref slots[(set * Ways) + way];
        slot.Spelling = spelling;
        slot.Known = known;
        of[..Math.Min(of.Length, MostForms)].CopyTo(slot.Forms);
    }

    void Forget(int size)
    {
        if (size > slots.Length)
        {
            shift--;
        }

        replaced = 0;
        others.Clear();
        tags = new ulong[size / Ways];
        slots = new Slot[size];
        Memory.PreferLargePages(slots);
    }

    // The sets are numbered by the high bits, and the tags are the sixteen above the middle.
    static ulong Spread(uint hash) => hash * 0xFF51AFD7ED558CCDUL;

    static ulong TagOf(ulong hash) => (ushort)(hash >> 32);

    // The first of a set's four tags that is the word's; past the last one where none is.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int WayOf(ulong tags, ulong hash)
    {
        const ulong Ones = 0x0001_0001_0001_0001, Highs = 0x8000_8000_8000_8000;
        var differences = tags ^ (TagOf(hash) * Ones);
        return BitOperations.TrailingZeroCount((differences - Ones) & ~differences & Highs) / 16;
    }
}
