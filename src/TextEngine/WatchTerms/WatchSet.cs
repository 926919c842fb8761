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
    readonly int[] userStarts;
    readonly int[] users;
    readonly ConcurrentBag<Matcher> idle = [];

    WatchSet(CompiledWatch[] watches, TermIndex index)
    {
        this.watches = watches;
        this.index = index;
        (userStarts, users) = Users();
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
    public IReadOnlyList<WatchHit> Match(in ArticleText article)
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

    internal static WatchSet Of(CompiledWatch[] watches, TermIndex index) => new(watches, index);

    // For each atom the watches that its presence calls up: number * 2, plus one where it is a term rather than a query's word.
    (int[] Starts, int[] Users) Users()
    {
        var counts = new int[index.Atoms.Length];
        foreach (var watch in watches)
        {
            foreach (var atom in watch.Terms)
            {
                counts[atom]++;
            }

            CountLeaves(watch.Query, counts);
        }

        var uses = new List<(int Atom, int User)>();
        for (var number = 0; number < watches.Length; number++)
        {
            foreach (var atom in watches[number].Terms)
            {
                uses.Add((atom, number * 2 + 1));
            }

            if (watches[number].Query is { } query)
            {
                foreach (var atom in Triggers.Of(query, counts)!)
                {
                    uses.Add((atom, number * 2));
                }
            }
        }

        var starts = new int[index.Atoms.Length + 1];
        foreach (var (atom, _) in uses)
        {
            starts[atom + 1]++;
        }

        for (var atom = 0; atom < index.Atoms.Length; atom++)
        {
            starts[atom + 1] += starts[atom];
        }

        var next = starts.AsSpan(0, starts.Length - 1).ToArray();
        var all = new int[uses.Count];
        foreach (var (atom, user) in uses)
        {
            all[next[atom]++] = user;
        }

        return (starts, all);
    }

    static void CountLeaves(QueryNode? node, int[] counts)
    {
        switch (node)
        {
            case QueryNode.Leaf leaf:
                counts[leaf.Atom]++;
                break;
            case QueryNode.All { Parts: var parts }:
                Array.ForEach(parts, part => CountLeaves(part, counts));
                break;
            case QueryNode.Any { Parts: var parts }:
                Array.ForEach(parts, part => CountLeaves(part, counts));
                break;
            case QueryNode.Near { Parts: var parts }:
                Array.ForEach(parts, part => CountLeaves(part, counts));
                break;
        }
    }

    // What one thread needs to match one article; kept between articles.
    sealed class Matcher
    {
        readonly WatchSet set;
        readonly Scanner scanner;
        readonly Judge judge;
        readonly WatchState[] states;
        readonly List<int> called = [];
        readonly List<(int Atom, int Next)> terms = [];
        readonly List<int> termsOfWatch = [];
        readonly List<WatchHit> results = [];
        int generation;

        struct WatchState
        {
            public int Generation;
            public int FirstTerm;
        }

        public Matcher(WatchSet set)
        {
            this.set = set;
            scanner = new Scanner(set.index);
            judge = new Judge(set.watches, scanner, set.index);
            states = new WatchState[set.watches.Length];
        }

        public IReadOnlyList<WatchHit> Match(in ArticleText article)
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
                return [];
            }

            called.Sort();
            results.Clear();
            foreach (var number in CollectionsMarshal.AsSpan(called))
            {
                termsOfWatch.Clear();
                for (var term = states[number].FirstTerm; term >= 0; term = terms[term].Next)
                {
                    termsOfWatch.Add(terms[term].Atom);
                }

                judge.Decide(number, CollectionsMarshal.AsSpan(termsOfWatch), article, results);
            }

            return results.Count == 0 ? [] : [.. results];
        }

        void Call()
        {
            generation++;
            called.Clear();
            terms.Clear();
            foreach (var atom in scanner.Touched)
            {
                for (var i = set.userStarts[atom]; i < set.userStarts[atom + 1]; i++)
                {
                    var number = set.users[i] >> 1;
                    ref var state = ref states[number];
                    if (state.Generation != generation)
                    {
                        state = new WatchState { Generation = generation, FirstTerm = -1 };
                        called.Add(number);
                    }

                    if ((set.users[i] & 1) != 0)
                    {
                        terms.Add((atom, state.FirstTerm));
                        state.FirstTerm = terms.Count - 1;
                    }
                }
            }
        }
    }
}
