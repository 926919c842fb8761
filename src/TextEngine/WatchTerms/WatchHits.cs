using System.Collections;
using System.Runtime.InteropServices;

namespace TextEngine.WatchTerms;

/// <summary>The mentions of one article, by watch in the order of the definitions, then by place.</summary>
public sealed class WatchHits : IReadOnlyList<WatchHit>
{
    readonly WatchSet set;
    readonly ArticleText article;
    readonly Record[] records;

    internal WatchHits(WatchSet set, in ArticleText article, Record[] records)
    {
        this.set = set;
        this.article = article;
        this.records = records;
    }

    /// <summary>What is kept of a hit; the rest follows from it, the set and the article.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Record(int Watch, int Atom, int Start, int Length, WordTraits Traits, PathTraits Path, HitField Field);

    /// <summary>How many there are.</summary>
    public int Count => records.Length;

    /// <summary>One of them.</summary>
    public WatchHit this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)records.Length, nameof(index));
            return new WatchHit(this, index);
        }
    }

    /// <summary>Reads them in order.</summary>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<WatchHit> IEnumerable<WatchHit>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal ref readonly Record Found(int index) => ref records[index];

    internal string WatchOf(int index) => set.IdOf(records[index].Watch);

    internal string TermOf(int index) => set.TextOf(records[index].Atom);

    internal Atom AtomOf(int index) => set.AtomOf(records[index].Atom);

    internal bool HasContext(int index) => set.HasContext(records[index].Watch);

    internal string TextOf(HitField field) => field == HitField.Title ? article.Title! : article.Text;

    /// <summary>Reads hits in order without allocating.</summary>
    public struct Enumerator : IEnumerator<WatchHit>
    {
        readonly WatchHits hits;
        int index = -1;

        internal Enumerator(WatchHits hits) => this.hits = hits;

        /// <inheritdoc/>
        public readonly WatchHit Current => new(hits, index);

        readonly object IEnumerator.Current => Current;

        /// <inheritdoc/>
        public bool MoveNext() => ++index < hits.Count;

        /// <inheritdoc/>
        public void Reset() => index = -1;

        /// <inheritdoc/>
        public readonly void Dispose()
        {
        }
    }
}
