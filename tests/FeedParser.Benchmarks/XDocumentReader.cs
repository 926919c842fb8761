using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace FeedParser.Benchmarks;

/// <summary>The same fields by way of XDocument.Load, as a program without a feed parser would take them out.</summary>
static partial class XDocumentReader
{
    static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    static readonly XNamespace Rss1 = "http://purl.org/rss/1.0/";
    static readonly XNamespace Dc = "http://purl.org/dc/elements/1.1/";
    static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";

    static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };

    /// <summary>The number of items, so that nothing is optimised away.</summary>
    public static int Read(byte[] bytes)
    {
        using var reader = XmlReader.Create(new MemoryStream(bytes), Settings);
        var root = XDocument.Load(reader).Root!;
        var items = new List<Item>();
        if (root.Name.LocalName == "feed")
        {
            foreach (var entry in root.Elements(Atom + "entry"))
            {
                items.Add(new(
                    Text(entry.Element(Atom + "id")), Html(entry.Element(Atom + "title")),
                    (string?)entry.Elements(Atom + "link")
                        .FirstOrDefault(l => ((string?)l.Attribute("rel") ?? "alternate") == "alternate")?.Attribute("href"),
                    Html(entry.Element(Atom + "summary")), Html(entry.Element(Atom + "content")),
                    [.. entry.Elements(Atom + "author").Select(a => Text(a.Element(Atom + "name")))],
                    Date(entry.Element(Atom + "published")), Date(entry.Element(Atom + "updated")),
                    [.. entry.Elements(Atom + "category").Select(c => (string?)c.Attribute("term"))]));
            }
        }
        else
        {
            foreach (var item in root.Descendants().Where(e => e.Name.LocalName == "item"))
            {
                var ns = item.Name.Namespace == Rss1 ? Rss1 : XNamespace.None;
                items.Add(new(
                    Text(item.Element(ns + "guid")), Html(item.Element(ns + "title")), Text(item.Element(ns + "link")),
                    Html(item.Element(ns + "description")), Html(item.Element(Content + "encoded")),
                    [.. item.Elements(ns + "author").Concat(item.Elements(Dc + "creator")).Select(Text)],
                    Date(item.Element(ns + "pubDate")) ?? Date(item.Element(Dc + "date")), null,
                    [.. item.Elements(ns + "category").Select(Text)]));
            }
        }

        return items.Count;
    }

    static string? Text(XElement? element) => element?.Value.Trim();

    static string? Html(XElement? element) =>
        element is null ? null : Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(element.Value, " ")), " ").Trim();

    static DateTimeOffset? Date(XElement? element) => element is not null
        && DateTimeOffset.TryParse(element.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    sealed record Item(
        string? Id, string? Title, string? Link, string? Summary, string? Content, string?[] Authors, DateTimeOffset? Published,
        DateTimeOffset? Updated, string?[] Categories);
}
