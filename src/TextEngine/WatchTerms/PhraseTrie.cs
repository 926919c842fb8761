namespace TextEngine.WatchTerms;

/// <summary>A word that may follow at a node: the symbol, the node it leads to, and the word's letters as a set.</summary>
readonly record struct Edge(int Symbol, int Node, LetterSet Letters);

/// <summary>What ends at a node: an atom, by which path, and whether it is <see cref="Atom.IsMarked"/>.</summary>
readonly record struct Output(int Atom, PathTraits Traits, bool IsMarked);

/// <summary>
/// A place after some words of some terms: its edges and outputs are runs in the trie's two arrays. The first output stands here as
/// well, since most nodes that have any have one.
/// </summary>
readonly record struct TrieNode(int Number, int Edges, int EdgeCount, int Outputs, int OutputCount, Output Output);

/// <summary>
/// All terms as paths of word symbols from one root. The root's edges are an array by symbol; those of any other node lie side by side,
/// so that most nodes are searched by looking at their few edges, and only nodes with many through a hash table.
/// </summary>
sealed class PhraseTrie
{
    const int Few = 8;

    readonly Dictionary<long, int> children = [];
    readonly List<(int Parent, int Symbol, int Node)> links = [];
    readonly HashSet<(int Node, Output Output)> ends = [];
    int nodeCount = 1;
    TrieNode[] nodes = [];
    Edge[] edges = [];
    Output[] outputs = [];
    int[] roots = [];

    public void Add(ReadOnlySpan<int> symbols, int atom, PathTraits traits, bool isMarked)
    {
        var node = 0;
        foreach (var symbol in symbols)
        {
            var key = Key(node, symbol);
            if (!children.TryGetValue(key, out var next))
            {
                next = nodeCount++;
                children.Add(key, next);
                links.Add((node, symbol, next));
            }

            node = next;
        }

        ends.Add((node, new Output(atom, traits, isMarked)));
    }

    public void Seal(int symbolCount, Func<int, string> wordOf)
    {
        roots = new int[symbolCount];
        var edgeCounts = new int[nodeCount];
        var outputCounts = new int[nodeCount];
        foreach (var (parent, symbol, node) in links)
        {
            edgeCounts[parent]++;
            if (parent == 0)
            {
                roots[symbol] = node;
                children.Remove(Key(0, symbol));
            }
        }

        foreach (var (node, _) in ends)
        {
            outputCounts[node]++;
        }

        nodes = new TrieNode[nodeCount];
        var (edge, output) = (0, 0);
        for (var node = 0; node < nodeCount; node++)
        {
            nodes[node] = new TrieNode(node, edge, edgeCounts[node], output, outputCounts[node], default);
            edge += edgeCounts[node];
            output += outputCounts[node];
        }

        edges = new Edge[links.Count];
        foreach (var (parent, symbol, node) in links)
        {
            edges[nodes[parent].Edges + --edgeCounts[parent]] = new Edge(symbol, node, LetterSet.Of(wordOf(symbol)));
            if (parent != 0 && nodes[parent].EdgeCount <= Few)
            {
                children.Remove(Key(parent, symbol));
            }
        }

        outputs = new Output[ends.Count];
        foreach (var (node, end) in ends)
        {
            outputs[nodes[node].Outputs + --outputCounts[node]] = end;
            nodes[node] = nodes[node] with { Output = end };
        }

        links.Clear();
        links.TrimExcess();
        ends.Clear();
        ends.TrimExcess();
        children.TrimExcess();
    }

    /// <summary>The node after a first word, or 0.</summary>
    public int Root(int symbol) => roots[symbol];

    public ref readonly TrieNode this[int node] => ref nodes[node];

    public ReadOnlySpan<Edge> EdgesOf(in TrieNode node) => edges.AsSpan(node.Edges, node.EdgeCount);

    public ReadOnlySpan<Output> OutputsOf(in TrieNode node) => outputs.AsSpan(node.Outputs, node.OutputCount);

    /// <summary>The node that a symbol leads to, or 0.</summary>
    public int Next(in TrieNode from, int symbol)
    {
        if (from.EdgeCount > Few)
        {
            return children.GetValueOrDefault(Key(from.Number, symbol));
        }

        foreach (ref readonly var edge in EdgesOf(from))
        {
            if (edge.Symbol == symbol)
            {
                return edge.Node;
            }
        }

        return 0;
    }

    static long Key(int node, int symbol) => ((long)node << 32) | (uint)symbol;
}
