namespace TextEngine.WatchTerms;

/// <summary>
/// By atom, the watches that its presence calls up, and for a query also what else must be there: clauses, of each of which some atom
/// must stand in the article. They lie side by side, so that a query that cannot hold costs a look at a few numbers and is never touched.
/// </summary>
sealed class Callers
{
    // An entry is watch * 2 + 1 for a term of the watch; for its query it is watch * 2, how many numbers follow, and these: atoms, the last
    // one of each clause complemented. Most atoms have one entry of one odd number, which stands in their place; for any other atom there
    // is twice the place in calls of how many numbers its entries have, and the entries follow there.
    readonly int[] places;
    readonly int[] calls;
    readonly CompiledWatch[] watches;

    Callers(int[] places, int[] calls, CompiledWatch[] watches)
    {
        this.places = places;
        this.calls = calls;
        this.watches = watches;
    }

    public ReadOnlySpan<int> Of(int atom)
    {
        var place = places[atom];
        return (place & 1) != 0 ? places.AsSpan(atom, 1) : calls.AsSpan((place >> 1) + 1, calls[place >> 1]);
    }

    /// <summary>
    /// The watch that the atom calls up as its term and that is all it calls up, or -1; then the atom may still call up others, as
    /// <paramref name="others"/> says.
    /// </summary>
    public int OnlyOf(int atom, out bool others)
    {
        var place = places[atom];
        others = (place & 1) == 0 && place != 0;
        return (place & 1) != 0 ? place >> 1 : -1;
    }

    /// <summary>
    /// Whether two atoms are nothing but terms of one watch, for which either says the same, as nothing but its terms decides.
    /// </summary>
    public bool SayTheSame(int atom, int other) => places[atom] == places[other] && OnlyOf(atom, out _) is >= 0 and var watch && watches[watch].HasTermsOnly;

    /// <summary>Has the processor fetch where an atom's entries stand.</summary>
    public void Fetch(int atom) => Memory.Fetch(ref places[atom]);

    /// <summary>Whether the article has some atom of each clause.</summary>
    public static bool MayHold(ReadOnlySpan<int> clauses, ArticleTable found)
    {
        var holds = false;
        foreach (var code in clauses)
        {
            holds = holds || found.Contains(code < 0 ? ~code : code);
            if (code < 0)
            {
                if (!holds)
                {
                    return false;
                }

                holds = false;
            }
        }

        return true;
    }

    public static Callers Of(CompiledWatch[] watches, int atomCount)
    {
        var counts = new int[atomCount];
        foreach (var watch in watches)
        {
            Count(watch, counts);
        }

        // Twice over the watches, once to measure and once to write, so that nothing else is held in memory.
        var places = new int[atomCount];
        var calls = new int[1];
        var lengths = new int[atomCount];
        foreach (var write in new[] { false, true })
        {
            for (var number = 0; number < watches.Length; number++)
            {
                foreach (var atom in watches[number].Terms)
                {
                    Call(atom, [number * 2 + 1], write);
                }

                if (watches[number].Query is { } query)
                {
                    var (triggers, entry) = EntryOf(query, number, counts);
                    foreach (var atom in triggers)
                    {
                        Call(atom, entry, write);
                    }
                }
            }

            if (!write)
            {
                calls = new int[Place(lengths, places)];
            }
        }

        return new Callers(places, calls, watches);

        void Call(int atom, ReadOnlySpan<int> entry, bool write)
        {
            if (!write)
            {
                lengths[atom] += entry.Length;
            }
            else if (lengths[atom] == 1)
            {
                places[atom] = entry[0];
            }
            else
            {
                var start = places[atom] >> 1;
                entry.CopyTo(calls.AsSpan(start + 1 + calls[start]));
                calls[start] += entry.Length;
            }
        }
    }

    // Gives every atom with more than one number its place; atoms with none share the first, which stays empty. Returns the length of it all.
    static int Place(ReadOnlySpan<int> lengths, Span<int> places)
    {
        var end = 1;
        for (var atom = 0; atom < lengths.Length; atom++)
        {
            if (lengths[atom] > 1)
            {
                places[atom] = end * 2;
                end += 1 + lengths[atom];
            }
        }

        return end;
    }

    // The rarest clause calls the query up; the others are looked at, the rarest first.
    static (HashSet<int> Triggers, int[] Entry) EntryOf(QueryNode query, int number, ReadOnlySpan<int> counts)
    {
        var clauses = Triggers.Clauses(query, counts);
        var entry = new List<int> { number * 2, 0 };
        foreach (var clause in clauses.Skip(1))
        {
            entry.AddRange(clause);
            entry[^1] = ~entry[^1];
        }

        entry[1] = entry.Count - 2;
        return ([.. clauses[0]], [.. entry]);
    }

    static void Count(CompiledWatch watch, int[] counts)
    {
        foreach (var atom in watch.Terms)
        {
            counts[atom]++;
        }

        CountLeaves(watch.Query, counts);
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
}
