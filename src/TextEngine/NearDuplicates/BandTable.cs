using System.Runtime.Intrinsics.X86;

namespace TextEngine.NearDuplicates;

/// <summary>
/// Look-up key -> the articles that hold it, one for each story. A key held by more than <see cref="MaxStories"/> stories is background and
/// tells nothing apart: it is marked so, and its list is given up. Open addressing, one cache line a look-up.
/// </summary>
sealed class BandTable
{
    /// <summary>A key of more stories than this is background.</summary>
    public const int MaxStories = 32;

    const int Background = int.MinValue, SmallestList = 4;

    // A slot holds the key's upper half as a tag and, below, 0 (free), article + 1, minus the place of a list, or Background.
    ulong[] _slots;
    int _used;

    // Lists of articles: capacity, count, then the articles. Given-up lists wait in _free by their size.
    int[] _lists = new int[1 << 12];
    int _listsUsed = 1;
    readonly Stack<int>[] _free = [new(), new(), new(), new()];

    public BandTable(int keys) => _slots = new ulong[1 << Math.Max(12, 64 - (int)ulong.LeadingZeroCount((ulong)Math.Max(keys, 1) * 3 / 2))];

    /// <summary>Bytes that the table occupies.</summary>
    public long ByteCount => (8L * _slots.Length) + (4L * _lists.Length);

    /// <summary>Makes room for so many new keys, so that slots stay where they are until the next call.</summary>
    public void Reserve(int keys)
    {
        if ((_used + keys) * 3L <= _slots.LongLength * 2)
        {
            return;
        }

        var old = _slots;
        _slots = new ulong[old.Length * 2];
        foreach (var slot in old)
        {
            if ((int)slot != 0)
            {
                // The lower half of the key is gone, but its slot index is not needed: the tag alone places it.
                var at = Home((uint)(slot >> 32));
                while ((int)_slots[at] != 0)
                {
                    at = (at + 1) & (_slots.Length - 1);
                }

                _slots[at] = slot;
            }
        }
    }

    /// <summary>Asks memory for the keys' cache lines before any of them is needed.</summary>
    public unsafe void Prefetch(ReadOnlySpan<long> keys)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        fixed (ulong* slots = _slots)
        {
            foreach (var key in keys)
            {
                Sse.Prefetch0(slots + Home(Tag(key)));
            }
        }
    }

    /// <summary>The slot of a key, taken or free.</summary>
    public int Find(long key)
    {
        var tag = Tag(key);
        var at = Home(tag);
        while ((int)_slots[at] != 0 && (uint)(_slots[at] >> 32) != tag)
        {
            at = (at + 1) & (_slots.Length - 1);
        }

        return at;
    }

    /// <summary>The articles in a slot; <paramref name="single"/> is room for one.</summary>
    public ReadOnlySpan<int> Articles(int slot, Span<int> single)
    {
        var value = (int)_slots[slot];
        if (value > 0)
        {
            single[0] = value - 1;
            return single[..1];
        }

        return value is 0 or Background ? [] : _lists.AsSpan(2 - value, _lists[1 - value]);
    }

    /// <summary>Adds an article, whose story is not among the slot's, to the slot that <see cref="Find"/> gave for the key.</summary>
    public void Add(int slot, long key, int article)
    {
        var value = (int)_slots[slot];
        if (value == Background)
        {
            return;
        }

        if (value == 0)
        {
            _used++;
            Set(slot, key, article + 1);
            return;
        }

        if (value > 0)
        {
            var list = NewList(SmallestList);
            _lists[list + 1] = 2;
            _lists[list + 2] = value - 1;
            _lists[list + 3] = article;
            Set(slot, key, -list);
            return;
        }

        Append(slot, key, -value, article);
    }

    void Append(int slot, long key, int list, int article)
    {
        var (capacity, count) = (_lists[list], _lists[list + 1]);
        if (count == MaxStories)
        {
            Release(list);
            Set(slot, key, Background);
            return;
        }

        if (count == capacity)
        {
            var larger = NewList(capacity * 2);
            Array.Copy(_lists, list + 2, _lists, larger + 2, count);
            Release(list);
            Set(slot, key, -larger);
            list = larger;
        }

        _lists[list + 2 + count] = article;
        _lists[list + 1] = count + 1;
    }

    int NewList(int capacity)
    {
        if (!_free[SizeClass(capacity)].TryPop(out var list))
        {
            list = _listsUsed;
            _listsUsed += capacity + 2;
            if (_listsUsed > _lists.Length)
            {
                Array.Resize(ref _lists, Math.Max(_listsUsed, _lists.Length * 2));
            }
        }

        _lists[list] = capacity;
        return list;
    }

    void Release(int list) => _free[SizeClass(_lists[list])].Push(list);

    void Set(int slot, long key, int value) => _slots[slot] = ((ulong)Tag(key) << 32) | (uint)value;

    // Fibonacci hashing spreads the tags, of which two keys share one once in four thousand million.
    int Home(uint tag) => (int)((tag * 0x9E3779B97F4A7C15UL) >> (64 - int.Log2(_slots.Length)));

    static uint Tag(long key) => (uint)((ulong)key >> 32) ^ (uint)key;

    static int SizeClass(int capacity) => int.Log2(capacity / SmallestList);
}
