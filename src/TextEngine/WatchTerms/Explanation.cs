namespace TextEngine.WatchTerms;

/// <summary>Lists what the terms of a watch are found by.</summary>
static class Explanation
{
    public static IReadOnlyList<Expansion> Of(CompiledWatch watch, TermIndex index)
    {
        var expansions = new List<Expansion>();
        foreach (var atom in watch.Terms)
        {
            expansions.Add(new Expansion(index.Atoms[atom].Text, index.Atoms[atom].Text, "as written, with proclitics and letters of its families"));
        }

        return expansions;
    }
}
