namespace FeedParser.Benchmarks;

/// <summary>
/// Makes malformed documents out of real ones: bytes changed, pieces cut, doubled, moved, and pieces of other feeds or of markup put in.
/// </summary>
public sealed class Mutator(IReadOnlyList<byte[]> corpus, Random random)
{
    static readonly byte[][] Pieces =
    [
        "<"u8.ToArray(), ">"u8.ToArray(), "&"u8.ToArray(), "\""u8.ToArray(), "'"u8.ToArray(), "<!--"u8.ToArray(), "-->"u8.ToArray(),
            "<![CDATA["u8.ToArray(),
        "]]>"u8.ToArray(), "<?"u8.ToArray(), "?>"u8.ToArray(), "</"u8.ToArray(), "/>"u8.ToArray(), "&#"u8.ToArray(),
            "&#x10FFFF;"u8.ToArray(),
        "&#xD800;"u8.ToArray(), "&lt;"u8.ToArray(), "&amp;amp;"u8.ToArray(), "<item>"u8.ToArray(), "</item>"u8.ToArray(),
        "<entry>"u8.ToArray(),
        "<image>"u8.ToArray(), "<author>"u8.ToArray(), "<source>"u8.ToArray(), "</channel>"u8.ToArray(),
        "<content type=\"xhtml\">"u8.ToArray(),
        "<title type='html' mode='base64'>"u8.ToArray(), "<!DOCTYPE x [<!ENTITY a \"&a;&a;\">]>"u8.ToArray(), "xmlns:dc='"u8.ToArray(),
        "xml:base='http://'"u8.ToArray(), "<script>"u8.ToArray(), [0], [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], [0xC3], [0xE2, 0x80],
        "encoding=\"gb18030\""u8.ToArray(),
        "encoding='shift_jis'"u8.ToArray(), "encoding='cp-5'"u8.ToArray(), "encoding='cp1006'"u8.ToArray(),
        "<pubDate>99999999999-99-99T99:99:99+99:99</pubDate>"u8.ToArray(), "<pubDate>30 اسفند 1499</pubDate>"u8.ToArray(),
    ];

    /// <summary>One document; at most <paramref name="longest"/> bytes of a feed with a few mutations.</summary>
    public byte[] Next(int longest)
    {
        var source = corpus[random.Next(corpus.Count)];
        int length = Math.Min(source.Length, random.Next(200, longest));
        int from = random.Next(3) == 0 ? random.Next(source.Length - length + 1) : 0;
        var document = new List<byte>(source.AsSpan(from, length).ToArray());
        for (int i = random.Next(1, 12); i > 0; i--)
        {
            Mutate(document);
        }

        return [.. document];
    }

    void Mutate(List<byte> document)
    {
        int at = random.Next(document.Count + 1);
        int length = Math.Min(random.Next(1, 80), document.Count - at);
        switch (random.Next(7))
        {
            case 0 when at < document.Count:
                document[at] = (byte)random.Next(256);
                break;
            case 1:
                document.RemoveRange(at, length);
                break;
            case 2:
                document.InsertRange(random.Next(document.Count + 1), document.GetRange(at, length));
                break;
            case 3:
                var other = corpus[random.Next(corpus.Count)];
                int start = random.Next(other.Length);
                document.InsertRange(at, other.AsSpan(start, Math.Min(random.Next(1, 200), other.Length - start)).ToArray());
                break;
            case 4 when random.Next(4) == 0:
                document.RemoveRange(at, document.Count - at);
                break;
            default:
                document.InsertRange(at, Pieces[random.Next(Pieces.Length)]);
                break;
        }
    }
}
