namespace TextEngine.WatchTerms;

/// <summary>
/// What a query cannot do without, as clauses: sets of atoms of each of which one must stand in the article. Of an AND the clauses of all
/// parts hold, of an OR one that is made of the rarest clause of each part. Only queries whose clauses are met are evaluated.
/// </summary>
static class Triggers
{
    /// <summary>
    /// The clauses, the one with the rarest atoms first; none when the query can hold without any word. Counts say, by atom, how many
    /// queries have it.
    /// </summary>
    public static List<int[]> Clauses(QueryNode node, ReadOnlySpan<int> counts)
    {
        var clauses = new List<int[]>();
        Add(node, counts, clauses);
        if (clauses.Count > 1)
        {
            var costs = new long[clauses.Count];
            for (var i = 0; i < costs.Length; i++)
            {
                costs[i] = CostOf(clauses[i], counts);
            }

            var sorted = clauses.ToArray();
            Array.Sort(costs, sorted);
            return [.. sorted];
        }

        return clauses;
    }

    static void Add(QueryNode node, ReadOnlySpan<int> counts, List<int[]> clauses)
    {
        switch (node)
        {
            case QueryNode.Leaf leaf:
                clauses.Add([leaf.Atom]);
                break;
            case QueryNode.All all:
                AddAll(all.Parts, counts, clauses);
                break;
            case QueryNode.Near near:
                AddAll(near.Parts, counts, clauses);
                break;
            case QueryNode.Any any:
                var union = new HashSet<int>();
                foreach (var part in any.Parts)
                {
                    if (Clauses(part, counts) is not [var rarest, ..])
                    {
                        return;
                    }

                    union.UnionWith(rarest);
                }

                clauses.Add([.. union]);
                break;
        }
    }

    static void AddAll(QueryNode[] parts, ReadOnlySpan<int> counts, List<int[]> clauses)
    {
        foreach (var part in parts)
        {
            Add(part, counts, clauses);
        }
    }

    static long CostOf(int[] atoms, ReadOnlySpan<int> counts)
    {
        var cost = 0L;
        foreach (var atom in atoms)
        {
            cost += atom < counts.Length ? counts[atom] : 0;
        }

        return cost;
    }
}
