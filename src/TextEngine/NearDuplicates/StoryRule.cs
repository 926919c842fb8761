namespace TextEngine.NearDuplicates;

/// <summary>
/// The thresholds of the verdict, and the verdict on two articles by themselves. DESIGN.md derives and justifies each figure.
/// </summary>
static class StoryRule
{
    /// <summary>Share of the smaller text that makes a copy, wherever it stands.</summary>
    public const double Containment = .5;

    /// <summary>Share that makes a copy where what is shared is strewn over the whole text, as a rewrite leaves it.</summary>
    public const double StrewnContainment = .27;

    /// <summary>"Strewn over the whole text": in so many eighths of the smaller text.</summary>
    public const int StrewnEighths = 6;

    /// <summary>Share that makes a copy where the headline is the same, word for word.</summary>
    public const double TitledContainment = .25;

    /// <summary>Shingles, weighed, that a copy must share at least.</summary>
    public const double Evidence = 8, StrewnEvidence = 14;

    /// <summary>A text that stands in another from end to end needs no more evidence than that no other story holds it as well.</summary>
    public const double WholeContainment = .96, WholeEvidence = .9;
    public const int WholeShingles = 6;

    /// <summary>Two copies of one text that a later text joins may have less in common than a copy and its original.</summary>
    public const double MergeContainment = .4, MergeStrewnContainment = .18;

    /// <summary>Short texts: shared character shingles over all, and over the smaller text's.</summary>
    public const double GramJaccard = .55, GramContainment = .85;

    /// <summary>Telling words shared: their number and their share of the smaller set.</summary>
    public const int RelatedTerms = 4;
    public const double RelatedShare = .15;

    [ThreadStatic]
    static ulong[]? _mask;

    public static Similarity Compare(in SketchData a, in SketchData b)
    {
        var (small, large) = a.Shingles.Length <= b.Shingles.Length ? (a, b) : (b, a);
        var mask = (_mask ??= new ulong[ArticleWords.MaxWords / 64]).AsSpan(0, (large.Shingles.Length + 63) / 64);
        var overlap = SketchComparison.Intersect(large.Shingles, small.Shingles, mask);
        var union = small.Shingles.Length + large.Shingles.Length - overlap.Count;
        var containment = Ratio(overlap.Count, small.Shingles.Length);
        var jaccard = Ratio(overlap.Count, union);
        var copy = IsCopy(containment, overlap.Count, overlap.Eighths, SameTitle(a, b))
            || (containment >= WholeContainment && overlap.Count >= WholeShingles);
        if (a.IsShort && b.IsShort)
        {
            (copy, containment, jaccard) = CompareShort(a, b);
        }

        if (copy && !IsBulletin(a, b))
        {
            return new Similarity(SimilarityKind.Copy, containment, jaccard);
        }

        var related = Related(a, b);
        return copy || related > 0
            ? new Similarity(SimilarityKind.Related, related, jaccard)
            : new Similarity(SimilarityKind.None, containment, jaccard);
    }

    public static bool IsCopy(double containment, double evidence, int eighths, bool sameTitle)
        => (containment >= (sameTitle ? TitledContainment : Containment) && evidence >= Evidence)
        || (containment >= StrewnContainment && eighths >= StrewnEighths && evidence >= StrewnEvidence);

    public static bool AreCopiesOfAThird(in SketchData a, in SketchData b)
    {
        var (small, large) = a.Shingles.Length <= b.Shingles.Length ? (a, b) : (b, a);
        Span<ulong> mask = stackalloc ulong[ArticleWords.MaxWords / 64];
        var overlap = SketchComparison.Intersect(large.Shingles, small.Shingles, mask);
        var containment = Ratio(overlap.Count, small.Shingles.Length);
        return overlap.Count >= Evidence && !IsBulletin(a, b)
            && (containment >= (SameTitle(a, b) ? TitledContainment : MergeContainment)
                || (containment >= MergeStrewnContainment && overlap.Eighths >= StrewnEighths));
    }

    /// <summary>
    /// One form filled in twice: the same contexts, but most of their figures and dates differ. A corrected or updated article
    /// changes one figure and keeps the others; a text so short that it has one figure is told apart by it.
    /// </summary>
    public static bool IsBulletin(in SketchData a, in SketchData b)
    {
        var (same, different) = SketchComparison.Figures(a.Figures, b.Figures);
        return different > same && different >= (a.IsShort && b.IsShort ? 1 : 2);
    }

    /// <summary>The share of telling words in common, or 0 where it is too small to call the articles related.</summary>
    public static double Related(in SketchData a, in SketchData b)
    {
        var shared = SketchComparison.SharedTerms(a.Terms, b.Terms);
        var share = Ratio(shared, Math.Min(a.Terms.Length, b.Terms.Length));
        return shared >= RelatedTerms && share >= RelatedShare ? share : 0;
    }

    public static (bool Copy, double Containment, double Jaccard) CompareShort(in SketchData a, in SketchData b)
    {
        var shared = SketchComparison.Shared(a.Grams, b.Grams);
        var containment = Ratio(shared, Math.Min(a.Grams.Length, b.Grams.Length));
        var jaccard = Ratio(shared, a.Grams.Length + b.Grams.Length - shared);
        var copy = jaccard >= GramJaccard || (containment >= GramContainment && jaccard >= GramJaccard / 2);
        return (copy, containment, jaccard);
    }

    public static bool SameTitle(in SketchData a, in SketchData b) => a.Title != 0 && a.Title == b.Title;

    public static double Ratio(double part, double whole) => whole > 0 ? part / whole : 0;
}
