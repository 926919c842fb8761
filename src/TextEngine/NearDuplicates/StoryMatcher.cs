using System.Numerics;

namespace TextEngine.NearDuplicates;

/// <summary>
/// Decides which story a new article belongs to, given the stored articles that share look-up keys with it. A passage that stands in
/// several unrelated stories (background, boilerplate, a form) weighs little for any of them. Keeps buffers: one for each thread.
/// </summary>
public sealed class StoryMatcher
{
    /// <summary>More candidates than this are not looked at; give the likeliest first, then the wholes and the parts of these.</summary>
    public const int MaxCandidates = 64;

    /// <summary>Weight of a shingle that one other story holds too; with two others it weighs nothing.</summary>
    const double SharedWeight = .25;

    /// <summary>Two stories that hold a text about equally well leave open whose it is.</summary>
    const double ClearLead = .9;

    /// <summary>A part is an article of which so much stands in one at least so much longer.</summary>
    const double PartContainment = .4, PartLength = 1.25;

    /// <summary>Two texts of one length that share so much are one text, whoever else has it.</summary>
    const double SameText = .95;

    const int MaskWords = ArticleWords.MaxWords / 64;

    readonly ulong[] _masks = new ulong[MaxCandidates * MaskWords];
    readonly SketchComparison.Overlap[] _overlaps = new SketchComparison.Overlap[MaxCandidates];
    readonly Measure[] _measures = new Measure[MaxCandidates];
    readonly ulong[] _atLeast1 = new ulong[MaskWords], _atLeast2 = new ulong[MaskWords], _atLeast3 = new ulong[MaskWords];
    readonly ulong[] _story = new ulong[MaskWords];
    readonly List<long> _merged = [];
    readonly List<int> _parts = [], _taken = [], _released = [];

    /// <summary>Where the article belongs: index of the candidate that decided it, or -1 for a story of its own.</summary>
    public int Decided { get; private set; }

    /// <summary>
    /// Index of the candidate most like the article, among those of its story; without a story, of the related one; or -1.
    /// </summary>
    public int Closest { get; private set; }

    /// <summary>How the article stands to <see cref="Closest"/>.</summary>
    public Similarity Similarity { get; private set; }

    /// <summary>Index of a longer candidate of the same story that the article is a part of, or -1.</summary>
    public int Whole { get; private set; }

    /// <summary>Other stories that the article proves to be the same as the decided one.</summary>
    public IReadOnlyList<long> Merged => _merged;

    /// <summary>Indexes of candidates of the same story that turn out to be parts of the article.</summary>
    public IReadOnlyList<int> Parts => _parts;

    /// <summary>Indexes of parts that were counted to another story, but of which the article holds more: they belong to it.</summary>
    public IReadOnlyList<int> Taken => _taken;

    /// <summary>Indexes of parts of another story that the article holds just as well, so that nobody can tell whose they are.</summary>
    public IReadOnlyList<int> Released => _released;

    /// <summary>Decides. The answer stands in the properties until the next call.</summary>
    public void Decide(ArticleSketch article, ReadOnlySpan<StoryCandidate> candidates)
    {
        ArgumentNullException.ThrowIfNull(article);
        candidates = candidates[..Math.Min(candidates.Length, MaxCandidates)];
        (Decided, Closest, Similarity, Whole) = (-1, -1, default, -1);
        _merged.Clear();
        _parts.Clear();
        _taken.Clear();
        _released.Clear();
        if (!candidates.IsEmpty)
        {
            MeasureAll(article.Data, candidates);
            Choose(article.Data, candidates);
            FindParts(article.Data, candidates);
            FindClosest(article.Data, candidates);
        }
    }

    void MeasureAll(in SketchData article, ReadOnlySpan<StoryCandidate> candidates)
    {
        var length = (article.Shingles.Length + 63) / 64;
        for (var i = 0; i < candidates.Length; i++)
        {
            _overlaps[i] = SketchComparison.Intersect(article.Shingles, candidates[i].Data.Shingles, Mask(i, length));
        }

        var one = _atLeast1.AsSpan(0, length);
        var two = _atLeast2.AsSpan(0, length);
        var three = _atLeast3.AsSpan(0, length);
        one.Clear();
        two.Clear();
        three.Clear();
        for (var i = 0; i < candidates.Length; i++)
        {
            if (!IsFirstOfStory(candidates, i))
            {
                continue;
            }

            var story = UnionOfStory(candidates, i, length);
            for (var k = 0; k < length; k++)
            {
                three[k] |= two[k] & story[k];
                two[k] |= one[k] & story[k];
                one[k] |= story[k];
            }
        }

        for (var i = 0; i < candidates.Length; i++)
        {
            _measures[i] = candidates[i].IsPart ? default : MeasureOne(article, candidates, i, length);
        }
    }

