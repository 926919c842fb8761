namespace TextEngine.WatchTerms;

/// <summary>A word that may follow at a node: the symbol, the node it leads to, and the word's letters as a set.</summary>
readonly record struct Edge(int Symbol, int Node, LetterSet Letters);

/// <summary>
/// What ends at a node: an atom, by which path, and what of the atom says how its hits are weighed; and whether it is the last of the node.
/// </summary>
readonly record struct Output(int Atom, PathTraits Traits, bool IsMarked, bool IsSingleWord, bool IsLast = true);

/// <summary>
/// A place after some words of some terms: its edges and outputs are runs in the trie's two arrays. An only output stands here instead,
/// since most nodes that have any have one. Sixteen bytes, so that a word's two nodes are read at once.
/// </summary>
/// <remarks>
/// After a first word, the edges are followed by the first words of the phrases that it is the second word of: each an edge's symbol and
/// letters, and the node after both. They are the way to phrases whose first word is misspelt.
/// </remarks>
readonly struct TrieNode
{
    const uint One = 1, Several = 2, Marked = 4, SingleWord = 8;
    const int TraitsShift = 4, CountShift = 8, MostEdges = 1 << (32 - CountShift);

    // The edge count, the only output's traits and the bits above. The number is the only output's atom or where several outputs start.
    readonly uint bits;
    readonly int number;

    public TrieNode(int edges, int edgeCount, int firstWordCount, int outputs, int outputCount)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(edgeCount, MostEdges);
        Edges = edges;
        FirstWordCount = firstWordCount;
        number = outputs;
        bits = ((uint)edgeCount << CountShift) | (outputCount == 0 ? 0 : Several);
    }

    /// <summary>The same place with one output.</summary>
    public TrieNode(in TrieNode place, in Output only)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)only.Traits, 1u << (CountShift - TraitsShift));
        this = place;
        number = only.Atom;
        bits = ((uint)EdgeCount << CountShift) | ((uint)only.Traits << TraitsShift) | (only.IsMarked ? Marked : 0)
            | (only.IsSingleWord ? SingleWord : 0) | One;
    }

    public int Edges { get; }

    public int EdgeCount => (int)(bits >> CountShift);

    public int FirstWordCount { get; }

    public bool HasOneOutput => (bits & One) != 0;

    public bool HasOutputs => (bits & Several) != 0;

    /// <summary>Where several outputs start.</summary>
    public int Outputs => number;

    /// <summary>The only output.</summary>
    public Output Output => new(number, (PathTraits)((bits >> TraitsShift) & ((1 << (CountShift - TraitsShift)) - 1)), (bits & Marked) != 0,
        (bits & SingleWord) != 0);
}

/// <summary>
/// All terms as paths of word symbols from one root. The node after a first word has the symbol's own number, so that walking starts
/// without a search, and the nodes of a word's two symbols are neighbours. Edges of a node lie side by side, so that most nodes are
/// searched by looking at their few edges, and only nodes with many through a hash table.
/// </summary>
sealed class PhraseTrie(int symbolCount)
{
    const int Few = 8;

    readonly Dictionary<long, int> children = [];
    readonly List<(int Parent, int Symbol, int Node)> links = [];
    readonly HashSet<(int Node, Output Output)> ends = [];
    int inner;
    TrieNode[] nodes = [];
    Edge[] edges = [];
    Output[] outputs = [];

    // By first word: the outlines of what follows it, and of the first words before it.
    (Outlines Following, Outlines FirstWords)[] outlines = [];

    public void Add(ReadOnlySpan<int> symbols, in Output output)
    {
        var node = symbols[0];
        foreach (var symbol in symbols[1..])
        {
            var key = Key(node, symbol);
            if (!children.TryGetValue(key, out var next))
            {
                next = symbolCount + inner++;
                children.Add(key, next);
                links.Add((node, symbol, next));
            }

            node = next;
        }

        ends.Add((node, output));
    }

