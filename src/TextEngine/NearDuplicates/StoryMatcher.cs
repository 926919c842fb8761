using System.Numerics;

namespace TextEngine.NearDuplicates;

/// <summary>A stored article that shares look-up keys with a new one.</summary>
/// <param name="Article">The caller's number of the article.</param>
/// <param name="Story">The caller's number of its story.</param>
/// <param name="Sketch">Its sketch.</param>
/// <param name="IsPart">True where it is a part of a longer article of its story, which then speaks for it.</param>
public readonly record struct StoryCandidate(long Article, long Story, ArticleSketch Sketch, bool IsPart = false);

/// <summary>
/// Decides which story a new article belongs to, given the stored articles that share look-up keys with it. A passage that stands in
/// several unrelated stories (background, boilerplate, a form) weighs little for any of them. Keeps buffers: one for each thread.
/// </summary>
public sealed class StoryMatcher
{
    /// <summary>More candidates than this are not looked at; give the likeliest first.</summary>
    public const int MaxCandidates = 32;

    /// <summary>Weight of a shingle that one other story holds too; with two others it weighs nothing.</summary>
    const double SharedWeight = .25;

    /// <summary>Two stories that hold a text about equally well leave open whose it is.</summary>
    const double ClearLead = .9;

    /// <summary>A part is a text of which so much stands in a text at least so much longer.</summary>
    const double PartContainment = .8, PartLength = 1.25;

    const int MaskWords = WordReader.MaxWords / 64;

    readonly ulong[] _masks = new ulong[MaxCandidates * MaskWords];
    readonly SketchComparison.Overlap[] _overlaps = new SketchComparison.Overlap[MaxCandidates];
    readonly Measure[] _measures = new Measure[MaxCandidates];
    readonly ulong[] _atLeast1 = new ulong[MaskWords], _atLeast2 = new ulong[MaskWords], _atLeast3 = new ulong[MaskWords];
    readonly ulong[] _story = new ulong[MaskWords];
    readonly List<long> _merged = [];
    readonly List<int> _parts = [];

    /// <summary>Where the article belongs: index of the candidate that decided it, or -1 for a story of its own.</summary>
    public int Decided { get; private set; }

    /// <summary>Index of the candidate most like the article, among those of its story; without a story, of the related one; or -1.</summary>
    public int Closest { get; private set; }

    /// <summary>How the article stands to <see cref="Closest"/>.</summary>
    public Similarity Similarity { get; private set; }

    /// <summary>Index of a longer candidate of the same story that the article is a part of, or -1.</summary>
    public int Whole { get; private set; }

    /// <summary>Other stories that the article proves to be the same as the decided one.</summary>
    public IReadOnlyList<long> Merged => _merged;

    /// <summary>Indexes of candidates that turn out to be parts of the article.</summary>
    public IReadOnlyList<int> Parts => _parts;

    /// <summary>Decides. The answer stands in the properties until the next call.</summary>
    public void Decide(ArticleSketch article, ReadOnlySpan<StoryCandidate> candidates)
    {
        ArgumentNullException.ThrowIfNull(article);
        candidates = candidates[..Math.Min(candidates.Length, MaxCandidates)];
        (Decided, Closest, Similarity, Whole) = (-1, -1, default, -1);
        _merged.Clear();
        _parts.Clear();
        if (candidates.IsEmpty)
        {
            return;
        }

        MeasureAll(article, candidates);
        Choose(article, candidates);
        FindClosest(article, candidates);
    }

