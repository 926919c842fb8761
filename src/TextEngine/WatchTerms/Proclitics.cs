namespace TextEngine.WatchTerms;

/// <summary>
/// The letters that Arabic writes as one with the next word: (و or ف), then (ب, ل or ك, or س before a verb), then the article ال; after
/// ل the article is written ل. All work is on folded letters.
/// </summary>
static class Proclitics
{
    public const int Most = 8;

    /// <summary>True for letters that can start a stack.</summary>
    public static bool MayStart(char letter) => letter is 'و' or 'ف' or 'ب' or 'ل' or 'ك' or 'س' or 'ا';

    /// <summary>
    /// Writes every way to cut a stack off a word that leaves two letters or more; returns how many there are. A positive number cuts that
    /// many letters, a negative one cuts that many of which the last two are the article.
    /// </summary>
    public static int Cuts(ReadOnlySpan<char> word, Span<int> cuts)
    {
        var count = 0;
        var at = 0;
        Article(word, at, cuts, ref count);
        if (word[0] is 'و' or 'ف')
        {
            at = 1;
            Add(word, at, false, cuts, ref count);
            Article(word, at, cuts, ref count);
        }

        if (at < word.Length && word[at] is 'ب' or 'ك' or 'ل')
        {
            Add(word, at + 1, false, cuts, ref count);
            if (word[at] == 'ل' && at + 1 < word.Length && word[at + 1] == 'ل')
            {
                Add(word, at + 2, true, cuts, ref count);
            }

            Article(word, at + 1, cuts, ref count);
        }
        else if (at < word.Length && word[at] == 'س')
        {
            Add(word, at + 1, false, cuts, ref count);
        }

        return count;
    }

    /// <summary>How many letters the article and what stands before it take of a word; 0 where there is none.</summary>
    public static int EndOfArticle(ReadOnlySpan<char> word)
    {
        Span<int> cuts = stackalloc int[Most];
        foreach (var cut in cuts[..(MayStart(word[0]) ? Cuts(word, cuts) : 0)])
        {
            if (cut < 0)
            {
                return -cut;
            }
        }

        return 0;
    }

    static void Article(ReadOnlySpan<char> word, int at, Span<int> cuts, ref int count)
    {
        if (at + 1 < word.Length && word[at] == 'ا' && word[at + 1] == 'ل')
        {
            Add(word, at + 2, true, cuts, ref count);
        }
    }

    static void Add(ReadOnlySpan<char> word, int length, bool article, Span<int> cuts, ref int count)
    {
        if (word.Length - length >= 2)
        {
            cuts[count++] = article ? -length : length;
        }
    }
}
