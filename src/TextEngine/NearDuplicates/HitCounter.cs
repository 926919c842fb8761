namespace TextEngine.NearDuplicates;

/// <summary>
/// Counts how many look-up keys each stored article shares with the new one. Emptied in time proportional to what it held.
/// </summary>
sealed class HitCounter
{
    const int Slots = 4096, Limit = 2048;

    readonly int[] _articles = new int[Slots];
    readonly int[] _counts = new int[Slots];
    readonly List<int> _used = [];
    readonly List<(int Article, int Hits)> _best = [];

    public void Clear()
    {
        foreach (var slot in _used)
        {
            _counts[slot] = 0;
        }

        _used.Clear();
    }

    public void Add(int article)
    {
        var slot = (int)((uint)article * 0x9E3779B1u >> 20);
        while (_counts[slot] != 0 && _articles[slot] != article)
        {
            slot = (slot + 1) % Slots;
        }

        if (_counts[slot] == 0)
        {
            if (_used.Count == Limit)
            {
                return;
            }

            _articles[slot] = article;
            _used.Add(slot);
        }

        _counts[slot]++;
    }

    /// <summary>The articles, those with most hits first; the earlier article first among equals.</summary>
    public List<(int Article, int Hits)> Best()
    {
        _best.Clear();
        foreach (var slot in _used)
        {
            _best.Add((_articles[slot], _counts[slot]));
        }

        _best.Sort(static (a, b) => a.Hits != b.Hits ? b.Hits.CompareTo(a.Hits) : a.Article.CompareTo(b.Article));
        return _best;
    }
}
