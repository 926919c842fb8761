namespace TextEngine.WatchTerms;

/// <summary>Small words that stand around and inside names without changing them.</summary>
static class Particles
{
    static readonly HashSet<string> LatinArticles = ["al", "el", "ul", "ol", "ad", "ar", "as", "az", "ash", "the"];

    static readonly HashSet<string> Between =
    [
        .. LatinArticles, "of", "de", "del", "des", "du", "di", "da", "do", "la", "le", "l", "d", "e", "i", "yi", "elite", "air", "аль", "эль", "αλ", "ελ", "ال", "ي", "אל",
    ];

    // The article as it is heard before some letters; alone these are other words, so a hyphen must follow.
    static readonly HashSet<string> Hyphenated =
        ["αν", "ασ", "an", "at", "ath", "er", "es", "et", "ed", "en", "ez", "ас", "ад", "аз", "ан", "ар", "ат", "аш", "эс", "א", "אס", "אר", "אש", "אד", "אנ", "אז", "את"];

    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> ArticleSpans = LatinArticles.GetAlternateLookup<ReadOnlySpan<char>>();
    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> BetweenSpans = Between.GetAlternateLookup<ReadOnlySpan<char>>();
    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> HyphenatedSpans = Hyphenated.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool IsLatinArticle(ReadOnlySpan<char> folded, bool hyphenFollows) =>
        folded.Length <= 3 && (ArticleSpans.Contains(folded) || (hyphenFollows && HyphenatedSpans.Contains(folded)));

    /// <summary>The Arabic article as a word of its own, in any script.</summary>
    public static bool IsArticle(ReadOnlySpan<char> folded) => folded is not "the"
        && (IsLatinArticle(folded, true) || folded is "аль" or "эль" or "αλ" or "ελ" or "אל"
            || (folded[0] >= 'Ͱ' && HyphenatedSpans.Contains(folded)));

    /// <summary>How many first letters of a folded Latin word are the article, as one with it: Aljabri, Ezzor; 0 where none are.</summary>
    public static int FusedLatinArticle(ReadOnlySpan<char> folded) => folded.Length < 5 || folded[0] is not ('a' or 'e') ? 0
        : folded[1] == 'l' || (folded[1] == folded[2] && folded[1] is 't' or 'd' or 'r' or 'z' or 's' or 'n') ? 2 : 0;

    /// <summary>A word that may stand between two words of a phrase in the text although the term does not have it.</summary>
    public static bool MayStandBetween(ReadOnlySpan<char> folded, bool hyphenFollows) =>
        (folded.Length <= 3 || folded is "elite") && (folded[0] < 'ء' || folded[0] is 'ا' or 'ي')
        && (BetweenSpans.Contains(folded) || (hyphenFollows && HyphenatedSpans.Contains(folded)));

    /// <summary>French and Italian elisions that stand before an apostrophe.</summary>
    public static bool IsElided(ReadOnlySpan<char> folded) => folded is "l" or "d" or "qu" or "s" or "j" or "n" or "m" or "c" or "t" or "dell" or "all";

    /// <summary>
    /// Whether a folded Arabic word, given as written, starts with the article. A hamza on the alef (ألمانيا) says that it does not, and
    /// the name of God is never taken apart.
    /// </summary>
    public static bool HasArticle(ReadOnlySpan<char> raw, ReadOnlySpan<char> folded) =>
        folded.Length >= 5 && folded[0] == 'ا' && folded[1] == 'ل' && raw[0] is 'ا' or 'ٱ' && !folded.SequenceEqual("الله");
}
