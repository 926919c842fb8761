using System.Runtime.CompilerServices;

namespace TextEngine.WatchTerms;

/// <summary>
/// How a word sounds, whatever script it is written in: its consonants in order, and between each two the vowels that are written.
/// Scripts that leave short vowels out leave their slot empty. Long vowels are written twice (Qaani, قاآني, Каани).
/// </summary>
struct Sound
{
    public const int MostConsonants = 14;

    /// <summary>Vowels, four bits each, in a slot.</summary>
    public const byte A = 1, E = 2, I = 3, O = 4, U = 5, Any = 6;

    ConsonantBuffer consonants;
    SlotBuffer slots;

    public int Count { get; private set; }

    public Script Script { get; set; }

    /// <summary>True when the last letter was one that often stands for a final -a (ة, ه, ה), so that the last slot may be empty.</summary>
    public bool SoftEnd { get; set; }

    /// <summary>True when the last letter was ayn, for which other scripts write a vowel or nothing: الشرع is Sharaa, ربيع Rabi.</summary>
    public bool AynEnd { get; set; }

    /// <summary>Before which consonants an ayn is written, a bit each: the vowel beside it is heard, though it is not written.</summary>
    ushort ayns;

    public void AddAyn() => ayns |= (ushort)(1 << Count);

    public readonly bool HasAyn(int slot) => (ayns & (1 << slot)) != 0;

    /// <summary>True when a consonant is written twice, before which a vowel is short: Kenny, Canny.</summary>
    public bool HasDoubled { get; private set; }

    /// <summary>True when that is the first consonant, before which an article may stand: Ezzor.</summary>
    public bool StartsDoubled { get; private set; }

    /// <summary>True when the word has more consonants than are kept; it is not compared then.</summary>
    public bool TooLong { get; private set; }

    public readonly bool WritesShortVowels => Script is not (Script.Arabic or Script.Hebrew);

    public readonly Consonant this[int index] => consonants[index];

    /// <summary>The vowels before consonant i; those after the last one for i = Count.</summary>
    public readonly ushort Slot(int index) => slots[index];

    public void Add(Consonant consonant)
    {
        if (Count > 0 && slots[Count] == 0 && consonants[Count - 1] == consonant)
        {
            HasDoubled = true;
            StartsDoubled |= Count == 1;
            return;
        }

        if (Count == MostConsonants)
        {
            TooLong = true;
            return;
        }

        consonants[Count++] = consonant;
        slots[Count] = 0;
    }

    public void AddVowel(byte vowel)
    {
        if (slots[Count] < 0x1000)
        {
            slots[Count] = (ushort)((slots[Count] << 4) | vowel);
        }
    }

    /// <summary>The last vowel written since the last consonant, or 0.</summary>
    public readonly int LastVowel => slots[Count] & 15;

    /// <summary>The same word with every such consonant written as another; null when it has none.</summary>
    public readonly Sound? Replace(Consonant from, Consonant to)
    {
        var other = this;
        var found = false;
        for (var i = 0; i < Count; i++)
        {
            if (consonants[i] == from)
            {
                other.consonants[i] = to;
                found = true;
            }
        }

        return found ? other : null;
    }

    /// <summary>Words that may be one name have equal keys; the vowels and finer consonants are compared afterwards.</summary>
    public readonly uint Key()
    {
        var key = 2166136261u;
        for (var i = 0; i < Count; i++)
        {
            key = (key ^ Consonants.Class(consonants[i])) * 16777619u;
        }

        return key;
    }

    [InlineArray(MostConsonants)]
    struct ConsonantBuffer
    {
        Consonant first;
    }

    [InlineArray(MostConsonants + 1)]
    struct SlotBuffer
    {
        ushort first;
    }
}
