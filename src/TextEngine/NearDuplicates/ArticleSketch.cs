using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace TextEngine.NearDuplicates;

/// <summary>
/// All that is kept of an article to find and verify its copies: the full set of its word shingles, the figures and dates it names with
/// their contexts, its telling words, and the keys by which candidates are looked up. Made by <see cref="Sketcher"/>; immutable.
/// </summary>
public sealed class ArticleSketch
{
    const byte Version = 1;
    const int HeaderLength = 18;

    readonly long[] _bands;

    internal ArticleSketch(int words, uint title, ReadOnlySpan<uint> shingles, ReadOnlySpan<uint> grams, ReadOnlySpan<ulong> figures,
        ReadOnlySpan<uint> terms, ReadOnlySpan<long> bands)
    {
        var array = GC.AllocateUninitializedArray<uint>(shingles.Length + grams.Length + (2 * figures.Length) + terms.Length);
        shingles.CopyTo(array);
        grams.CopyTo(array.AsSpan(shingles.Length));
        terms.CopyTo(array.AsSpan(shingles.Length + grams.Length));
        MemoryMarshal.Cast<ulong, uint>(figures).CopyTo(array.AsSpan(shingles.Length + grams.Length + terms.Length));
        (WordCount, _bands) = (words, bands.ToArray());
        Data = new SketchData(array, 0, title, shingles.Length, grams.Length, figures.Length, terms.Length);
    }

    ArticleSketch(int words, SketchData data, long[] bands) => (WordCount, Data, _bands) = (words, data, bands);

    /// <summary>Words of title and text that were counted, boilerplate left out; at most 4,096.</summary>
    public int WordCount { get; }

    /// <summary>Keys under which an article is stored and its candidates are looked up: two copies share some of them.</summary>
    public ReadOnlySpan<long> Bands => _bands;

    /// <summary>
    /// Hashes of the article's telling words (names and repeated words), at most 32, sorted: for finding related stories.
    /// </summary>
    public ReadOnlySpan<uint> Terms => Data.Terms;

    /// <summary>True where there is little more than a title and a line, so that character shingles decide.</summary>
    public bool IsShort => Data.IsShort;

    /// <summary>Bytes that <see cref="ToBytes"/> gives.</summary>
    public int ByteCount => HeaderLength + (4 * Data.Length) + (8 * _bands.Length);

    internal SketchData Data { get; }

    /// <summary>Compares two articles by themselves, without knowledge of what other articles share.</summary>
    public static Similarity Compare(ArticleSketch a, ArticleSketch b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return StoryRule.Compare(a.Data, b.Data);
    }

    /// <summary>The sketch as bytes, little endian, for storage.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[ByteCount];
        bytes[0] = Version;
        var (shingles, grams, figures, terms) = Data.Counts;
        ReadOnlySpan<int> counts = [shingles, grams, figures, terms, _bands.Length, WordCount];
        for (var i = 0; i < counts.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 + 2 * i), (ushort)counts[i]);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(HeaderLength - 4), Data.Title);
        var rest = bytes.AsSpan(HeaderLength);
        var data = Data.All;
        for (var i = 0; i < data.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(rest[(4 * i)..], data[i]);
        }

        rest = rest[(4 * data.Length)..];
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
                $"An article sketch starts with version {Version} and has at least {HeaderLength} bytes; "
                + $"these {bytes.Length} bytes do not. Sketch the article again.");
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
                $"An article sketch of {HeaderLength + 4 * data.Length + 8 * bands.Length} bytes was expected, "
                + $"but there are {bytes.Length}. Sketch the article again.");
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

        var title = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(HeaderLength - 4)..]);
        return new ArticleSketch(counts[5], new SketchData(data, 0, title, counts[0], counts[1], counts[2], counts[3]), bands);
    }
}
