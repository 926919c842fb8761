namespace TextEngine.Normalisation;

/// <summary>
/// The hash of a folded word: a polynomial modulo 2^64, so that the hash of a word without its first letters follows from the
/// whole word's by one multiplication. Run it through <see cref="Mix"/> before taking bits of it.
/// </summary>
public static class WordHash
{
    internal const ulong Base = 0x9E3779B97F4A7C15;

    // Base * Inverse is 1: multiplying by it takes the last letter's step back.
    internal static readonly ulong Inverse = MakeInverse();

    // Powers of the base: Power[n] moves a prefix of a word over the n letters that follow it.
    internal static readonly ulong[] Power = MakePowers();

    /// <summary>The hash of letters that are already folded.</summary>
    public static ulong Of(ReadOnlySpan<char> folded)
    {
        ulong hash = 0;
        foreach (var letter in folded)
        {
            hash = hash * Base + letter;
        }

        return hash;
    }

    /// <summary>Spreads the hash over all 64 bits (the finaliser of MurmurHash3).</summary>
    public static ulong Mix(ulong hash)
    {
        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccd;
        hash ^= hash >> 33;
        hash *= 0xc4ceb9fe1a85ec53;
        return hash ^ (hash >> 33);
    }

    /// <summary>The hash with its high bits made good by one multiplication: enough for tables that take those.</summary>
    internal static ulong Spread(ulong hash) => (hash ^ (hash >> 32)) * 0xff51afd7ed558ccd;

    // Newton's iteration: each round doubles the bits that are right, of which an odd number has three at first.
    static ulong MakeInverse()
    {
        var inverse = Base;
        for (var bits = 3; bits < 64; bits *= 2)
        {
            inverse *= 2 - Base * inverse;
        }

        return inverse;
    }

    static ulong[] MakePowers()
    {
        var powers = new ulong[64];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++)
        {
            powers[i] = powers[i - 1] * Base;
        }

        return powers;
    }
}
