using System.Runtime.InteropServices;

namespace TextEngine.NearDuplicates;

/// <summary>
/// What is compared of an article, as a stretch of an array: an array of its own in <see cref="ArticleSketch"/>, a large shared one in
/// <see cref="StoryIndex"/>, where a million small objects would cost the garbage collector more time than the comparisons take.
/// </summary>
/// <remarks>
/// Invariants: <see cref="Shingles"/> and <see cref="Grams"/> are sorted ascending and distinct in their upper 29 bits; the lower three
/// bits say in which eighth of the article the shingle stands. <see cref="Figures"/> is sorted: context above, value below.
/// <see cref="Terms"/> is sorted.
/// </remarks>
readonly struct SketchData(uint[] array, int start, uint title, int shingles, int grams, int figures, int terms)
{
    readonly uint[] _array = array;
    readonly int _start = start;
    readonly ushort _shingles = (ushort)shingles, _grams = (ushort)grams, _figures = (ushort)figures, _terms = (ushort)terms;

    /// <summary>Hash of the headline's words, or 0 where there is none of three words or more.</summary>
    public uint Title { get; } = title;

    public ReadOnlySpan<uint> Shingles => _array.AsSpan(_start, _shingles);

    public ReadOnlySpan<uint> Grams => _array.AsSpan(_start + _shingles, _grams);

    public ReadOnlySpan<uint> Terms => _array.AsSpan(_start + _shingles + _grams, _terms);

    public ReadOnlySpan<ulong> Figures
        => MemoryMarshal.Cast<uint, ulong>(_array.AsSpan(_start + _shingles + _grams + _terms, 2 * _figures));

    /// <summary>True where there is little more than a title and a line, so that character shingles decide.</summary>
    public bool IsShort => _grams > 0;

    public ReadOnlySpan<uint> All => _array.AsSpan(_start, Length);

    public int Length => _shingles + _grams + _terms + (2 * _figures);

    public (int Shingles, int Grams, int Figures, int Terms) Counts => (_shingles, _grams, _figures, _terms);

    /// <summary>The same data copied to another array.</summary>
    public SketchData CopyTo(uint[] array, int start)
    {
        All.CopyTo(array.AsSpan(start));
        return new SketchData(array, start, Title, _shingles, _grams, _figures, _terms);
    }
}
