using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <summary>A small set of folded words, behind a bit filter that answers for nearly every word that is not in it.</summary>
sealed class WordSet
{
    const int Bits = 12;

    readonly ulong[] filter = new ulong[(1 << Bits) / 64];
    readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> words;

    public WordSet(IEnumerable<string> words)
    {
        var set = words.ToHashSet(StringComparer.Ordinal);
        this.words = set.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var word in set)
        {
            var bit = BitOf(WordHash.Of(word));
            filter[bit >> 6] |= 1UL << bit;
        }
    }

    /// <summary>Whether it has a word, given with its hash.</summary>
    public bool Contains(ReadOnlySpan<char> word, ulong hash)
    {
        var bit = BitOf(hash);
        return (filter[bit >> 6] & (1UL << bit)) != 0 && words.Contains(word);
    }

    static int BitOf(ulong hash) => (int)(WordHash.Spread(hash) >> (64 - Bits));
}
