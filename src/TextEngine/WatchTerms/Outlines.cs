using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TextEngine.WatchTerms;

/// <summary>
/// The outlines of some words of the terms, as a Bloom filter: says of most words of a text that they are meant for none of these. It has
/// two parts of 128 bits, in each of which every key sets one.
/// </summary>
readonly struct Outlines
{
    readonly Vector128<byte> first;
    readonly Vector128<byte> second;

    Outlines(Vector128<byte> first, Vector128<byte> second) => (this.first, this.second) = (first, second);

    static Vector128<byte> Bits => Vector128.Create(1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128);

    public bool IsEmpty => first == Vector128<byte>.Zero;

    /// <summary>With a word that some phrase has.</summary>
    public Outlines With(ReadOnlySpan<char> word)
    {
        var outlines = With(OutlineKey.Any).With(OutlineKey.Frame(word));
        return word.Length switch
        {
            < 3 => outlines,

            // The third of four letters may be the one that is wrong or missing.
            4 => outlines.With(OutlineKey.Start(word[0], word[1], word[2])).With(OutlineKey.Start(word[0], word[1], word[3])),
            _ => outlines.With(OutlineKey.Start(word[0], word[1], word[2])),
        };
    }

    /// <summary>With a word that is the first of some phrase, and that a space may break in two.</summary>
    public Outlines WithFirst(ReadOnlySpan<char> word) => word.Length < 5 ? With(word) : With(word).With(OutlineKey.End(word));

    Outlines With(OutlineKey key) => new(Add(first, key.First), Add(second, key.Second));

    static Vector128<byte> Add(Vector128<byte> bits, byte bit) => bits.WithElement(bit >> 3, (byte)(bits[bit >> 3] | (1 << (bit & 7))));

    public static Outlines operator |(in Outlines a, in Outlines b) => new(a.first | b.first, a.second | b.second);

    /// <summary>False when the word can be meant for none of these.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Meets(in Outline word)
    {
        var place = Vector128.ShiftRightLogical(word.Keys.AsUInt16(), 3).AsByte() & Vector128.Create((byte)15);
        var bit = Vector128.ShuffleNative(Bits, word.Keys & Vector128.Create((byte)15));
        var inFirst = Vector128.Equals(Vector128.ShuffleNative(first, place) & bit, bit).AsUInt64();
        var inSecond = Vector128.Equals(Vector128.ShuffleNative(second, place) & bit, bit).AsUInt64();
        return (inFirst[0] & inSecond[1]) != 0;
    }
}