    Measure MeasureOne(in SketchData article, ReadOnlySpan<StoryCandidate> candidates, int i, int length)
    {
        var candidate = candidates[i].Data;
        var (count, eighthsOfCandidate) = _overlaps[i];
        if (article.IsShort && candidate.IsShort)
        {
            var (copy, share, _) = StoryRule.CompareShort(article, candidate);
            copy = copy && !StoryRule.IsBulletin(article, candidate);
            return new Measure(copy, share, count, false);
        }

        if (count == 0)
        {
            return default;
        }

        var story = UnionOfStory(candidates, i, length);
        var mask = Mask(i, length);
        double evidence = 0, missing = 0;
        for (var k = 0; k < length; k++)
        {
            var (one, two, three) = (_atLeast1[k], _atLeast2[k], _atLeast3[k]);
            var beyond = article.Shingles.Length & 63;
            var known = k == length - 1 && beyond != 0 ? (1UL << beyond) - 1 : ulong.MaxValue;
            evidence += BitOperations.PopCount(mask[k] & ~two) + (SharedWeight * BitOperations.PopCount(mask[k] & two & ~three));

            // What the article has and this candidate lacks, but for what its story's other members have, counts against it, unless
            // it is background: in other stories.
            var lacks = known & ~mask[k] & ~story[k];
            missing += BitOperations.PopCount(lacks & ~one) + (SharedWeight * BitOperations.PopCount(lacks & one & ~two));
        }

        var (n, m) = (article.Shingles.Length, candidate.Shingles.Length);
        var articleIsSmaller = n <= m;
        var containment = StoryRule.Ratio(evidence, evidence + (articleIsSmaller ? missing : m - count));
        var eighths = articleIsSmaller ? EighthsOf(article.Shingles, mask) : eighthsOfCandidate;
        var smaller = Math.Min(n, m);
        var whole = count >= StoryRule.WholeContainment * smaller
            && smaller >= StoryRule.WholeShingles && evidence >= StoryRule.WholeEvidence;
        var same = count >= SameText * (n + m - count);
        var accepted = (same || whole || StoryRule.IsCopy(containment, evidence, eighths, StoryRule.SameTitle(article, candidate)))
            && !StoryRule.IsBulletin(article, candidate);
        return new Measure(accepted, containment, evidence, articleIsSmaller && !same);
    }

    void Choose(in SketchData article, ReadOnlySpan<StoryCandidate> candidates)
    {
        var best = -1;
        for (var i = 0; i < candidates.Length; i++)
        {
            if (_measures[i].Accepted && (best < 0 || _measures[i].Strength > _measures[best].Strength))
            {
                best = i;
            }
        }

        if (best < 0)
        {
            return;
        }

        var open = false;
        for (var i = 0; i < candidates.Length; i++)
        {
            var story = candidates[i].Story;
            if (!_measures[i].Accepted || story == candidates[best].Story || _merged.Contains(story))
            {
                continue;
            }

            if (StoryRule.AreCopiesOfAThird(candidates[i].Data, candidates[best].Data))
            {
                _merged.Add(story);
            }
            else
            {
                open |= _measures[best].ArticleIsSmaller && _measures[i].Evidence >= ClearLead * _measures[best].Evidence;
            }
        }

        if (open)
        {
            _merged.Clear();
            return;
        }

        Decided = best;
    }

    void FindParts(in SketchData article, ReadOnlySpan<StoryCandidate> candidates)
    {
        var longest = 0;
        for (var i = 0; i < candidates.Length; i++)
        {
            var (n, m) = (article.Shingles.Length, candidates[i].Data.Shingles.Length);
            if (!IsOfStory(candidates, i))
            {
                if (candidates[i].IsPart && n >= PartLength * m && _overlaps[i].Count >= StoryRule.WholeContainment * m)
                {
                    Claim(candidates, i);
                }
            }
            else if (_overlaps[i].Count >= PartContainment * Math.Min(n, m))
            {
                if (m >= PartLength * n && !candidates[i].IsPart && m > longest)
                {
                    (Whole, longest) = (i, m);
                }
                else if (n >= PartLength * m && !candidates[i].IsPart)
                {
                    _parts.Add(i);
                }
            }
        }

        if (Whole >= 0)
        {
            // A part speaks for no other part: the whole does, for both.
            _parts.Clear();
        }
    }

