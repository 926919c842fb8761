namespace TextEngine.NearDuplicates;

/// <summary>
/// Groups articles into stories as they come, in memory: about 2 kB an article, kept until the index is dropped. For one thread.
/// </summary>
public sealed class StoryIndex
{
    /// <summary>Articles with so few keys are looked at even where they share a single one.</summary>
    const int FewBands = 14;

    /// <summary>Candidates drawn from keys; the rest of the room is for their wholes and parts.</summary>
    const int MaxDrawn = 32;

    /// <summary>Of a long story only so many members are asked which of them is the closest, or is a part.</summary>
    const int MaxMembersCompared = 12;

    readonly BandTable _bands;
    readonly SketchStore _store = new();
    readonly StoryMatcher _matcher = new();
    readonly HitCounter _hits = new();
    readonly StoryCandidate[] _candidates = new StoryCandidate[StoryMatcher.MaxCandidates];
    readonly long _window;
    int _candidateCount;
    Entry[] _entries;

    /// <summary>An empty index.</summary>
    /// <param name="capacity">Articles to make room for at once.</param>
    /// <param name="window">A story is closed when its last article is older than this; default: never.</param>
    public StoryIndex(int capacity = 0, TimeSpan? window = null)
    {
        _bands = new BandTable(capacity * 24);
        _entries = new Entry[Math.Max(capacity, 16)];
        _window = window?.Ticks ?? long.MaxValue;
    }

    /// <summary>Articles added.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes that sketches and look-up tables occupy.</summary>
    public long ByteCount => _store.ByteCount + _bands.ByteCount + (_entries.LongLength * Entry.Size);

