namespace TextEngine.NearDuplicates;

/// <summary>Where <see cref="StoryIndex"/> put an article. Articles are numbered from 0 as they come; a story has its first article's number.</summary>
/// <param name="Article">The article's number.</param>
/// <param name="Story">Its story.</param>
/// <param name="Closest">The earlier article most like it: of its story, or, where it opens a story, a related one; -1 where there is none.</param>
/// <param name="Similarity">How it stands to <paramref name="Closest"/>.</param>
/// <param name="Merged">Stories that became one with <paramref name="Story"/> through this article.</param>
public readonly record struct StoryAssignment(int Article, int Story, int Closest, Similarity Similarity, IReadOnlyList<int> Merged)
{
    /// <summary>True where no earlier article is a copy of it.</summary>
    public bool IsNew => Similarity.Kind != SimilarityKind.Copy;
}

/// <summary>
/// Groups articles into stories as they come, in memory. An article costs about 2 kB and stays until the index is dropped. Not safe for
/// several threads at once.
/// </summary>
public sealed class StoryIndex
{
    /// <summary>Articles with so few keys are looked at even where they share a single one.</summary>
    const int FewBands = 14;

    /// <summary>Of a long-running story only so many members are asked which of them is the closest.</summary>
    const int MaxMembersCompared = 12;

    readonly BandTable _bands;
    readonly List<Entry> _entries;
    readonly StoryMatcher _matcher = new();
    readonly HitCounter _hits = new();
    readonly TimeSpan _window;
    int[] _slots = new int[64];
    readonly StoryCandidate[] _candidates = new StoryCandidate[StoryMatcher.MaxCandidates];
    int _candidateCount;

    /// <summary>An empty index.</summary>
    /// <param name="capacity">Articles to make room for at once.</param>
    /// <param name="window">A story is closed when its last article is older than this; default: never.</param>
    public StoryIndex(int capacity = 0, TimeSpan? window = null)
    {
        _bands = new BandTable(capacity * 28);
        _entries = new List<Entry>(capacity);
        _window = window ?? TimeSpan.MaxValue;
    }

    /// <summary>Articles added.</summary>
    public int Count => _entries.Count;

    /// <summary>Bytes that sketches and look-up tables occupy.</summary>
    public long ByteCount { get; private set; }

    /// <summary>The story that an article belongs to by now: stories merge.</summary>
    public int StoryOf(int article)
    {
        while (_entries[article].Story is var story && story != article)
        {
            article = story;
        }

        return article;
    }

    /// <summary>Adds an article and says where it belongs.</summary>
    /// <param name="sketch">The article.</param>
    /// <param name="published">When it was published, where a window is in use.</param>
    public StoryAssignment Add(ArticleSketch sketch, DateTimeOffset? published = null)
    {
        ArgumentNullException.ThrowIfNull(sketch);
        var bands = sketch.Bands;
        _bands.Reserve(bands.Length);
        _bands.Prefetch(bands);
        var article = _entries.Count;
        var time = published?.UtcTicks ?? long.MaxValue;
        FindCandidates(bands, time);
        _matcher.Decide(sketch, _candidates.AsSpan(0, _candidateCount));
        var merged = Join(article, sketch, time);
        Index(article, bands);
        ByteCount += 120 + sketch.ByteCount;
        var (closest, similarity) = Closest(article, sketch);
        return new StoryAssignment(article, StoryOf(article), closest, similarity, merged);
    }

    void FindCandidates(ReadOnlySpan<long> bands, long time)
    {
        if (_slots.Length < bands.Length)
        {
            _slots = new int[bands.Length * 2];
        }

        _hits.Clear();
        Span<int> single = stackalloc int[1];
        for (var i = 0; i < bands.Length; i++)
        {
            _slots[i] = _bands.Find(bands[i]);
            foreach (var other in _bands.Articles(_slots[i], single))
            {
                _hits.Add(other);
            }
        }

        _candidateCount = 0;
        foreach (var (other, hits) in _hits.Best(StoryMatcher.MaxCandidates))
        {
            if (hits == 1 && bands.Length > FewBands && _entries[other].Bands > FewBands)
            {
                break;
            }

            AddCandidate(other, time);
        }
    }

