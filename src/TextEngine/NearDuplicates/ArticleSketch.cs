using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace TextEngine.NearDuplicates;

/// <summary>
/// All that is kept of an article to find and verify its copies: the full set of its word shingles, the figures and dates it names with
/// their contexts, its telling words, and the keys by which candidates are looked up. Made by <see cref="Sketcher"/>; immutable.
/// </summary>
/// <remarks>
/// Invariants: <see cref="Shingles"/> and <see cref="Grams"/> are sorted ascending and distinct in their upper 29 bits; the lower three bits
/// of each say in which eighth of the article it stands. <see cref="Figures"/> is sorted by context. <see cref="Terms"/> is sorted.
/// </remarks>
public sealed class ArticleSketch
{
    const byte Version = 1;
    const int HeaderLength = 14;

    readonly uint[] _data;
    readonly int _shingles, _grams, _figures, _terms;
    readonly long[] _bands;

    internal ArticleSketch(int words, ReadOnlySpan<uint> shingles, ReadOnlySpan<uint> grams, ReadOnlySpan<ulong> figures,
        ReadOnlySpan<uint> terms, ReadOnlySpan<long> bands)
    {
        WordCount = words;
        (_shingles, _grams, _figures, _terms) = (shingles.Length, grams.Length, figures.Length, terms.Length);
        _data = GC.AllocateUninitializedArray<uint>(_shingles + _grams + 2 * _figures + _terms);
        shingles.CopyTo(_data);
        grams.CopyTo(_data.AsSpan(_shingles));
        terms.CopyTo(_data.AsSpan(_shingles + _grams));
        MemoryMarshal.Cast<ulong, uint>(figures).CopyTo(_data.AsSpan(_shingles + _grams + _terms));
        _bands = bands.ToArray();
    }

    ArticleSketch(int words, int shingles, int grams, int figures, int terms, uint[] data, long[] bands)
    {
        WordCount = words;
        (_shingles, _grams, _figures, _terms, _data, _bands) = (shingles, grams, figures, terms, data, bands);
    }

    /// <summary>Words of title and text that were counted, boilerplate left out; at most 65,535.</summary>
    public int WordCount { get; }

    /// <summary>Keys under which an article is stored and its candidates are looked up: two copies share some of them.</summary>
    public ReadOnlySpan<long> Bands => _bands;

    /// <summary>Hashes of the article's telling words (names and repeated words), at most 32, sorted: for finding related stories.</summary>
    public ReadOnlySpan<uint> Terms => _data.AsSpan(_shingles + _grams, _terms);

    /// <summary>True where there is little more than a title and a line, so that character shingles decide.</summary>
    public bool IsShort => _grams > 0;

    internal ReadOnlySpan<uint> Shingles => _data.AsSpan(0, _shingles);

    internal ReadOnlySpan<uint> Grams => _data.AsSpan(_shingles, _grams);

    internal ReadOnlySpan<ulong> Figures => MemoryMarshal.Cast<uint, ulong>(_data.AsSpan(_shingles + _grams + _terms, 2 * _figures));

    /// <summary>Bytes that the sketch occupies in memory and, but for a few, in storage.</summary>
    public int ByteCount => HeaderLength + 4 * _data.Length + 8 * _bands.Length;

    /// <summary>The same sketch without its look-up keys, for where they are kept elsewhere.</summary>
    internal ArticleSketch WithoutBands() => new(WordCount, _shingles, _grams, _figures, _terms, _data, []);

    /// <summary>Compares two articles by themselves, without knowledge of what other articles share.</summary>
    public static Similarity Compare(ArticleSketch a, ArticleSketch b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return StoryRule.Compare(a, b);
    }

    /// <summary>The sketch as bytes, little endian, for storage.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[ByteCount];
        bytes[0] = Version;
        ReadOnlySpan<int> counts = [_shingles, _grams, _figures, _terms, _bands.Length, WordCount];
        for (var i = 0; i < counts.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 + 2 * i), (ushort)counts[i]);
        }

        var rest = bytes.AsSpan(HeaderLength);
        for (var i = 0; i < _data.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(rest[(4 * i)..], _data[i]);
        }

        rest = rest[(4 * _data.Length)..];
        for (var i = 0; i < _bands.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(rest[(8 * i)..], _bands[i]);
        }

        return bytes;
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are cut short or of another version.</exception>
    public static ArticleSketch FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength || bytes[0] != Version)
        {
            throw new FormatException(
                $"An article sketch starts with version {Version} and has at least {HeaderLength} bytes; these {bytes.Length} bytes do not. "
                + "Sketch the article again.");
        }

        var counts = new int[6];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 + 2 * i)..]);
        }

        var data = new uint[counts[0] + counts[1] + 2 * counts[2] + counts[3]];
        var bands = new long[counts[4]];
        if (bytes.Length != HeaderLength + 4 * data.Length + 8 * bands.Length)
        {
            throw new FormatException(
                $"An article sketch of {HeaderLength + 4 * data.Length + 8 * bands.Length} bytes was expected, but there are {bytes.Length}. "
                + "Sketch the article again.");
        }

        var rest = bytes[HeaderLength..];
        for (var i = 0; i < data.Length; i++)
        {
            data[i] = BinaryPrimitives.ReadUInt32LittleEndian(rest[(4 * i)..]);
        }

        rest = rest[(4 * data.Length)..];
        for (var i = 0; i < bands.Length; i++)
        {
            bands[i] = BinaryPrimitives.ReadInt64LittleEndian(rest[(8 * i)..]);
        }

        return new ArticleSketch(counts[5], counts[0], counts[1], counts[2], counts[3], data, bands);
    }
}
