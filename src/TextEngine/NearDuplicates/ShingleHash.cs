using TextEngine.Normalisation;

namespace TextEngine.NearDuplicates;

/// <summary>64-bit hashes of runs of words. Fixed for ever, since stored sketches are compared with new ones.</summary>
static class ShingleHash
{
    public static ulong Of(ulong first, ulong second, ulong third)
        => WordHash.Mix((first * 0x9E3779B97F4A7C15) ^ ulong.RotateLeft(second * 0xC2B2AE3D27D4EB4F, 23) ^ ulong.RotateLeft(third, 47));
}
