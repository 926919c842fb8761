using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <summary>
/// The words of queries that are patterns: <c>word*</c> by a table of prefixes, one probe for each length in use; <c>word~</c> by a table
/// of the words that one deletion leaves, so that two words one edit apart always meet there and are then compared.
/// </summary>
sealed class WordPatterns
{
    readonly Dictionary<ulong, List<(string Prefix, int Symbol)>> prefixes = [];
    readonly Dictionary<ulong, List<(string Word, int Symbol)>> neighbours = [];
    readonly Dictionary<ulong, List<(string Raw, int Symbol)>> exact = [];
    readonly SortedSet<int> lengths = [];
    int shortest = int.MaxValue;
    int longest;

    public bool IsEmpty => prefixes.Count + neighbours.Count + exact.Count == 0;

    public void AddPrefix(string prefix, int symbol)
    {
        lengths.Add(prefix.Length);
        Add(prefixes, WordHash.Of(prefix), (prefix, symbol));
    }

    public void AddFuzzy(string word, int symbol)
    {
        shortest = Math.Min(shortest, word.Length - 1);
        longest = Math.Max(longest, word.Length + 1);
        Add(neighbours, WordHash.Of(word), (word, symbol));
        foreach (var rest in Deletions(word))
        {
            Add(neighbours, WordHash.Of(rest), (word, symbol));
        }
    }

    public void AddExact(string raw, string folded, int symbol) => Add(exact, WordHash.Of(folded), (raw, symbol));

    /// <summary>Adds to the list every pattern that a word meets; <paramref name="raw"/> is the word as written, empty for a part of it.</summary>
    public void Find(ReadOnlySpan<char> word, ulong hash, ReadOnlySpan<char> raw, WordTraits traits, List<Candidate> found)
    {
        foreach (var length in lengths)
        {
            if (length > word.Length)
            {
                break;
            }

            if (prefixes.TryGetValue(WordHash.Of(word[..length]), out var matches))
            {
                foreach (var (prefix, symbol) in matches)
                {
                    if (word.StartsWith(prefix))
                    {
                        found.Add(new Candidate(symbol, traits | WordTraits.Prefix, 1));
                    }
                }
            }
        }

        if (exact.TryGetValue(hash, out var spellings))
        {
            foreach (var (spelling, symbol) in spellings)
            {
                if (raw.SequenceEqual(spelling))
                {
                    found.Add(new Candidate(symbol, traits, 1));
                }
            }
        }

        if (word.Length >= shortest && word.Length <= longest)
        {
            FindNeighbours(word, hash, traits, found, found.Count);
        }
    }

    void FindNeighbours(ReadOnlySpan<char> word, ulong hash, WordTraits traits, List<Candidate> found, int from)
    {
        Compare(word, hash, traits, found, from);
        var before = 0UL;
        for (var i = 0; i < word.Length; i++)
        {
            var after = word[(i + 1)..];
            if (i == 0 || word[i] != word[i - 1])
            {
                Compare(word, before * PowerOf(after.Length) + WordHash.Of(after), traits, found, from);
            }

            before = before * WordHash.Base + word[i];
        }
    }

    void Compare(ReadOnlySpan<char> word, ulong hash, WordTraits traits, List<Candidate> found, int from)
    {
        if (!neighbours.TryGetValue(hash, out var matches))
        {
            return;
        }

        foreach (var (near, symbol) in matches)
        {
            var same = word.SequenceEqual(near);
            if (same || Edits.IsOne(word, near))
            {
                var candidate = new Candidate(symbol, same ? traits : traits | WordTraits.OneEdit, 1);
                if (found.IndexOf(candidate, from) < 0)
                {
                    found.Add(candidate);
                }
            }
        }
    }

    static ulong PowerOf(int length)
    {
        var power = 1UL;
        for (var i = 0; i < length; i++)
        {
            power *= WordHash.Base;
        }

        return power;
    }

    static IEnumerable<string> Deletions(string word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            yield return word.Remove(i, 1);
        }
    }

    static void Add<T>(Dictionary<ulong, List<T>> table, ulong hash, T value)
    {
        if (!table.TryGetValue(hash, out var list))
        {
            table.Add(hash, list = []);
        }

        if (!list.Contains(value))
        {
            list.Add(value);
        }
    }
}
