using FeedParser.Encodings;
using FeedParser.Json;
using FeedParser.Xml;

namespace FeedParser;

/// <summary>Reads feeds. No method throws on account of its input.</summary>
public static class FeedReader
{
    /// <summary>Reads a whole document.</summary>
    /// <param name="bytes">The document as it came.</param>
    /// <param name="contentType">The HTTP Content-Type header, if there was one; its charset counts.</param>
    /// <param name="baseUri">The document's address, against which relative links are resolved.</param>
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
