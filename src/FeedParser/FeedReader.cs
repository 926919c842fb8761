using FeedParser.Encodings;
using FeedParser.Json;
using FeedParser.Xml;

namespace FeedParser;

/// <summary>Reads feeds. No method throws on account of its input.</summary>
public static class FeedReader
{
    /// <summary>Reads a whole document.</summary>
    /// <param name="bytes">The document as it came.</param>
    /// <param name="contentType">
    /// The HTTP Content-Type header, if there was one; its charset counts less than a byte order mark and more than the XML declaration
    /// (RFC 7303 section 3), unless the bytes contradict it. Labels mean what the WHATWG Encoding Standard says.
    /// </param>
    /// <param name="baseUri">The document's address, against which relative links are resolved (RFC 3986 section 5.1.3).</param>
    /// <returns>The feed, or the reason why the document is none.</returns>
    public static FeedResult Read(ReadOnlyMemory<byte> bytes, string? contentType = null, Uri? baseUri = null)
    {
        var problems = new Problems();
        var utf8 = InputText.ToUtf8(bytes, contentType, problems);
        var start = utf8.Span.TrimStart(" \t\r\n\0"u8);
        if (start.IsEmpty)
        {
            return FeedResult.Fail("The document is empty.");
        }

        return start[0] is (byte)'{' or (byte)'['
            ? JsonFeedParser.Read(utf8, baseUri, problems)
            : ReadXml(utf8.Span, baseUri, problems);
    }

    /// <summary>
    /// Reads the items of a document as it comes, in memory bounded by one item and not by the document. What the feed says of itself
    /// behind an item does not reach that item. A document that is no feed has no items. JSON feeds are read whole.
    /// </summary>
    /// <param name="stream">The document; it is read to its end and left open.</param>
    /// <param name="contentType">The HTTP Content-Type header, if there was one; its charset counts.</param>
    /// <param name="baseUri">The document's address, against which relative links are resolved.</param>
    /// <returns>The items, each as soon as it is complete. Errors of the stream itself come through.</returns>
    public static IEnumerable<FeedItem> ReadItems(Stream stream, string? contentType = null, Uri? baseUri = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return FeedStream.Read(stream, contentType, baseUri);
    }

    static FeedResult ReadXml(ReadOnlySpan<byte> utf8, Uri? baseUri, Problems problems)
    {
        var parser = new XmlFeedParser(problems, baseUri);
        parser.Process(utf8, final: true);
        parser.Finish();
        if (!parser.FeedSeen)
        {
            return FeedResult.Fail(Refusal.Of(utf8, parser.FirstElement));
        }

        foreach (var item in parser.Items)
        {
            parser.Inherit(item);
        }

        parser.Feed.Items = parser.Items;
        parser.Feed.Problems = problems.ToList();
        return FeedResult.Of(parser.Feed);
    }
}
