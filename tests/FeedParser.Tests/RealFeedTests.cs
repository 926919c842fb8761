using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace FeedParser.Tests;

public class RealFeedTests
{
    static readonly string[] ItemNames = ["item", "entry"];

    [Fact]
    public void EveryItemLinkAndDateOfTheRealFeedsIsRead()
    {
        int feeds = 0;
        foreach (var (name, bytes) in RealFeeds.All())
        {
            var feed = FeedReader.Read(bytes).Feed;
            Assert.True(feed is not null, name);
            if (Load(bytes) is not { } document)
            {
                continue;
            }

            feeds++;
            var elements = document.Descendants().Where(e => ItemNames.Contains(e.Name.LocalName)).ToList();
            Assert.Equal(elements.Count, feed.Items.Count);
            foreach (var (element, item) in elements.Zip(feed.Items))
            {
                Check(name, element, item);
            }
        }

        Console.WriteLine($"{feeds} real feeds compared");
    }

    // An XML parser of another make says what the feed holds; the order of precedence is the library's own.
    static void Check(string name, XElement element, FeedItem item)
    {
        var links = element.Elements().Where(e => e.Name.LocalName is "link" or "origLink")
            .Select(e => (string?)e.Attribute("href") ?? e.Value.Trim())
            .Where(l => l.Length > 0).ToList();
        Assert.True(links.Count == 0 || (item.Link is not null && links.Contains(item.Link)),
            $"{name}: link {item.Link} of {string.Join(' ', links)}");
        var dates = element.Elements()
            .Where(e => e.Name.LocalName is "pubDate" or "published" or "date" or "updated" && e.Value.Trim().Length > 0).ToList();
        bool impossible = dates.Count > 0 && dates.All(d => d.Value.Contains("+3000", StringComparison.Ordinal));
        Assert.True(dates.Count == 0 || impossible || item.Published is not null || item.Updated is not null,
            $"{name}: no date of {dates.FirstOrDefault()?.Value}");
        var title = element.Elements().FirstOrDefault(e => e.Name.LocalName == "title")?.Value.Trim();
        Assert.True(string.IsNullOrEmpty(title) || !string.IsNullOrEmpty(item.Title), $"{name}: no title of {title}");
        var id = element.Elements().FirstOrDefault(e => e.Name.LocalName is "guid" or "id")?.Value.Trim();
        Assert.True(string.IsNullOrEmpty(id) || item.Id == id, $"{name}: id {item.Id} of {id}");
    }

    static XDocument? Load(byte[] bytes)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes),
                new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
            return XDocument.Load(reader);
        }
        catch (XmlException)
        {
            // Not every real feed is well formed; those are held to being read at all.
            return null;
        }
    }
}