    void AddCandidate(int other, long time)
    {
        var entry = _entries[other];
        if (_window < TimeSpan.MaxValue && time != long.MaxValue && time - _entries[StoryOf(other)].LastSeen > _window.Ticks)
        {
            return;
        }

        Put(other, entry);
        if (entry.Whole >= 0)
        {
            Put(entry.Whole, _entries[entry.Whole]);
        }
    }

    void Put(int other, Entry entry)
    {
        for (var i = 0; i < _candidateCount; i++)
        {
            if (_candidates[i].Article == other)
            {
                return;
            }
        }

        if (_candidateCount < _candidates.Length)
        {
            _candidates[_candidateCount++] = new StoryCandidate(other, StoryOf(other), entry.Sketch, entry.Whole >= 0);
        }
    }

    int[] Join(int article, ArticleSketch sketch, long time)
    {
        var story = _matcher.Decided < 0 ? article : (int)_candidates[_matcher.Decided].Story;
        int[] merged = [];
        if (_matcher.Merged.Count > 0)
        {
            merged = [story, .. _matcher.Merged.Select(s => (int)s)];
            story = merged.Min();
            merged = [.. merged.Where(s => s != story)];
            foreach (var other in merged)
            {
                _entries[other].Story = story;
                _entries[_entries[story].LastMember].NextMember = other;
                _entries[story].LastMember = _entries[other].LastMember;
                _entries[story].LastSeen = Math.Max(_entries[story].LastSeen, _entries[other].LastSeen);
            }
        }

        var whole = _matcher.Whole >= 0 ? (int)_candidates[_matcher.Whole].Article : -1;
        var entry = new Entry(sketch, article, story, whole, time);
        _entries.Add(entry);
        if (story != article)
        {
            _entries[_entries[story].LastMember].NextMember = article;
            _entries[story].LastMember = article;
            _entries[story].LastSeen = Math.Max(_entries[story].LastSeen, time);
            foreach (var part in _matcher.Parts)
            {
                _entries[(int)_candidates[part].Article].Whole = article;
            }
        }

        return merged;
    }

    void Index(int article, ReadOnlySpan<long> bands)
    {
        var story = _entries[article].Story;
        Span<int> single = stackalloc int[1];
        for (var i = 0; i < bands.Length; i++)
        {
            var slot = _slots[i] = _bands.Find(bands[i]);
            var known = false;
            foreach (var other in _bands.Articles(slot, single))
            {
                known |= other == article || (story != article && StoryOf(other) == story);
            }

            if (!known)
            {
                _bands.Add(slot, bands[i], article);
            }
        }
    }

    (int Closest, Similarity Similarity) Closest(int article, ArticleSketch sketch)
    {
        if (_matcher.Closest < 0)
        {
            return (-1, default);
        }

        var closest = (int)_candidates[_matcher.Closest].Article;
        var similarity = _matcher.Similarity;
        if (_matcher.Decided < 0)
        {
            return (closest, similarity);
        }

        var member = _entries[article].Story;
        for (var n = 0; n < MaxMembersCompared && member >= 0 && similarity.Jaccard < 1; n++, member = _entries[member].NextMember)
        {
            if (member != article && !IsCandidate(member))
            {
                var (jaccard, containment) = StoryMatcher.Likeness(sketch, _entries[member].Sketch);
                if (jaccard > similarity.Jaccard)
                {
                    (closest, similarity) = (member, new Similarity(SimilarityKind.Copy, containment, jaccard));
                }
            }
        }

        return (closest, similarity);
    }

    bool IsCandidate(int member)
    {
        for (var i = 0; i < _candidateCount; i++)
        {
            if (_candidates[i].Article == member)
            {
                return true;
            }
        }

        return false;
    }

    sealed class Entry(ArticleSketch sketch, int article, int story, int whole, long lastSeen)
    {
        public readonly ArticleSketch Sketch = sketch.WithoutBands();
        public readonly int Bands = sketch.Bands.Length;

        /// <summary>The story's number, or on the way to it after merges.</summary>
        public int Story = story;

        /// <summary>The longer article of its story that this one is a part of, or -1.</summary>
        public int Whole = whole;

        /// <summary>The next article of the story, or -1.</summary>
        public int NextMember = -1;

        /// <summary>At a story's first article: the last one.</summary>
        public int LastMember = article;

        /// <summary>At a story's first article: when the last one was published, in ticks.</summary>
        public long LastSeen = lastSeen;
    }
}
