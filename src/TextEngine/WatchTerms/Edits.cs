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
    /// True when a word of a text is likely one of a term misspelt: one edit in five letters or more; in four a swap or a vowel letter too
    /// many (بافيل); in any a letter typed twice. Nobody errs in the first letter, and a changed ending makes another word (سلامة is not سلامي,
    /// nor حسيني حسين), but for the cases of Cyrillic.
    /// </summary>
    public static bool IsTypo(ReadOnlySpan<char> written, ReadOnlySpan<char> word)
    {
        // A number with another digit is another number.
        if (written.IndexOfAnyInRange('0', '9') >= 0 || word.IndexOfAnyInRange('0', '9') >= 0)
        {
            return false;
        }

        if (word.Length < 5 || written.Length < 4)
        {
            return (word.Length >= 4 && IsSwap(written, word)) || IsInserted(written, word);
        }

        return IsOne(written, word) && (written[0] == word[0] || IsSwap(written, word)) && !IsOtherEnding(written, word);
    }

    /// <summary>True when two words differ in the dots of one letter alone: القدش for القدس, غصائب for عصائب.</summary>
    public static bool IsDotTypo(ReadOnlySpan<char> written, ReadOnlySpan<char> word)
    {
        var same = written.CommonPrefixLength(word);
        return written.Length == word.Length && same < word.Length && written[(same + 1)..].SequenceEqual(word[(same + 1)..])
            && DifferInDots(written[same], word[same]) && !IsOtherEnding(written, word);
    }

    static bool DifferInDots(char a, char b) => a != b && WithoutDots(a) == WithoutDots(b);

    /// <summary>One of the letters that only dots or a stroke tell from this one.</summary>
    public static char WithoutDots(char letter) => letter switch
    {
        'ت' or 'ث' or 'ن' or 'ي' => 'ب',
        'ج' or 'خ' or 'چ' => 'ح',
        'ذ' => 'د',
        'ز' or 'ژ' => 'ر',
        'ش' => 'س',
        'ض' => 'ص',
        'ظ' => 'ط',
        'غ' => 'ع',
        'ق' => 'ف',
        'گ' => 'ك',
        _ => letter,
    };

    // A letter twice, or in four letters a vowel letter inside.
    static bool IsInserted(ReadOnlySpan<char> written, ReadOnlySpan<char> word)
    {
        var at = written.CommonPrefixLength(word);
        return written.Length == word.Length + 1 && at > 0 && at < word.Length + 1 && written[(at + 1)..].SequenceEqual(word[at..])
            && (written[at] == written[at - 1] ? !IsOtherEnding(written, word) : word.Length >= 4 && at < word.Length && written[at] is 'و' or 'ي' && !IsOtherAdjective(written, word));
    }

    /// <summary>True when a letter inside a word of four or more is missing: الثوي for الثوري, whose article counts too.</summary>
    public static bool LacksLetter(ReadOnlySpan<char> written, ReadOnlySpan<char> word) =>
        word.Length >= 4 && written.Length == word.Length - 1 && written[0] == word[0] && written[^1] == word[^1] && IsOne(written, word);

    /// <summary>True when the article before a term's word lacks its ل, has it twice or has its two letters swapped: لاقدس for القدس.</summary>
    public static bool IsArticleTypo(ReadOnlySpan<char> written, ReadOnlySpan<char> word) =>
        written.Length > word.Length && written.EndsWith(word) && (written[..^word.Length] is "لا" or "الل" || (word.Length > 3 && written[..^word.Length] is "ا"));

    /// <summary>
    /// True when a word with a long alef has one edit, both alefs counted: قاآمي, for which the folded قاني has too few letters. Only a word
    /// that writes the long alef is taken for one.
    /// </summary>
    public static bool IsLongAlefTypo(ReadOnlySpan<char> written, ReadOnlySpan<char> raw, ReadOnlySpan<char> word)
    {
        var alef = word.IndexOf('ا');
        return alef > 0 && Marks.HasLongAlef(raw) && written.Length > 3 && written[0] == word[0] && IsOne(written, word) && !IsOtherEnding(written, word)
            && written.Contains('ا');
    }

    static bool IsOtherEnding(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var shorter = Math.Min(a.Length, b.Length);
        var same = a.CommonPrefixLength(b);
        return a.Length == b.Length
            ? same == shorter - 1 && IsEnding(a[^1]) && IsEnding(b[^1])
            : (same == shorter && IsEnding(a.Length > b.Length ? a[^1] : b[^1])) || IsOtherAdjective(a, b) || IsOtherAdjective(b, a);
    }

    // Arabic makes adjectives with -i and with -wi, and they differ: شعبي is of the people, شعبوي populist.
    static bool IsOtherAdjective(ReadOnlySpan<char> longer, ReadOnlySpan<char> shorter) =>
        longer.Length == shorter.Length + 1 && longer.EndsWith("وي") && shorter.EndsWith("ي") && longer.StartsWith(shorter[..^1]);

    static bool IsEnding(char letter) =>
        letter is 'ي' or 'ه' or 'ا' or 'ن' or 'ت' or 'و' or 'a' or 'e' or 'i' or 'o' or 'u' or 'y' or 'n' or 's' or 'd' or 'r' or 'ה' or 'ת' or 'י';
}