    public void Seal(Func<int, string> wordOf)
    {
        var nodeCount = symbolCount + inner;
        var edgeCounts = new int[nodeCount];
        var firstWordCounts = new int[symbolCount];
        var outputCounts = new int[nodeCount];
        outlines = new (Outlines, Outlines)[symbolCount];
        foreach (var (parent, symbol, _) in links)
        {
            edgeCounts[parent]++;
            if (parent < symbolCount)
            {
                outlines[parent].Following = outlines[parent].Following.With(wordOf(symbol));
            }

            if (MayBeMisspelt(parent, wordOf))
            {
                firstWordCounts[symbol]++;
                outlines[symbol].FirstWords = outlines[symbol].FirstWords.WithFirst(wordOf(parent));
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
            var firstWords = node < symbolCount ? firstWordCounts[node] : 0;
            nodes[node] = new TrieNode(edge, edgeCounts[node], firstWords, output, outputCounts[node]);
            edge += edgeCounts[node] + firstWords;
            output += outputCounts[node] > 1 ? outputCounts[node] : 0;
        }

        edges = new Edge[edge];
        foreach (var (parent, symbol, node) in links)
        {
            edges[nodes[parent].Edges + --edgeCounts[parent]] = new Edge(symbol, node, LetterSet.Of(wordOf(symbol)));
            if (MayBeMisspelt(parent, wordOf))
            {
                var second = nodes[symbol];
                edges[second.Edges + second.EdgeCount + --firstWordCounts[symbol]] = new Edge(parent, node, LetterSet.Of(wordOf(parent)));
            }

            if (nodes[parent].EdgeCount <= Few)
            {
                children.Remove(Key(parent, symbol));
            }
        }

        outputs = new Output[output];
        // In the order of the terms, so that of several that a mention is as written the first one is told.
        var laid = new int[nodeCount];
        foreach (var (node, end) in ends)
        {
            if (outputCounts[node] == 1)
            {
                nodes[node] = new TrieNode(nodes[node], end);
                continue;
            }

            outputs[nodes[node].Outputs + laid[node]++] = end with { IsLast = laid[node] == outputCounts[node] };
        }

        Memory.PreferLargePages(nodes);
        Memory.PreferLargePages(edges);
        Memory.PreferLargePages(outlines);
        links.Clear();
        links.TrimExcess();
        ends.Clear();
        ends.TrimExcess();
        children.TrimExcess();
    }

    // Five letters, the article counted; in four only two neighbours are swapped.
    bool MayBeMisspelt(int firstWord, Func<int, string> wordOf) =>
        firstWord < symbolCount && wordOf(firstWord).Length >= ((firstWord & 1) != 0 ? 3 : 4);

    public ref readonly TrieNode this[int node] => ref nodes[node];

    public ReadOnlySpan<Edge> EdgesOf(in TrieNode node) => edges.AsSpan(node.Edges, node.EdgeCount);

    public ReadOnlySpan<Edge> FirstWordsOf(in TrieNode node) => edges.AsSpan(node.Edges + node.EdgeCount, node.FirstWordCount);

    /// <summary>The outlines of all words behind the edges of the node after a first word, and of the first words there.</summary>
    public (Outlines Following, Outlines FirstWords) OutlinesOf(int symbol) => outlines[symbol];

    /// <summary>The outputs of a node that has several.</summary>
    public ReadOnlySpan<Output> OutputsOf(in TrieNode node)
    {
        var end = node.Outputs;
        while (!outputs[end++].IsLast)
        {
        }

        return outputs.AsSpan(node.Outputs..end);
    }

    /// <summary>The node that a symbol leads to, or 0.</summary>
    public int Next(int node, int symbol)
    {
        ref readonly var from = ref nodes[node];
        if (from.EdgeCount > Few)
        {
            return children.GetValueOrDefault(Key(node, symbol));
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

    /// <summary>Has the processor fetch the node, which will be looked at soon.</summary>
    public void FetchNode(int node) => Memory.Fetch(ref nodes[node]);

    /// <summary>The same for its outlines, where it is the node after a first word.</summary>
    public void FetchOutlines(int symbol) => Memory.Fetch(ref outlines[symbol]);

    /// <summary>Has the processor fetch the edges of a node that was fetched before.</summary>
    public void FetchEdges(int node)
    {
        ref readonly var from = ref nodes[node];
        if (from.Edges < edges.Length)
        {
            Memory.Fetch(ref edges[from.Edges]);
        }
    }

    static long Key(int node, int symbol) => ((long)node << 32) | (uint)symbol;
}
