namespace TextEngine.WatchTerms;

/// <summary>General knowledge of words, folded; nothing in it belongs to a single watch.</summary>
static class Lexicon
{
    static readonly HashSet<string> Ordinary = [.. "قاني غني كتاب كاتب".Split(' ')];

    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> OrdinarySpans = Ordinary.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool IsOrdinary(ReadOnlySpan<char> folded) => OrdinarySpans.Contains(folded);
}