    /// <summary>A part stays where more of it stands; where neither article holds more, it is left to none.</summary>
    void Claim(ReadOnlySpan<StoryCandidate> candidates, int part)
    {
        for (var i = 0; i < candidates.Length; i++)
        {
            if (candidates[i].Article == candidates[part].Whole)
            {
                var held = SketchComparison.Shared(candidates[i].Data.Shingles, candidates[part].Data.Shingles);
                if (_overlaps[part].Count > held)
                {
                    _taken.Add(part);
                }
                else if (_overlaps[part].Count == held)
                {
                    _released.Add(part);
                }

                return;
            }
        }
    }

    void FindClosest(in SketchData article, ReadOnlySpan<StoryCandidate> candidates)
    {
        double best = -1;
        for (var i = 0; i < candidates.Length; i++)
        {
            var candidate = candidates[i].Data;
            var inStory = IsOfStory(candidates, i);
            var related = Decided >= 0 ? 0 : StoryRule.Related(article, candidate);
            if (!inStory && related == 0)
            {
                continue;
            }

            var (jaccard, containment) = Likeness(article, candidate, _overlaps[i].Count);
            if (jaccard + (containment / 4) > best)
            {
                best = jaccard + (containment / 4);
                Closest = i;
                Similarity = inStory
                    ? new Similarity(SimilarityKind.Copy, containment, jaccard)
                    : new Similarity(SimilarityKind.Related, related, jaccard);
            }
        }
    }

    bool IsOfStory(ReadOnlySpan<StoryCandidate> candidates, int i)
        => Decided >= 0 && (candidates[i].Story == candidates[Decided].Story || _merged.Contains(candidates[i].Story));

    /// <summary>Resemblance and containment of two articles.</summary>
    internal static (double Jaccard, double Containment) Likeness(in SketchData a, in SketchData b)
        => Likeness(a, b, SketchComparison.Shared(a.Shingles, b.Shingles));

    static (double Jaccard, double Containment) Likeness(in SketchData a, in SketchData b, int shared)
    {
        if (a.IsShort && b.IsShort)
        {
            var (_, containment, jaccard) = StoryRule.CompareShort(a, b);
            return (jaccard, containment);
        }

        var (n, m) = (a.Shingles.Length, b.Shingles.Length);
        return (StoryRule.Ratio(shared, n + m - shared), StoryRule.Ratio(shared, Math.Min(n, m)));
    }

    static int EighthsOf(ReadOnlySpan<uint> shingles, ReadOnlySpan<ulong> mask)
    {
        var eighths = 0;
        for (var k = 0; k < mask.Length; k++)
        {
            for (var bits = mask[k]; bits != 0; bits &= bits - 1)
            {
                eighths |= 1 << (int)(shingles[(k << 6) + BitOperations.TrailingZeroCount(bits)] & 7);
            }
        }

        return BitOperations.PopCount((uint)eighths);
    }

    static bool IsFirstOfStory(ReadOnlySpan<StoryCandidate> candidates, int i)
    {
        for (var k = 0; k < i; k++)
        {
            if (candidates[k].Story == candidates[i].Story)
            {
                return false;
            }
        }

        return true;
    }

    Span<ulong> UnionOfStory(ReadOnlySpan<StoryCandidate> candidates, int i, int length)
    {
        var union = _story.AsSpan(0, length);
        union.Clear();
        for (var k = 0; k < candidates.Length; k++)
        {
            if (candidates[k].Story == candidates[i].Story)
            {
                var mask = Mask(k, length);
                for (var w = 0; w < length; w++)
                {
                    union[w] |= mask[w];
                }
            }
        }

        return union;
    }

    Span<ulong> Mask(int i, int length) => _masks.AsSpan(i * length, length);

    /// <summary>What one candidate is worth.</summary>
    readonly record struct Measure(bool Accepted, double Containment, double Evidence, bool ArticleIsSmaller)
    {
        /// <summary>Evidence tells the whole article from a teaser of it, containment the closer of two long ones.</summary>
        public double Strength => (Evidence + .01) * Containment;
    }
}
