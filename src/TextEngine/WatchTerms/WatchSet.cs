using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace TextEngine.WatchTerms;

/// <summary>
/// A compiled set of watches. It never changes, so any number of threads may match with it while its successor is being compiled; to
/// change watches, compile a new set and put it in the old one's place.
/// </summary>
public sealed class WatchSet
{
    readonly CompiledWatch[] watches;
    readonly TermIndex index;
    readonly Callers callers;
    readonly WatchHits none;
    readonly ConcurrentBag<Matcher> idle = [];

    WatchSet(CompiledWatch[] watches, TermIndex index)
    {
        this.watches = watches;
        this.index = index;
        callers = Callers.Of(watches, index.Atoms.Length);
        none = new WatchHits(this, default, []);
    }

    /// <summary>How many watches the set has.</summary>
    public int Count => watches.Length;

    /// <summary>Compiles watches.</summary>
    /// <exception cref="WatchDefinitionException">A definition cannot be used, or one of its examples fails.</exception>
    public static WatchSet Compile(IReadOnlyList<WatchDefinition> definitions)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        return Compiler.Compile(definitions);
    }

    /// <summary>Every mention that raises a watch, by watch in the order of the definitions, then by place.</summary>
    public WatchHits Match(in ArticleText article)
    {
        if (!idle.TryTake(out var matcher))
        {
            matcher = new Matcher(this);
        }

        var hits = matcher.Match(article);
        idle.Add(matcher);
        return hits;
    }

    /// <summary>What a watch's terms are found by. Empty for an id that the set does not have.</summary>
    public IReadOnlyList<Expansion> Explain(string watchId) =>
        Array.Find(watches, watch => watch.Id == watchId) is { } watch ? Explanation.Of(watch, index) : [];

    internal string IdOf(int watch) => watches[watch].Id;

    internal Atom AtomOf(int atom) => index.Atoms[atom];

    internal string TextOf(int atom) => index.Texts[atom];

    internal static WatchSet Of(CompiledWatch[] watches, TermIndex index) => new(watches, index);

    // What one thread needs to match one article; kept between articles.
    sealed class Matcher
    {
        readonly WatchSet set;
        readonly Scanner scanner;
        readonly Judge judge;
        readonly List<int> called = [];
        readonly List<WatchHits.Record> results = [];

        // The watches called up, each with the number of its first term in the list below; the terms of a watch are chained.
        readonly ArticleTable states = new();
        readonly List<(int FirstHit, int Next)> terms = [];

        public Matcher(WatchSet set)
        {
            this.set = set;
            scanner = new Scanner(set.index);
            judge = new Judge(set.watches, scanner, set.index);
        }

        public WatchHits Match(in ArticleText article)
        {
            scanner.Start();
            if (article.Title is { Length: > 0 } title)
            {
                scanner.Scan(title, HitField.Title);
            }

            scanner.Scan(article.Text, HitField.Text);
            Call();
            if (called.Count == 0)
            {
                return set.none;
            }

            called.Sort();
            results.Clear();
            judge.Start(article);
            foreach (var number in CollectionsMarshal.AsSpan(called))
            {
                judge.Open(number);
                for (var term = states.Find(number).First; term >= 0; term = terms[term].Next)
                {
                    judge.Sort(terms[term].FirstHit);
                }

                judge.Decide(results);
            }

            return results.Count == 0 ? set.none : new WatchHits(set, article, [.. results]);
        }

        void Call()
        {
            called.Clear();
            terms.Clear();
            states.Clear();
            var entries = scanner.Found.Entries;
            foreach (ref readonly var found in entries)
            {
                set.callers.Fetch(found.Key);
                Memory.Fetch(ref set.index.Texts[found.Key]);
            }

            foreach (ref readonly var found in entries)
            {
                var callers = set.callers.Of(found.Key);
                for (var i = 0; i < callers.Length; i++)
                {
                    var number = callers[i] >> 1;
                    if ((callers[i] & 1) != 0)
                    {
                        ref var state = ref Called(number);
                        terms.Add((found.First, state.First));
                        state.First = terms.Count - 1;
                        continue;
                    }

                    var clauses = callers.Slice(i + 2, callers[i + 1]);
                    if (Callers.MayHold(clauses, scanner.Found))
                    {
                        Called(number);
                    }

                    i += 1 + clauses.Length;
                }
            }
        }

        ref ArticleTable.Entry Called(int number)
        {
            var before = states.Count;
            ref var state = ref states.Add(number);
            if (states.Count > before)
            {
                called.Add(number);
            }

            return ref state;
        }
    }
}
