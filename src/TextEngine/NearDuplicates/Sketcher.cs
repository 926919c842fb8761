using System.Runtime.InteropServices;
using TextEngine.Normalisation;

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
    /// <summary>A shorter headline is a rubric, which unlike articles share.</summary>
    const int HeadlineWords = 3;

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
        words.Read(title, text);
        Boilerplate.Remove(words);
        w.Clear();
        Shingles(w);
        Figures(w);
        TellingWords.Collect(words, w.Terms, MaxTerms);
        var isShort = words.Count is > 0 and < ShortWords;
        if (isShort)
        {
            Grams(w);
        }

        return new ArticleSketch(
            words.Count, Headline(words), w.Sorted(w.Shingles), w.Sorted(w.Grams), CollectionsMarshal.AsSpan(w.Figures),
            CollectionsMarshal.AsSpan(w.Terms), CollectionsMarshal.AsSpan(w.Bands));
    }

    static uint Headline(ArticleWords words)
    {
        var hash = 0UL;
        foreach (ref readonly var word in words.Words[..words.TitleCount])
        {
            hash = WordHash.Mix(hash + word.Hash);
        }

        return words.TitleCount < HeadlineWords ? 0 : (uint)(hash >> 32);
    }

    static void Shingles(Workspace w)
    {
        // A run never crosses from the title into the text: the same text under another title keeps all its shingles.
        var titleEnd = w.Words.TitleCount;
        Shingles(w, w.Words.Words[..titleEnd], 0);
        Shingles(w, w.Words.Words[titleEnd..], titleEnd);
    }

    static void Shingles(Workspace w, ReadOnlySpan<ArticleWord> words, int offset)
    {
        if (words.Length is 1 or 2)
        {
            w.Add(ShingleHash.Of(words[0].Hash, words[^1].Hash, 1), 0, ulong.MinValue);
            return;
        }

        var all = w.Words.Count;
        var mask = all < ShortWords ? 0 : LeadMask;
        var perEighth = (8u << 16) / (uint)Math.Max(all, 1);
        for (var i = 2; i < words.Length; i++)
        {
            var place = offset + i - 2;
            mask = place >= LeadWords ? BodyMask : mask;
            w.Add(ShingleHash.Of(words[i - 2].Hash, words[i - 1].Hash, words[i].Hash), ((uint)place * perEighth) >> 16, mask);
        }
    }

    /// <summary>
    /// A figure's context is the two words before it that are no figures, so that the same place in tomorrow's bulletin is found.
    /// </summary>
    static void Figures(Workspace w)
    {
        var words = w.Words.Words;
        ulong before = 2, last = 1;
        var place = 0UL;
        for (var i = 0; i < words.Length && w.Figures.Count < MaxFigures; i++)
        {
            if (words[i].Kind is WordKind.Figure or WordKind.Date)
            {
                var context = ShingleHash.Of(before, last, place++);
                w.Figures.Add(context & ~0xFFFFFFFFUL | WordHash.Mix(words[i].Hash) >> 32);
            }
            else
            {
                (before, last, place) = (last, words[i].Hash, 0);
            }
        }

        w.Figures.Sort();
    }

    static void Grams(Workspace w)
    {
        Span<char> folded = stackalloc char[MaxGramText];
        var length = w.Words.CopyLetters(folded);
        for (var i = 0; i + GramLength <= length; i++)
        {
            var gram = WordHash.Mix(WordHash.Of(folded.Slice(i, GramLength)));
            w.Grams.Add(((uint)(gram >> 32) & ~7u) | (uint)(i * 8 / length));
            if (i + GramBandLength <= length)
            {
                var band = WordHash.Mix(WordHash.Of(folded.Slice(i, GramBandLength)));
                if ((band & 1) == 0)
                {
                    w.Bands.Add((long)band);
                }
            }
        }
    }

    sealed class Workspace
    {
        public readonly ArticleWords Words = new();
        public readonly List<uint> Shingles = new(512), Grams = new(128), Terms = new(32);
        public readonly List<ulong> Figures = new(64);
        public readonly List<long> Bands = new(64);
        readonly uint[] _spare = new uint[ArticleWords.MaxWords];

        public void Clear()
        {
            Shingles.Clear();
            Grams.Clear();
            Terms.Clear();
            Figures.Clear();
            Bands.Clear();
        }

        /// <summary>Takes a shingle in, and as a look-up key too where it belongs to the sample.</summary>
        public void Add(ulong shingle, uint eighth, ulong mask)
        {
            Shingles.Add(((uint)(shingle >> 32) & ~7u) | eighth);
            if ((shingle & mask) == 0)
            {
                Bands.Add((long)shingle);
            }
        }

        /// <summary>Sorts and leaves the first of each hash, whatever its place.</summary>
        public Span<uint> Sorted(List<uint> list)
        {
            if (list.Count == 0)
            {
                return [];
            }

            var values = CollectionsMarshal.AsSpan(list);
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
