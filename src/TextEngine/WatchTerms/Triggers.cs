namespace TextEngine.WatchTerms;

/// <summary>
/// Picks for a query the atoms of which one must stand in an article for the query to hold: of an AND the part that is called up least
/// often, of an OR all parts. Only queries with such an atom in the article are evaluated.
/// </summary>
static class Triggers
{
    /// <summary>The atoms, or null when the query can hold without any word. Counts say, by atom, how many queries have it.</summary>
    public static List<int>? Of(QueryNode node, ReadOnlySpan<int> counts)
    {
        switch (node)
        {
            case QueryNode.Leaf leaf:
                return [leaf.Atom];
            case QueryNode.All all:
                return Rarest(all.Parts, counts);
            case QueryNode.Near near:
                return Rarest(near.Parts, counts);
            case QueryNode.Any any:
                var union = new List<int>();
                foreach (var part in any.Parts)
                {
                    if (Of(part, counts) is not { } atoms)
                    {
                        return null;
                    }

                    union.AddRange(atoms);
                }

                return union;
            default:
                return null;
        }
    }

    static List<int>? Rarest(QueryNode[] parts, ReadOnlySpan<int> counts)
    {
        List<int>? best = null;
        var bestCount = long.MaxValue;
        foreach (var part in parts)
        {
            if (Of(part, counts) is not { } atoms)
            {
                continue;
            }

            var count = 0L;
            foreach (var atom in atoms)
            {
                count += atom < counts.Length ? counts[atom] : 0;
            }

            if (count < bestCount)
            {
                (best, bestCount) = (atoms, count);
            }
        }

        return best;
    }
}
