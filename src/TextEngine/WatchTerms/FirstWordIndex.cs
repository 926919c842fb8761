namespace TextEngine.WatchTerms;

/// <summary>A first word that a phrase may have before a second word, the trie node after both, and the first word's letters.</summary>
readonly record struct FirstWord(int Symbol, int Node, LetterSet Letters);

/// <summary>By symbol, the first words of the phrases that it is the second word of: the way to phrases whose first word is misspelt.</summary>
sealed class FirstWordIndex
{
    int[] starts = [];
    FirstWord[] all = [];

    /// <summary>Where a symbol's first words start, and how many there are.</summary>
    public (int Start, int Count) RunOf(int symbol) => (starts[symbol], starts[symbol + 1] - starts[symbol]);

    public ReadOnlySpan<FirstWord> Run(int start, int count) => all.AsSpan(start, count);

    public static FirstWordIndex Of(IReadOnlyCollection<(int Second, FirstWord First)> pairs, int symbols)
    {
        var index = new FirstWordIndex { starts = new int[symbols + 1], all = new FirstWord[pairs.Count] };
        foreach (var (second, _) in pairs)
        {
            index.starts[second + 1]++;
        }

        for (var symbol = 0; symbol < symbols; symbol++)
        {
            index.starts[symbol + 1] += index.starts[symbol];
        }

        var next = index.starts.AsSpan(0, symbols).ToArray();
        foreach (var (second, first) in pairs)
        {
            index.all[next[second]++] = first;
        }

        return index;
    }
}
