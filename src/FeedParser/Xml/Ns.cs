using System.Text;
using FeedParser.Text;

namespace FeedParser.Xml;

/// <summary>The vocabularies that feeds are written in.</summary>
enum Ns : byte
{
    /// <summary>Anything else; its elements are passed over.</summary>
    Other,

    /// <summary>Elements of RSS in all its versions, CDF, and elements in no namespace.</summary>
    Rss,
    Atom,
    Rdf,
    Dc,
    DcTerms,
    Content,
    Media,
    Itunes,
    GooglePlay,
    Xhtml,
    FeedBurner,
    Slash,
    Sy,
    Thread,
    Prism,
    Xml,
}

/// <summary>Namespaces by URI with the variants seen in the wild, and by the prefix where a feed declares none.</summary>
static class Namespaces
{
    // Compared without case, without the scheme and without '/' or '#' at the end.
    static readonly NameTable<Ns> ByUri = new(
    [
        new("backend.userland.com/rss", Ns.Rss), new("backend.userland.com/rss2", Ns.Rss), new("backend.userland.com/rss091", Ns.Rss),
        new("backend.userland.com/rss092", Ns.Rss), new("backend.userland.com/rss093", Ns.Rss), new("backend.userland.com/rss094", Ns.Rss),
        new("blogs.law.harvard.edu/tech/rss", Ns.Rss), new("cyber.law.harvard.edu/rss", Ns.Rss), new("purl.org/rss/1.0", Ns.Rss),
        new("purl.org/rss/2.0", Ns.Rss), new("purl.org/net/rss1.1", Ns.Rss), new("channel.netscape.com/rdf/simple/0.9", Ns.Rss),
        new("my.netscape.com/rdf/simple/0.9", Ns.Rss), new("my.netscape.com/publish/formats/rss-0.91.dtd", Ns.Rss),
        new("purl.org/rss/1.0/modules/rss091", Ns.Rss), new("www.rssboard.org/rss-specification", Ns.Rss),
        new("example.com/newformat", Ns.Rss),
        new("www.w3.org/2005/atom", Ns.Atom), new("purl.org/atom/ns", Ns.Atom), new("purl.org/atom/app", Ns.Other),
        new("example.com/necho", Ns.Atom), new("purl.org/echo", Ns.Atom), new("uri/of/echo/namespace", Ns.Atom),
        new("purl.org/pie", Ns.Atom),
        new("www.w3.org/1999/02/22-rdf-syntax-ns", Ns.Rdf), new("purl.org/dc/elements/1.1", Ns.Dc), new("purl.org/dc/elements/1.0", Ns.Dc),
        new("dublincore.org/documents/dcmi-namespace", Ns.Dc), new("purl.org/metadata/dublin_core", Ns.Dc), new("purl.org/dc", Ns.Dc),
        new("purl.org/dc/terms", Ns.DcTerms), new("dublincore.org/documents/dcmi-terms", Ns.DcTerms),
        new("purl.org/rss/1.0/modules/content", Ns.Content), new("purl.org/rss/1.0/modules/content/encoded", Ns.Content),
        new("search.yahoo.com/mrss", Ns.Media), new("video.search.yahoo.com/mrss", Ns.Media), new("api.maps.yahoo.com/mrss", Ns.Media),
        new("www.rssboard.org/media-rss", Ns.Media), new("tools.search.yahoo.com/mrss", Ns.Media),
        new("www.itunes.com/dtds/podcast-1.0.dtd", Ns.Itunes), new("itunes.com/dtds/podcast-1.0.dtd", Ns.Itunes),
        new("www.itunes.com/dtds/podcast-1.0", Ns.Itunes), new("example.com/dtds/podcast-1.0.dtd", Ns.Itunes),
        new("www.apple.com/itunes/podcasts", Ns.Itunes), new("www.google.com/schemas/play-podcasts/1.0", Ns.GooglePlay),
        new("www.google.com/schemas/play-podcasts/1.0/play-podcasts.xsd", Ns.GooglePlay),
        new("www.w3.org/1999/xhtml", Ns.Xhtml), new("www.w3.org/tr/xhtml1", Ns.Xhtml), new("www.w3.org/1999/html", Ns.Xhtml),
        new("rssnamespace.org/feedburner/ext/1.0", Ns.FeedBurner), new("www.pheedo.com/namespace/pheedo", Ns.FeedBurner),
        new("purl.org/rss/1.0/modules/slash", Ns.Slash), new("purl.org/rss/1.0/modules/syndication", Ns.Sy),
        new("purl.org/syndication/thread/1.0", Ns.Thread), new("prismstandard.org/namespaces/1.2/basic", Ns.Prism),
        new("prismstandard.org/namespaces/basic/2.0", Ns.Prism), new("www.w3.org/xml/1998/namespace", Ns.Xml),
    ]);

    static readonly NameTable<Ns> ByPrefix = new(
    [
        new("rss", Ns.Rss), new("rss10", Ns.Rss), new("atom", Ns.Atom), new("atom10", Ns.Atom), new("atom03", Ns.Atom), new("a10", Ns.Atom),
        new("rdf", Ns.Rdf), new("dc", Ns.Dc), new("dcterms", Ns.DcTerms), new("dct", Ns.DcTerms), new("content", Ns.Content),
        new("media", Ns.Media), new("mrss", Ns.Media), new("itunes", Ns.Itunes), new("googleplay", Ns.GooglePlay), new("xhtml", Ns.Xhtml),
        new("html", Ns.Xhtml), new("feedburner", Ns.FeedBurner), new("pheedo", Ns.FeedBurner), new("slash", Ns.Slash), new("sy", Ns.Sy),
        new("thr", Ns.Thread), new("prism", Ns.Prism), new("xml", Ns.Xml),
    ]);

    /// <summary>The vocabulary of a URI; of the prefix where the URI is unknown.</summary>
    public static Ns Of(ReadOnlySpan<byte> uri, ReadOnlySpan<byte> prefix)
    {
        uri = uri.Trim(" \t\r\n"u8);
        if (uri.IsEmpty)
        {
            return Ns.Rss;
        }

        foreach (var scheme in (ReadOnlySpan<string>)["http://", "https://"])
        {
            if (uri.Length > scheme.Length && Ascii.EqualsIgnoreCase(uri[..scheme.Length], scheme))
            {
                uri = uri[scheme.Length..];
                break;
            }
        }

        uri = uri.TrimEnd("/#"u8);
        if (ByUri.TryGet(uri, out var known))
        {
            return known;
        }

        // UserLand gave every version of RSS its own address below this one.
        return uri.StartsWith("backend.userland.com/rss"u8) ? Ns.Rss : OfPrefix(prefix);
    }

    /// <summary>The vocabulary that an undeclared prefix customarily stands for; no prefix is RSS.</summary>
    public static Ns OfPrefix(ReadOnlySpan<byte> prefix) =>
        prefix.IsEmpty ? Ns.Rss : ByPrefix.TryGet(prefix, out var known) ? known : Ns.Other;
}
