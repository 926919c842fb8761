using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;
using TextEngine.WatchTerms;

namespace NewsMonitor.Articles;

/// <summary>
/// What an article is found by: the words of title (weight A) and text, folded by TextEngine, so that the index and the queries agree on
/// what one word is. PostgreSQL's own <c>arabic</c> configuration neither unifies قاآني with قآني nor takes ل off a name.
/// </summary>
public sealed class ArticleWords
{
    /// <summary>Words between title and text that are not there, so that no phrase runs from one into the other.</summary>
    const int Gap = 64;

    /// <summary>PostgreSQL keeps no position beyond this, and no more than 255 of a word.</summary>
    const int LastPosition = 16_383;
    const int MostPositions = 255;

    /// <summary>PostgreSQL keeps a megabyte of words and places for one text; what comes after that is not found by its words.</summary>
    const int MostBytes = (1 << 20) - 64;
    const int WeightA = 3 << 14;

    [ThreadStatic]
    static IndexWords? _reader;

    public long ArticleId { get; set; }
    public Article? Article { get; set; }
    public required NpgsqlTsVector Words { get; set; }

#pragma warning disable CS0618 // Parsing here is advised against for texts; these are words and numbers in quotes that this class wrote.
    public static NpgsqlTsVector Of(string title, string text) => NpgsqlTsVector.Parse(Text(title, text));
#pragma warning restore CS0618

    /// <summary>The same in PostgreSQL's own notation, for bulk loads as text.</summary>
    public static string Text(string title, string text)
    {
        var vector = new StringBuilder();
        foreach (var (word, places) in Positions(title, text))
        {
            vector.Append(vector.Length == 0 ? "'" : " '").Append(word).Append("':");
            for (var i = 0; i < places.Count; i++)
            {
                vector.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"{places[i] & LastPosition}")
                    .Append(places[i] > LastPosition ? "A" : "");
            }
        }

        return vector.ToString();
    }

    /// <summary>
    /// The same as PostgreSQL's <c>tsvectorrecv</c> reads it: the number of words, then each in UTF-8 with a zero, the number of its places
    /// and the places, 14 bits with the weight above. Big endian; the server sorts. For binary copies, where a value's bytes are the
    /// column's.
    /// </summary>
    public static byte[] Bytes(string title, string text)
    {
        var positions = Positions(title, text);
        var bytes = new byte[4 + positions.Sum(p => Encoding.UTF8.GetMaxByteCount(p.Key.Length) + 3 + (2 * p.Value.Count))];
        BinaryPrimitives.WriteInt32BigEndian(bytes, positions.Count);
        var at = 4;
        foreach (var (word, places) in positions)
        {
            at += Encoding.UTF8.GetBytes(word, bytes.AsSpan(at)) + 1;
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), (ushort)places.Count);
            at += 2;
            foreach (var place in places)
            {
                BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), place);
                at += 2;
            }
        }

        return bytes[..at];
    }

    /// <summary>Each word's places, those of the title with weight A (3 in the upper two bits).</summary>
    static Dictionary<string, List<ushort>> Positions(string title, string text)
    {
        var positions = new Dictionary<string, List<ushort>>(StringComparer.Ordinal);
        var (reader, left) = (_reader ??= new IndexWords(), MostBytes);
        var next = reader.Read(title, 1, (word, at) => Add(positions, word, at, WeightA, ref left));
        reader.Read(text, next + Gap, (word, at) => Add(positions, word, at, 0, ref left));
        return positions;
    }

    static void Add(Dictionary<string, List<ushort>> positions, string word, int at, int weight, ref int left)
    {
        ref var places = ref CollectionsMarshal.GetValueRefOrAddDefault(positions, word, out _);
        var place = (ushort)(Math.Min(at, LastPosition) | weight);
        if (places is not null && (places.Count == MostPositions || places[^1] == place))
        {
            return;
        }

        // A word takes its letters, perhaps a byte of padding and a count, and each of its places two bytes.
        left -= places is null ? Encoding.UTF8.GetByteCount(word) + 5 : 2;
        if (left >= 0)
        {
            (places ??= []).Add(place);
        }
        else if (places is null)
        {
            positions.Remove(word);
        }
    }
}

sealed class ArticleWordsTable : IEntityTypeConfiguration<ArticleWords>
{
    public void Configure(EntityTypeBuilder<ArticleWords> words)
    {
        words.ToTable("article_words");
        words.HasKey(w => w.ArticleId);
        words.HasOne(w => w.Article).WithOne().HasForeignKey<ArticleWords>(w => w.ArticleId);
    }
}
