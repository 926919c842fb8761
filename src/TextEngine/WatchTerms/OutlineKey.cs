using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <summary>
/// What a slip of the pen leaves of a word, as two numbers of seven bits. One edit (see <see cref="Edits"/>) is either before the last two
/// letters, which then are left, as the first one is (<see cref="Frame"/>), or in them, and then the first three are, in some order, since
/// two may be swapped (<see cref="Start"/>). Words so short that one edit may be both have another start. Letters that only dots tell apart
/// are one.
/// </summary>
readonly record struct OutlineKey(byte First, byte Second)
{
    const int Numbers = 128;

    /// <summary>A key that every word of the terms has.</summary>
    public static OutlineKey Any => new(0, 0);

    /// <summary>A key that no word has.</summary>
    public static OutlineKey None => new(Numbers - 1, Numbers - 1);

    /// <summary>The first letter and the last two. The pattern of a query is a word without letters.</summary>
    public static OutlineKey Frame(ReadOnlySpan<char> word) =>
        word.IsEmpty ? Of(1, 0, 0, 0) : Of(1, Bare(word[0]), Bare(word[^Math.Min(2, word.Length)]), Bare(word[^1]));

    /// <summary>Three letters at the start.</summary>
    public static OutlineKey Start(char a, char b, char c)
    {
        var (x, y, z) = (Bare(a), Bare(b), Bare(c));
        return Of(2, x + y + z, x ^ y ^ z, x * y * z);
    }

    /// <summary>The last two letters alone.</summary>
    public static OutlineKey End(ReadOnlySpan<char> word) => Of(3, 0, Bare(word[^2]), Bare(word[^1]));

    static OutlineKey Of(ulong kind, int a, int b, int c)
    {
        var hash = WordHash.Mix((((((kind * WordHash.Base) + (uint)a) * WordHash.Base) + (uint)b) * WordHash.Base) + (uint)c);
        return new(Number(hash >> 32), Number(hash & uint.MaxValue));
    }

    static byte Number(ulong hash) => (byte)(1 + (hash * (Numbers - 2) >> 32));

    static int Bare(char letter) => Edits.WithoutDots(letter);
}
