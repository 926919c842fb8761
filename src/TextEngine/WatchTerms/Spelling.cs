using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TextEngine.WatchTerms;

/// <summary>
/// A word as written, of up to sixteen UTF-16 units, filled up with zeros: equal exactly when the words are, since no word ends in a zero.
/// </summary>
readonly struct Spelling
{
    public const int MostUnits = 16;

    // Read from MostUnits - length on, it keeps as many units as the word has.
    static readonly ushort[] Masks = [.. Enumerable.Repeat(ushort.MaxValue, MostUnits), .. new ushort[MostUnits]];

    readonly Vector256<ushort> units;

    Spelling(Vector256<ushort> units) => this.units = units;

    /// <summary>The spelling of a word of 1 to <see cref="MostUnits"/> units that stands in a text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Spelling Of(ReadOnlySpan<char> text, int start, int length)
    {
        if (start + MostUnits > text.Length)
        {
            return AtTheEnd(text.Slice(start, length));
        }

        var mask = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(Masks), (nuint)(MostUnits - length));
        return new(Vector256.LoadUnsafe(ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text)), (nuint)start) & mask);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static Spelling AtTheEnd(ReadOnlySpan<char> word)
    {
        Span<char> copy = stackalloc char[MostUnits];
        copy.Clear();
        word.CopyTo(copy);
        return new(Vector256.Create<ushort>(MemoryMarshal.Cast<char, ushort>(copy)));
    }

    /// <summary>A hash whose high bits are good: of each two units one product.</summary>
    public uint Hash
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Sum(units.AsUInt32() * Factors);
    }

    // Odd numbers without a pattern.
    static Vector256<uint> Factors => Vector256.Create(0x9E3779B1u, 0x85EBCA77u, 0xC2B2AE3Du, 0x27D4EB2Fu, 0x165667B1u, 0xD3A2646Du, 0xFD7046C5u, 0xB55A4F09u);

    public bool Is(in Spelling other) => units == other.units;
}
