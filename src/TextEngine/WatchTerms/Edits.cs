namespace TextEngine.WatchTerms;

/// <summary>Tells whether one edit turns a word into another: a letter wrong, missing or too many, or two neighbours swapped.</summary>
static class Edits
{
    /// <summary>True for exactly one edit.</summary>
    public static bool IsOne(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (Math.Abs(a.Length - b.Length) > 1)
        {
            return false;
        }

        var same = a.CommonPrefixLength(b);
        if (a.Length == b.Length)
        {
            return same < a.Length && (a[(same + 1)..].SequenceEqual(b[(same + 1)..]) || IsSwapAt(a, b, same));
        }

        return a.Length > b.Length ? a[(same + 1)..].SequenceEqual(b[same..]) : b[(same + 1)..].SequenceEqual(a[same..]);
    }

    /// <summary>True when two neighbouring letters are swapped and nothing else differs.</summary>
    public static bool IsSwap(ReadOnlySpan<char> a, ReadOnlySpan<char> b) =>
        a.Length == b.Length && a.CommonPrefixLength(b) is var same && same < a.Length && IsSwapAt(a, b, same);

    static bool IsSwapAt(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int at) =>
        at + 1 < a.Length && a[at] == b[at + 1] && a[at + 1] == b[at] && a[(at + 2)..].SequenceEqual(b[(at + 2)..]);

    /// <summary>
    /// True when a word of a text is likely one of a term misspelt: one edit in five letters or more, a swap in four. Nobody errs in the first
    /// letter, and a changed ending makes another word (سلامة is not سلامي, nor حسيني حسين), but for the cases of Cyrillic.
    /// </summary>
    public static bool IsTypo(ReadOnlySpan<char> written, ReadOnlySpan<char> word)
    {
        if (word.Length < 5 || written.Length < 4)
        {
            return IsSwap(written, word);
        }

        return IsOne(written, word) && (written[0] == word[0] || IsSwap(written, word)) && !IsOtherEnding(written, word);
    }

    static bool IsOtherEnding(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var shorter = Math.Min(a.Length, b.Length);
        var same = a.CommonPrefixLength(b);
        return a.Length == b.Length
            ? same == shorter - 1 && IsEnding(a[^1]) && IsEnding(b[^1])
            : same == shorter && IsEnding(a.Length > b.Length ? a[^1] : b[^1]);
    }

    static bool IsEnding(char letter) =>
        letter is 'ي' or 'ه' or 'ا' or 'ن' or 'ت' or 'و' or 'a' or 'e' or 'i' or 'o' or 'u' or 'y' or 'n' or 's' or 'ה' or 'ת' or 'י';
}
