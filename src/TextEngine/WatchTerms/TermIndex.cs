namespace TextEngine.WatchTerms;

/// <summary>
/// Everything that finding needs, built once and never changed: words to symbols, symbols to phrases, phrases to atoms. An entry e of the
/// vocabulary has two symbols: 2e for the word as a term gives it, 2e+1 for a term that gives it with the article ال.
/// </summary>
sealed class TermIndex
{
    public const byte PlainUse = 1, ArticleUse = 2, OtherReadings = 4;

    public required Vocabulary Vocabulary { get; init; }

    public required PhraseTrie Trie { get; init; }

    public required Atom[] Atoms { get; init; }

    /// <summary>The atoms' texts by themselves: reading a hit's term touches nothing else.</summary>
    public required string[] Texts { get; init; }

    /// <summary>By entry: which of its symbols occur in the trie, and whether it also stands for words of other entries.</summary>
    public required byte[] Uses { get; init; }

    /// <summary>By entry: symbols of other words that the entry's word stands for (translations, other spellings).</summary>
    public required Dictionary<int, Candidate[]> Readings { get; init; }

    public required WordPatterns Patterns { get; init; }

    public required SoundIndex Sounds { get; init; }

    public required bool HasCommas { get; init; }

    /// <summary>Whether anything is to be found in Kurdish: terms by sound, or terms that are Kurdish.</summary>
    public required bool MayBeKurdish { get; init; }

    /// <summary>Has the processor fetch an atom's text: whoever gets a hit will most likely read its term.</summary>
    public void FetchText(int atom) => Memory.FetchObject(Texts[atom]);

    /// <summary>The folded word of a symbol; empty for a pattern.</summary>
    public ReadOnlySpan<char> WordOf(int symbol) => symbol < Vocabulary.Count * 2 ? Vocabulary[symbol >> 1] : [];
}
