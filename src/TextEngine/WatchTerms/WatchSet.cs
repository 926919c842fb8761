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

    // One of them, so that a thread alone has it without asking others.
    Matcher? spare;

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
        var matcher = Interlocked.Exchange(ref spare, null) ?? (idle.TryTake(out var other) ? other : new Matcher(this));
        var hits = matcher.Match(article);
        if (Interlocked.Exchange(ref spare, matcher) is { } second)
        {
            idle.Add(second);
        }

        return hits;
    }

    /// <summary>What a watch's terms are found by. Empty for an id that the set does not have.</summary>
    public IReadOnlyList<Expansion> Explain(string watchId) =>
        Array.Find(watches, watch => watch.Id == watchId) is { } watch ? Explanation.Of(watch, index) : [];

    internal string IdOf(int watch) => watches[watch].Id;

    internal bool HasContext(int watch) => watches[watch].Context.Length > 0;

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

        // The watches called up, each with the number of its last hit in the list below; the hits of a watch's terms are chained.
        readonly ArticleTable states = new();
        (int Hit, int Next)[] taken = new (int, int)[64];
        int takenCount;

        public Matcher(WatchSet set)
        {
            this.set = set;
            scanner = new Scanner(set.index, set.callers);
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
            results.Clear();
            judge.Start(article);
            FetchCallers();
            if (OnlyCaller() is >= 0 and var only)
            {
                judge.DecideAll(only, results);
            }
            else
            {
                DecideEach();
            }

            return results.Count == 0 ? set.none : new WatchHits(set, article, [.. results]);
        }

        void DecideEach()
        {
            Call();
            called.Sort();
            foreach (var number in CollectionsMarshal.AsSpan(called))
            {
                judge.Open(number);
                for (var at = states.Find(number).Last; at >= 0; at = taken[at].Next)
                {
                    judge.Sort(taken[at].Hit);
                }

                judge.Decide(results);
            }
        }

        void FetchCallers()
        {
            foreach (ref readonly var hit in scanner.Hits)
            {
                set.callers.Fetch(hit.Atom);
                Memory.Fetch(ref set.index.Texts[hit.Atom]);
            }
        }

        // The watch that everything found is a term of, and of nothing else; or -1.
        int OnlyCaller()
        {
            var only = -1;
            foreach (ref readonly var hit in scanner.Hits)
            {
                var number = set.callers.OnlyOf(hit.Atom, out _);
                if (number < 0 || (number != only && only >= 0))
                {
                    return -1;
                }

                only = number;
            }

            return only;
        }

        void Call()
        {
            called.Clear();
            states.Clear();
            takenCount = 0;
            var hits = scanner.Hits;

            // Most atoms are a term of one watch, and their hits are that watch's as they come.
            var hasOthers = false;
            var (watch, last) = (-1, -1);
            for (var hit = 0; hit < hits.Length; hit++)
            {
                var number = set.callers.OnlyOf(hits[hit].Atom, out var others);
                hasOthers |= others;
                if (number < 0)
                {
                    continue;
                }

                if (number != watch)
                {
                    Close(watch, last);
                    (watch, last) = (number, Called(number).Last);
                }

                last = Take(hit, last);
            }

            Close(watch, last);
            if (hasOthers)
            {
                CallOthers();
            }
        }

        // Atoms that call up several watches, or queries, which want an atom once.
        void CallOthers()
        {
            foreach (ref readonly var found in scanner.Found.Entries)
            {
                _ = set.callers.OnlyOf(found.Key, out var others);
                var callers = others ? set.callers.Of(found.Key) : [];
                for (var i = 0; i < callers.Length; i++)
                {
                    var number = callers[i] >> 1;
                    if ((callers[i] & 1) != 0)
                    {
                        var last = Called(number).Last;
                        for (var hit = found.First; hit >= 0; hit = scanner[hit].Next)
                        {
                            last = Take(hit, last);
                        }

                        Close(number, last);
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

        int Take(int hit, int last)
        {
            if (takenCount == taken.Length)
            {
                Array.Resize(ref taken, takenCount * 2);
            }

            taken[takenCount] = (hit, last);
            return takenCount++;
        }

        void Close(int watch, int last)
        {
            if (watch >= 0)
            {
                states.Add(watch).Last = last;
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
