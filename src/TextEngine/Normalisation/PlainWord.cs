using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TextEngine.Normalisation;

/// <summary>Finds the end of a word of plain Arabic, Persian or English letters, sixteen units at a time.</summary>
static class PlainWord
{
    const int Units = 16;

    /// <summary>
    /// How many plain letters start at a place, or 0 where that is not to be told at once: within sixteen units of the text's end, and for more
    /// than fifteen letters.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LengthAt(ReadOnlySpan<char> text, int at)
    {
        if (at + Units > text.Length)
        {
            return 0;
        }

        var units = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(text)), (nuint)at);

        // Zero where a unit is in one of the ranges.
        var outside = Vector256.Min(
            Vector256.Min(BeyondOf(units, 'ء', 'غ'), BeyondOf(units, 'ف', 'ي')),
            Vector256.Min(BeyondOf(units, '\u0679', '\u06D3'), BeyondOf(units | Vector256.Create<ushort>(0x20), 'a', 'z')));
        var letters = Vector256.Equals(outside, Vector256<ushort>.Zero).AsByte().ExtractMostSignificantBits();
        return BitOperations.TrailingZeroCount(~letters) / sizeof(char) & (Units - 1);
    }

    // By how much each unit is beyond a range; what is before it is far beyond.
    static Vector256<ushort> BeyondOf(Vector256<ushort> units, char first, char last) =>
        Vector256.SubtractSaturate(units - Vector256.Create<ushort>(first), Vector256.Create<ushort>((ushort)(last - first)));
}
