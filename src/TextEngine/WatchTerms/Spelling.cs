using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TextEngine.WatchTerms;

/// <summary>
/// A word as written, of up to sixteen UTF-16 units, as five numbers: equal exactly when the words are. Long words are their first
/// and last eight units, which overlap.
/// </summary>
readonly record struct Spelling(ulong A, ulong B, ulong C, ulong D, int Bytes)
{
    public const int MostUnits = 16;

    /// <summary>The spelling of 1 to <see cref="MostUnits"/> units.</summary>
    public static Spelling Of(ReadOnlySpan<char> word)
    {
        var bytes = MemoryMarshal.AsBytes(word);
        var length = bytes.Length;
        ref var start = ref MemoryMarshal.GetReference(bytes);
        ref var end = ref Unsafe.Add(ref start, length);
        if (length >= 16)
        {
            return new(Long(ref start), Long(ref Unsafe.Add(ref start, 8)), Long(ref Unsafe.Subtract(ref end, 16)),
                Long(ref Unsafe.Subtract(ref end, 8)), length);
        }

        if (length >= 8)
        {
            return new(Long(ref start), Long(ref Unsafe.Subtract(ref end, 8)), 0, 0, length);
        }

        return length >= 4
            ? new(Unsafe.ReadUnaligned<uint>(ref start), Unsafe.ReadUnaligned<uint>(ref Unsafe.Subtract(ref end, 4)), 0, 0, length)
            : new(Unsafe.ReadUnaligned<ushort>(ref start), 0, 0, 0, length);
    }

    /// <summary>A hash whose high bits are good.</summary>
    public ulong Hash() => (A + (B * 0x9E3779B97F4A7C15) + (C * 0xC2B2AE3D27D4EB4F) + (D * 0xD6E8FEB86659FD93)) * 0xFF51AFD7ED558CCD;

    public bool Is(in Spelling other) =>
        ((A ^ other.A) | (B ^ other.B) | (C ^ other.C) | (D ^ other.D) | (uint)(Bytes ^ other.Bytes)) == 0;

    static ulong Long(ref byte at) => Unsafe.ReadUnaligned<ulong>(ref at);
}
