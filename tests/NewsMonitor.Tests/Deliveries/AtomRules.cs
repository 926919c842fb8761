using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace NewsMonitor.Tests.Deliveries;

/// <summary>
/// What RFC 4287 demands of a feed and what the W3C's feed validator checks beyond it, for the elements that our feed uses; any other is refused.
/// </summary>
static partial class AtomRules
{
    static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    /// <summary>For each element: which children it may have, how often at least and at most.</summary>
    static readonly Dictionary<string, Dictionary<string, (int Least, int Most)>> Children = new()
    {
        ["feed"] = new()
        {
            ["id"] = (1, 1), ["title"] = (1, 1), ["updated"] = (1, 1), ["author"] = (1, int.MaxValue), ["link"] = (1, int.MaxValue),
            ["entry"] = (0, int.MaxValue), ["category"] = (0, int.MaxValue), ["generator"] = (0, 1), ["subtitle"] = (0, 1),
        },
        ["entry"] = new()
        {
            ["id"] = (1, 1), ["title"] = (1, 1), ["updated"] = (1, 1), ["published"] = (0, 1), ["author"] = (0, int.MaxValue),
            ["link"] = (1, int.MaxValue), ["category"] = (0, int.MaxValue), ["content"] = (0, 1), ["summary"] = (0, 1),
        },
        ["author"] = new() { ["name"] = (1, 1), ["uri"] = (0, 1), ["email"] = (0, 1) },
    };

    static readonly Dictionary<string, string[]> Attributes = new()
    {
        ["link"] = ["href", "rel", "type", "hreflang", "title", "length"], ["category"] = ["term", "scheme", "label"], ["content"] = ["type"],
        ["title"] = ["type"], ["summary"] = ["type"],
    };

    /// <param name="self">Where the feed was read.</param>
    public static void Check(byte[] feed, Uri self)
    {
        var root = XDocument.Load(new MemoryStream(feed)).Root!;
        Assert.Equal(Atom + "feed", root.Name);
        Element(root);
        var entries = root.Elements(Atom + "entry").ToList();
        Assert.Equal(entries.Count, entries.Select(e => e.Element(Atom + "id")!.Value).Distinct().Count());
        // Readers sort by it (the validator's DuplicateUpdated).
        Assert.Equal(entries.Count, entries.Select(e => Moment(e.Element(Atom + "updated")!)).Distinct().Count());
        Assert.All(entries, e => Assert.True(Moment(e.Element(Atom + "published")!) <= Moment(e.Element(Atom + "updated")!)));
        // Metadata stands before all entries (MisplacedMetadata).
        Assert.DoesNotContain(root.Elements().SkipWhile(e => e.Name != Atom + "entry"), e => e.Name != Atom + "entry");
        // BadCharacters: controls of ISO 8859, and the sign of a character that was lost.
        Assert.DoesNotMatch("[\u0080-\u009F\uFFFD]", root.ToString());
        Assert.Equal(self.AbsoluteUri, Assert.Single(root.Elements(Atom + "link"), l => (string?)l.Attribute("rel") == "self").Attribute("href")!.Value);
        foreach (var element in root.DescendantsAndSelf().Where(e => e.Name == Atom + "feed" || e.Name == Atom + "entry"))
        {
            var alternates = element.Elements(Atom + "link").Where(l => (string?)l.Attribute("rel") is null or "alternate")
                .Select(l => ((string?)l.Attribute("type"), (string?)l.Attribute("hreflang"))).ToList();
            Assert.Equal(alternates.Count, alternates.Distinct().Count());
            Assert.NotEmpty(alternates);
        }
    }

    static void Element(XElement element)
    {
        Assert.Equal(Atom, element.Name.Namespace);
        var name = element.Name.LocalName;
        var allowed = Children.GetValueOrDefault(name) ?? [];
        Assert.Subset(allowed.Keys.ToHashSet(), element.Elements().Select(e => e.Name.LocalName).ToHashSet());
        foreach (var (child, (least, most)) in allowed)
        {
            Assert.InRange(element.Elements(Atom + child).Count(), least, most);
        }
        Assert.Subset(
            (Attributes.GetValueOrDefault(name) ?? []).ToHashSet(),
            element.Attributes().Where(a => !a.IsNamespaceDeclaration && a.Name.Namespace != XNamespace.Xml).Select(a => a.Name.LocalName).ToHashSet());
        switch (name)
        {
            case "id":
                // A tag (RFC 4151) of an authority and a date, or any other absolute IRI.
                Assert.Matches("^(tag:[a-z0-9.-]+,[0-9]{4}(-[0-9]{2}){0,2}:[!-~]+|https?://[!-~]+|urn:[!-~]+)$", element.Value);
                break;
            case "updated" or "published":
                Assert.Matches(Rfc3339(), element.Value);
                Assert.True(DateTimeOffset.TryParse(element.Value, CultureInfo.InvariantCulture, DateTimeStyles.None, out _), element.Value);
                break;
            case "title" or "name":
                Assert.NotEqual("", element.Value.Trim());
                // ContainsUndeclaredHTML
                Assert.True((string?)element.Attribute("type") == "html" || !Markup().IsMatch(element.Value), element.Value);
                Assert.Contains((string?)element.Attribute("type"), new[] { null, "text", "html" });
                break;
            case "link":
                Assert.True(Uri.TryCreate((string?)element.Attribute("href"), UriKind.Absolute, out var url), element.ToString());
                Assert.Contains(url.Scheme, new[] { "http", "https" });
                Assert.Contains((string?)element.Attribute("rel"), new[] { null, "alternate", "self", "related", "via", "enclosure" });
                Assert.Matches("^[!-~]+/[!-~]+$", (string?)element.Attribute("type") ?? "any/type");
                break;
            case "category":
                Assert.False(string.IsNullOrWhiteSpace((string?)element.Attribute("term")), element.ToString());
                break;
            case "content":
                Assert.Equal("html", (string?)element.Attribute("type"));
                Assert.DoesNotMatch(Unsafe(), element.Value);
                break;
        }
        foreach (var child in element.Elements())
        {
            Element(child);
        }
    }

    static DateTimeOffset Moment(XElement element) => DateTimeOffset.Parse(element.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"</?[A-Za-z!]|&#?\w+;")]
    private static partial Regex Markup();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex Rfc3339();

    [GeneratedRegex("<(script|style|iframe|object|embed|meta|link|form)|<[^>]+\\son\\w+=|<[^>]+(href|src)\\s*=\\s*.?javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Unsafe();
}
