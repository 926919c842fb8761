using System.Runtime.InteropServices;

namespace TextEngine.NearDuplicates;

/// <summary>
/// Makes sketches: words, then word shingles, then a sample of them as look-up keys. Shingles sampled by value (hash modulo m) estimate
/// containment as well as resemblance: A. Broder, "On the resemblance and containment of documents", 1997.
/// </summary>
public static class Sketcher
{
    /// <summary>Articles of fewer words are compared by character shingles.</summary>
    internal const int ShortWords = 20;

    /// <summary>Teasers keep the beginning, so the beginning is sampled more densely.</summary>
    const int LeadWords = 64;
    const ulong LeadMask = 3, BodyMask = 15;
    const int GramLength = 4, GramBandLength = 9, MaxGramText = 512, MaxFigures = 64, MaxTerms = 32;

    [ThreadStatic]
    static Workspace? _workspace;

    /// <summary>Sketches one article. Never fails: an article without words has an empty sketch, which is like no other.</summary>
    /// <param name="title">The headline, or null. It counts as the first words of the text.</param>
    /// <param name="text">Plain text, without markup; lines may be wrapped anywhere.</param>
    public static ArticleSketch Sketch(string? title, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var w = _workspace ??= new Workspace();
        var words = w.Words;
        words.Clear();
        words.Read(title);
        var titleEnd = words.Count;
        words.Read(text);
        Boilerplate.Remove(words, titleEnd);
        w.Clear();
        Shingles(w, titleEnd);
        Figures(w);
        TellingWords.Collect(words, titleEnd, w.Terms, MaxTerms);
        var isShort = words.Count is > 0 and < ShortWords;
        if (isShort)
        {
            Grams(w, title, text);
        }

        return new ArticleSketch(words.Count, w.Sorted(w.Shingles), w.Sorted(w.Grams), CollectionsMarshal.AsSpan(w.Figures),
            CollectionsMarshal.AsSpan(w.Terms), CollectionsMarshal.AsSpan(w.Bands));
    }

    static void Shingles(Workspace w, int titleEnd)
    {
        var words = w.Words;
        var n = words.Count;
        var dense = n < ShortWords;
        for (var i = 0; i < n; i++)
        {
            // A run never crosses from the title into the text: the same text under another title keeps all its shingles.
            var inTitle = i < titleEnd;
            var end = inTitle ? titleEnd : n;
            var length = end - (inTitle ? 0 : titleEnd);
            if (i + 3 > end && !(length < 3 && i == end - length))
            {
                continue;
            }

            var run = WordHash.Run(words.Hash[i], i + 1 < end ? words.Hash[i + 1] : 1, i + 2 < end ? words.Hash[i + 2] : 1);
            w.Shingles.Add((uint)(run >> 32) & ~7u | (uint)(i * 8 / n));
            if ((run & BodyMask) == 0 || (i < LeadWords && (run & LeadMask) == 0) || dense)
            {
                w.Bands.Add((long)run);
            }
        }
    }

    /// <summary>A figure's context is the two words before it that are no figures, so that the same place in tomorrow's bulletin is found.</summary>
    static void Figures(Workspace w)
    {
        var words = w.Words;
        ulong before = 2, last = 1;
        var place = 0UL;
        for (var i = 0; i < words.Count && w.Figures.Count < MaxFigures; i++)
        {
            if (words.Kind[i] is WordKind.Figure or WordKind.Date)
            {
                var context = WordHash.Run(before, last, place++);
                w.Figures.Add(context & ~0xFFFFFFFFUL | WordHash.Finish(words.Term[i]) >> 32);
            }
            else
            {
                (before, last, place) = (last, words.Hash[i], 0);
            }
        }

        w.Figures.Sort();
    }

    static void Grams(Workspace w, string? title, string text)
    {
        Span<char> folded = stackalloc char[MaxGramText];
        var length = WordReader.FoldInto(title, folded, 0);
        length = WordReader.FoldInto(" ", folded, length);
        length = WordReader.FoldInto(text, folded, length);
        for (var i = 0; i + GramLength <= length; i++)
        {
            var gram = WordHash.Finish(WordHash.Of(folded.Slice(i, GramLength)));
            w.Grams.Add((uint)(gram >> 32) & ~7u | (uint)(i * 8 / length));
            if (i + GramBandLength <= length)
            {
                var band = WordHash.Finish(WordHash.Of(folded.Slice(i, GramBandLength)));
                if ((band & 1) == 0)
                {
                    w.Bands.Add((long)band);
                }
            }
        }
    }

    sealed class Workspace
    {
        public readonly WordReader Words = new();
        public readonly List<uint> Shingles = new(512), Grams = new(128), Terms = new(32);
        public readonly List<ulong> Figures = new(64);
        public readonly List<long> Bands = new(64);
        uint[] _spare = new uint[512];

        public void Clear()
        {
            Shingles.Clear();
            Grams.Clear();
            Terms.Clear();
            Figures.Clear();
            Bands.Clear();
        }

        /// <summary>Sorts and leaves the first of each hash, whatever its place.</summary>
        public Span<uint> Sorted(List<uint> list)
        {
            if (list.Count == 0)
            {
                return [];
            }

            var values = CollectionsMarshal.AsSpan(list);
            if (_spare.Length < values.Length)
            {
                _spare = new uint[values.Length * 2];
            }

            RadixSort.Sort(values, _spare.AsSpan(0, values.Length));
            var kept = 1;
            for (var i = 1; i < values.Length; i++)
            {
                if (values[i] >> 3 != values[kept - 1] >> 3)
                {
                    values[kept++] = values[i];
                }
            }

            return values[..kept];
        }
    }
}
