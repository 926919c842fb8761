namespace TextEngine.NearDuplicates;

/// <summary>64-bit hashes of words and of runs of words. Fixed for ever, since stored sketches are compared with new ones.</summary>
static class WordHash
{
    public const ulong Start = 0xCBF29CE484222325;

    /// <summary>FNV-1a over UTF-16 units.</summary>
    public static ulong Add(ulong hash, ushort c) => (hash ^ c) * 0x100000001B3;

    public static ulong Of(ReadOnlySpan<char> folded)
    {
        var hash = Start;
        foreach (var c in folded)
        {
            hash = Add(hash, c);
        }

        return hash;
    }

    public static ulong Run(ulong first, ulong second, ulong third)
        => Finish((first * 0x9E3779B97F4A7C15) ^ ulong.RotateLeft(second * 0xC2B2AE3D27D4EB4F, 23) ^ ulong.RotateLeft(third, 47));

    /// <summary>The finaliser of MurmurHash3, so that every bit depends on every other.</summary>
    public static ulong Finish(ulong h)
    {
        h = (h ^ (h >> 33)) * 0xFF51AFD7ED558CCD;
        h = (h ^ (h >> 33)) * 0xC4CEB9FE1A85EC53;
        return h ^ (h >> 33);
    }
}