    void MeasureAll(ArticleSketch article, ReadOnlySpan<StoryCandidate> candidates)
    {
        var length = (article.Shingles.Length + 63) / 64;
        for (var i = 0; i < candidates.Length; i++)
        {
            _overlaps[i] = SketchComparison.Intersect(article.Shingles, candidates[i].Sketch.Shingles, Mask(i, length));
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

    Measure MeasureOne(ArticleSketch article, ReadOnlySpan<StoryCandidate> candidates, int i, int length)
    {
        var sketch = candidates[i].Sketch;
        var (count, eighthsOfCandidate) = _overlaps[i];
        if (article.IsShort && sketch.IsShort)
        {
            var (copy, share, _) = StoryRule.CompareShort(article, sketch);
            copy = copy && !StoryRule.IsBulletin(article, sketch);
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
            var known = k == length - 1 && (article.Shingles.Length & 63) != 0 ? (1UL << (article.Shingles.Length & 63)) - 1 : ulong.MaxValue;
            evidence += BitOperations.PopCount(mask[k] & ~two) + SharedWeight * BitOperations.PopCount(mask[k] & two & ~three);

            // What the article has and this candidate lacks, but for what its story's other members have, counts against it, unless
            // it is background: in other stories.
            var lacks = known & ~mask[k] & ~story[k];
            missing += BitOperations.PopCount(lacks & ~one) + SharedWeight * BitOperations.PopCount(lacks & one & ~two);
        }

        var (n, m) = (article.Shingles.Length, sketch.Shingles.Length);
        var inCandidate = StoryRule.Ratio(evidence, evidence + missing);
        var inArticle = StoryRule.Ratio(evidence, evidence + m - count);
        var articleIsSmaller = n <= m;
        var containment = articleIsSmaller ? inCandidate : inArticle;
        var eighths = articleIsSmaller ? EighthsOf(article.Shingles, mask) : eighthsOfCandidate;
        var whole = StoryRule.Ratio(count, Math.Min(n, m)) >= StoryRule.WholeContainment
            && Math.Min(n, m) >= StoryRule.WholeShingles && evidence >= StoryRule.WholeEvidence;
        var accepted = (whole || StoryRule.IsCopy(containment, evidence, eighths)) && !StoryRule.IsBulletin(article, sketch);
        return new Measure(accepted, containment, evidence, articleIsSmaller);
    }

    void Choose(ArticleSketch article, ReadOnlySpan<StoryCandidate> candidates)
    {
        var best = -1;
        for (var i = 0; i < candidates.Length; i++)
        {
            if (_measures[i].Accepted && (best < 0 || IsBetter(_measures[i], _measures[best])))
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

            if (StoryRule.AreCopiesOfAThird(candidates[i].Sketch, candidates[best].Sketch))
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
        for (var i = 0; i < candidates.Length; i++)
        {
            var (n, m) = (article.Shingles.Length, candidates[i].Sketch.Shingles.Length);
            var ofDecided = candidates[i].Story == candidates[best].Story || _merged.Contains(candidates[i].Story);
            if (ofDecided && _overlaps[i].Count >= PartContainment * Math.Min(n, m))
            {
                if (m >= PartLength * n && !candidates[i].IsPart)
                {
                    Whole = i;
                }
                else if (n >= PartLength * m)
                {
                    _parts.Add(i);
                }
            }
        }
    }

    void FindClosest(ArticleSketch article, ReadOnlySpan<StoryCandidate> candidates)
    {
        double best = -1;
        for (var i = 0; i < candidates.Length; i++)
        {
            var sketch = candidates[i].Sketch;
            var (jaccard, containment) = Likeness(article, sketch, _overlaps[i].Count);
            var likeness = jaccard + (containment / 4);
            var inStory = Decided >= 0
                && (candidates[i].Story == candidates[Decided].Story || _merged.Contains(candidates[i].Story));
            var related = Decided >= 0 || inStory ? 0 : StoryRule.Related(article, sketch);
            if ((inStory || related > 0) && likeness > best)
            {
                best = likeness;
                Closest = i;
                Similarity = inStory
                    ? new Similarity(SimilarityKind.Copy, containment, jaccard)
                    : new Similarity(SimilarityKind.Related, related, jaccard);
            }
        }
    }

    /// <summary>Resemblance and containment of two articles.</summary>
    internal static (double Jaccard, double Containment) Likeness(ArticleSketch a, ArticleSketch b)
        => Likeness(a, b, SketchComparison.Shared(a.Shingles, b.Shingles));

    static (double Jaccard, double Containment) Likeness(ArticleSketch a, ArticleSketch b, int shared)
    {
        if (a.IsShort && b.IsShort)
        {
            var (_, containment, jaccard) = StoryRule.CompareShort(a, b);
            return (jaccard, containment);
        }

        var (n, m) = (a.Shingles.Length, b.Shingles.Length);
        return (StoryRule.Ratio(shared, n + m - shared), StoryRule.Ratio(shared, Math.Min(n, m)));
    }

    /// <summary>The more of the text is explained by a candidate the better; evidence tells the whole article from a teaser of it.</summary>
    static bool IsBetter(Measure a, Measure b)
        => (a.Evidence * a.Containment).CompareTo(b.Evidence * b.Containment) is var order && order != 0
            ? order > 0
            : a.Containment > b.Containment;

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

    readonly record struct Measure(bool Accepted, double Containment, double Evidence, bool ArticleIsSmaller);
}
