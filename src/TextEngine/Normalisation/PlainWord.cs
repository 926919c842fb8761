using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TextEngine.Normalisation;

/// <summary>Tells plain Arabic, Persian or English letters and spaces from all else, 64 units of a text at a time.</summary>
static class PlainWord
{
    /// <summary>How many units are read at a time.</summary>
    public const int Units = 64;

    /// <summary>Of the 64 units from a place on, those that are plain letters and those that are spaces, the first as the lowest bit.</summary>
    public static (ulong Letters, ulong Spaces) Read(ReadOnlySpan<char> text, int at)
    {
        if (at + Units <= text.Length)
        {
            return Read(text.Slice(at, Units));
        }

        if (text.Length >= Units)
        {
            var (letters, spaces) = Read(text[^Units..]);
            var before = at - (text.Length - Units);
            return (letters >> before, spaces >> before);
        }

        Span<char> rest = stackalloc char[Units];
        rest.Clear();
        text[at..].CopyTo(rest);
        return Read(rest);
    }

    static (ulong Letters, ulong Spaces) Read(ReadOnlySpan<char> units)
    {
        var (letters, spaces) = (0UL, 0UL);
        ref var first = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(units));
        for (var at = 0; at < Units; at += Vector256<ushort>.Count)
        {
            var part = Vector256.LoadUnsafe(ref first, (nuint)at);

            // Zero where a unit is in one of the ranges.
            var outside = Vector256.Min(
                Vector256.Min(BeyondOf(part, 'ء', 'غ'), BeyondOf(part, 'ف', 'ي')),
                Vector256.Min(BeyondOf(part, '\u0679', '\u06D3'), BeyondOf(part | Vector256.Create<ushort>(0x20), 'a', 'z')));
            letters |= (ulong)Vector256.Equals(outside, Vector256<ushort>.Zero).ExtractMostSignificantBits() << at;
            spaces |= (ulong)Vector256.Equals(part, Vector256.Create<ushort>(' ')).ExtractMostSignificantBits() << at;
        }

        return (letters, spaces);
    }

    // By how much each unit is beyond a range; what is before it is far beyond.
    static Vector256<ushort> BeyondOf(Vector256<ushort> units, char first, char last) =>
        Vector256.SubtractSaturate(units - Vector256.Create<ushort>(first), Vector256.Create<ushort>((ushort)(last - first)));
}
