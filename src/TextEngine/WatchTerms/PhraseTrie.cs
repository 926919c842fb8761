namespace TextEngine.WatchTerms;

/// <summary>
/// All terms as paths of word symbols from one root. The root's edges are an array by symbol; the others are one hash table, and a
/// chain per node for the rare case where a misspelt word has to be compared with every word that could stand there.
/// </summary>
sealed class PhraseTrie
{
    readonly Dictionary<long, int> building = [];
    readonly List<int> firstEdge = [-1];
    readonly List<int> firstOutput = [-1];
    readonly List<(int Symbol, int Node, int Next)> edges = [];
    readonly List<(int Atom, PathTraits Traits, int Next)> outputs = [];
    ulong[] keys = [];
    int[] targets = [];
    int[] edgeHeads = [];
    int[] outputHeads = [];
    int[] roots = [];

    public int NodeCount => firstEdge.Count;

    public void Add(ReadOnlySpan<int> symbols, int atom, PathTraits traits)
    {
        var node = 0;
        foreach (var symbol in symbols)
        {
            var key = ((long)node << 32) | (uint)symbol;
            if (!building.TryGetValue(key, out var next))
            {
                next = firstEdge.Count;
                firstEdge.Add(-1);
                firstOutput.Add(-1);
                building.Add(key, next);
                edges.Add((symbol, next, firstEdge[node]));
                firstEdge[node] = edges.Count - 1;
            }

            node = next;
        }

        for (var output = firstOutput[node]; output >= 0; output = outputs[output].Next)
        {
            if (outputs[output].Atom == atom && outputs[output].Traits == traits)
            {
                return;
            }
        }

        outputs.Add((atom, traits, firstOutput[node]));
        firstOutput[node] = outputs.Count - 1;
    }

    public void Seal(int symbolCount)
    {
        roots = new int[symbolCount];
        var size = 16;
        while (size < edges.Count * 2)
        {
            size *= 2;
        }

        keys = new ulong[size];
        targets = new int[size];
        foreach (var (key, target) in building)
        {
            if (key >> 32 == 0)
            {
                roots[(int)key] = target;
                continue;
            }

            var at = Slot((ulong)key);
            while (targets[at] != 0)
            {
                at = (at + 1) & (size - 1);
            }

            keys[at] = (ulong)key;
            targets[at] = target;
        }

        edgeHeads = [.. firstEdge];
        outputHeads = [.. firstOutput];
        building.Clear();
        building.TrimExcess();
    }

    public int Root(int symbol) => roots[symbol];

    public bool HasChildren(int node) => edgeHeads[node] >= 0;

    public int FirstEdge(int node) => edgeHeads[node];

    public (int Symbol, int Node, int Next) Edge(int edge) => edges[edge];

    public int FirstOutput(int node) => outputHeads[node];

    public (int Atom, PathTraits Traits, int Next) Output(int output) => outputs[output];

    /// <summary>The node that a symbol leads to, or 0.</summary>
    public int Next(int node, int symbol)
    {
        var key = ((ulong)node << 32) | (uint)symbol;
        for (var at = Slot(key); targets[at] != 0; at = (at + 1) & (targets.Length - 1))
        {
            if (keys[at] == key)
            {
                return targets[at];
            }
        }

        return 0;
    }

    int Slot(ulong key) => (int)((key * 0x9E3779B97F4A7C15) >> 33) & (targets.Length - 1);
}
