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
}