    /// <summary>
    /// The story that an article belongs to by now: stories merge, and a teaser may move to the article that holds more of it.
    /// </summary>
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
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Count * 2);
        }

        var time = published?.UtcTicks ?? long.MaxValue;
        _bands.Reserve(sketch.Bands.Length);
        _bands.Prefetch(sketch.Bands);
        FindCandidates(sketch.Bands, time);
        _matcher.Decide(sketch, _candidates.AsSpan(0, _candidateCount));
        var article = Count++;
        var merged = Join(article, sketch, time);
        Index(article, sketch.Bands);
        var (closest, similarity) = Closest(article, sketch.Data);
        return new StoryAssignment(article, StoryOf(article), closest, similarity, merged);
    }

    void FindCandidates(ReadOnlySpan<long> bands, long time)
    {
        _hits.Clear();
        Span<int> single = stackalloc int[1];
        foreach (var band in bands)
        {
            foreach (var other in _bands.Articles(_bands.Find(band), single))
            {
                _hits.Add(other);
            }
        }

        _candidateCount = 0;
        foreach (var (other, hits) in _hits.Best())
        {
            if (_candidateCount == MaxDrawn)
            {
                break;
            }

            // A single key in common is chance between long articles.
            if (hits == 1 && bands.Length > FewBands && _entries[other].Bands > FewBands)
            {
                continue;
            }

            if (time != long.MaxValue && _window != long.MaxValue && time - _entries[StoryOf(other)].LastSeen > _window)
            {
                continue;
            }

            Put(other);
        }

        var drawn = _candidateCount;
        for (var i = 0; i < drawn; i++)
        {
            PutWholeOrParts((int)_candidates[i].Article);
        }
    }

    void PutWholeOrParts(int article)
    {
        if (_entries[article].Whole >= 0)
        {
            Put(WholeOf(article));
            return;
        }

        var member = StoryOf(article);
        for (var n = 0; n < MaxMembersCompared && member >= 0; n++, member = _entries[member].NextMember)
        {
            if (_entries[member].Whole == article)
            {
                Put(member);
            }
        }
    }

    /// <summary>The longest article that an article is a part of: a whole may turn out to be a part itself.</summary>
    int WholeOf(int article)
    {
        var whole = article;
        while (_entries[whole].Whole >= 0)
        {
            whole = _entries[whole].Whole;
        }

        return whole;
    }

    void Put(int article)
    {
        if (_candidateCount < _candidates.Length && !IsCandidate(article))
        {
            ref readonly var entry = ref _entries[article];
            var whole = entry.Whole < 0 ? -1 : WholeOf(article);
            _candidates[_candidateCount++] = new StoryCandidate(article, StoryOf(article), entry.Data, whole);
        }
    }

    bool IsCandidate(int article)
    {
        for (var i = 0; i < _candidateCount; i++)
        {
            if (_candidates[i].Article == article)
            {
                return true;
            }
        }

        return false;
    }

    int[] Join(int article, ArticleSketch sketch, long time)
    {
        var merged = _matcher.Merged.Count == 0 ? [] : Merge();
        _entries[article] = new Entry
        {
            Data = _store.Add(sketch.Data),
            Story = article,
            LastMember = article,
            NextMember = -1,
            LastSeen = time,
            Whole = _matcher.Whole < 0 ? -1 : (int)_candidates[_matcher.Whole].Article,
            Bands = (byte)Math.Min(sketch.Bands.Length, byte.MaxValue),
        };
        if (_matcher.Decided >= 0)
        {
            Append(StoryOf((int)_candidates[_matcher.Decided].Article), article);
        }

        foreach (var part in _matcher.Parts)
        {
            _entries[(int)_candidates[part].Article].Whole = article;
        }

        foreach (var part in _matcher.Taken)
        {
            var other = (int)_candidates[part].Article;
            if (Detach(other))
            {
                Append(StoryOf(article), other);
                _entries[other].Whole = article;
            }
        }

        foreach (var part in _matcher.Released)
        {
            Detach((int)_candidates[part].Article);
        }

        return merged;
    }

    int[] Merge()
    {
        int[] stories = [(int)_candidates[_matcher.Decided].Story, .. _matcher.Merged.Select(s => (int)s)];
        var story = stories.Min();
        int[] merged = [.. stories.Where(s => s != story)];
        foreach (var other in merged)
        {
            Append(story, other);
        }

        return merged;
    }

    /// <summary>Puts a story, or an article alone, at the end of another story.</summary>
    void Append(int story, int other)
    {
        ref var first = ref _entries[story];
        _entries[first.LastMember].NextMember = other;
        first.LastMember = _entries[other].LastMember;
        first.LastSeen = Math.Max(first.LastSeen, _entries[other].LastSeen);
        _entries[other].Story = story;
    }

    /// <summary>
    /// Makes an article a story of its own again; the story's first article cannot leave, since it gives the story its number.
    /// </summary>
    bool Detach(int article)
    {
        var story = StoryOf(article);
        if (story == article)
        {
            return false;
        }

        var before = story;
        while (_entries[before].NextMember != article)
        {
            // Every member points to the story itself from now on, so that none hangs on the article that leaves.
            before = _entries[before].NextMember;
            _entries[before].Story = story;
        }

        for (var after = _entries[article].NextMember; after >= 0; after = _entries[after].NextMember)
        {
            _entries[after].Story = story;
        }

        _entries[before].NextMember = _entries[article].NextMember;
        _entries[story].LastMember = _entries[story].LastMember == article ? before : _entries[story].LastMember;
        ref var entry = ref _entries[article];
        (entry.Story, entry.LastMember, entry.NextMember, entry.Whole) = (article, article, -1, -1);
        return true;
    }

    void Index(int article, ReadOnlySpan<long> bands)
    {
        var story = StoryOf(article);
        Span<int> single = stackalloc int[1];
        foreach (var band in bands)
        {
            var slot = _bands.Find(band);
            var known = false;
            foreach (var other in _bands.Articles(slot, single))
            {
                known |= other == article || (story != article && StoryOf(other) == story);
            }

            if (!known)
            {
                _bands.Add(slot, band, article);
            }
        }
    }

    (int Closest, Similarity Similarity) Closest(int article, in SketchData data)
    {
        if (_matcher.Closest < 0 || _matcher.Decided < 0)
        {
            return _matcher.Closest < 0 ? (-1, default) : ((int)_candidates[_matcher.Closest].Article, _matcher.Similarity);
        }

        var (closest, similarity) = ((int)_candidates[_matcher.Closest].Article, _matcher.Similarity);
        var member = StoryOf(article);
        for (var n = 0; n < MaxMembersCompared && member >= 0 && similarity.Jaccard < 1; n++, member = _entries[member].NextMember)
        {
            if (member != article && !IsCandidate(member))
            {
                var (jaccard, containment) = StoryMatcher.Likeness(data, _entries[member].Data);
                if (jaccard > similarity.Jaccard)
                {
                    (closest, similarity) = (member, new Similarity(SimilarityKind.Copy, containment, jaccard));
                }
            }
        }

        return (closest, similarity);
    }

    struct Entry
    {
        public const int Size = 56;

        public SketchData Data;

        /// <summary>At a story's first article: when the last one was published, in ticks.</summary>
        public long LastSeen;

        /// <summary>The story's number, or an article on the way to it after merges.</summary>
        public int Story;

        /// <summary>The longer article of its story that this one is a part of, or -1.</summary>
        public int Whole;

        /// <summary>The next article of the story, or -1.</summary>
        public int NextMember;

        /// <summary>At a story's first article: the last one.</summary>
        public int LastMember;

        public byte Bands;
    }
}
