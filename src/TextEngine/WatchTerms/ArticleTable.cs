namespace TextEngine.WatchTerms;

/// <summary>
/// What one article has, by number (of an atom, of a watch): a table no larger than the article needs, so that it stays near the
/// processor however many numbers there are. Clearing it costs nothing, and it allocates only for an article larger than any before.
/// </summary>
sealed class ArticleTable
{
    const int Smallest = 7;

    // A slot counts only when it has the current stamp; slots from 1 << bits on are not in use. At most half of those in use are taken.
    Slot[] slots = new Slot[1 << Smallest];
    Entry[] entries = new Entry[1 << (Smallest - 1)];
    int bits = Smallest;
    int stamp = 1;

    struct Slot
    {
        public int Stamp;
        public int Entry;
    }

    public struct Entry
    {
        public int Key;
        public int First;
        public int Last;
    }

    public int Count { get; private set; }

    /// <summary>The entries in the order in which they were added.</summary>
    public ReadOnlySpan<Entry> Entries => entries.AsSpan(0, Count);

    public void Clear()
    {
        Count = 0;
        bits = Smallest;
        Restamp();
    }

    /// <summary>The number's entry, or one whose First is -1 where it has none.</summary>
    public Entry Find(int key)
    {
        for (var at = Home(key); slots[at].Stamp == stamp; at = (at + 1) & ((1 << bits) - 1))
        {
            if (entries[slots[at].Entry].Key == key)
            {
                return entries[slots[at].Entry];
            }
        }

        return new Entry { Key = key, First = -1, Last = -1 };
    }

    public bool Contains(int key)
    {
        for (var at = Home(key); slots[at].Stamp == stamp; at = (at + 1) & ((1 << bits) - 1))
        {
            if (entries[slots[at].Entry].Key == key)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The number's entry; a new one has First and Last -1. It is good until the next call.</summary>
    public ref Entry Add(int key)
    {
        var at = Home(key);
        for (; slots[at].Stamp == stamp; at = (at + 1) & ((1 << bits) - 1))
        {
            if (entries[slots[at].Entry].Key == key)
            {
                return ref entries[slots[at].Entry];
            }
        }

        if (Count == 1 << (bits - 1))
        {
            Grow();
            return ref Add(key);
        }

        slots[at] = new Slot { Stamp = stamp, Entry = Count };
        entries[Count] = new Entry { Key = key, First = -1, Last = -1 };
        return ref entries[Count++];
    }

    void Grow()
    {
        bits++;
        if (slots.Length < 1 << bits)
        {
            slots = new Slot[1 << bits];
            Array.Resize(ref entries, 1 << (bits - 1));
        }

        Restamp();
        for (var entry = 0; entry < Count; entry++)
        {
            var at = Home(entries[entry].Key);
            while (slots[at].Stamp == stamp)
            {
                at = (at + 1) & ((1 << bits) - 1);
            }

            slots[at] = new Slot { Stamp = stamp, Entry = entry };
        }
    }

    void Restamp()
    {
        if (++stamp == int.MaxValue)
        {
            Array.Clear(slots);
            stamp = 1;
        }
    }

    int Home(int key) => (int)(((uint)key * 0x9E3779B1u) >> (32 - bits));
}
