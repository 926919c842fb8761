using System.Globalization;
using FeedParser.Links;

namespace FeedParser.Xml;

/// <summary>Elements that speak through their attributes or open a place of their own.</summary>
sealed partial class XmlFeedParser
{
    string? keywordScheme;
    string? categoryScheme;
    string? categoryLabel;
    string? enclosureType;
    long? enclosureLength;
    bool guidIsLink;

    void BeginFeed(ReadOnlySpan<byte> data, Ns ns, Tag known, ReadOnlySpan<byte> name)
    {
        ref var frame = ref stack[depth];
        bool first = !feedSeen;
        feedSeen = true;
        frame.Place = Place.Feed;
        frame.Nested &= known == Tag.Rdf;

        if (first || known == Tag.Rss)
        {
            SetFormat(known, ns, tag.Get(data, "version"u8), name);
        }

        if (frame.OwnLanguage)
        {
            SetFeedLanguage(frame.Language, 4);
        }

        if (known == Tag.Channel)
        {
            ReadCdf(data);
            if (tag.Get(data, "rdf:about"u8) is { } about)
            {
                SetFeedId(about, 2);
            }
        }
    }

    void BeginItem(ReadOnlySpan<byte> data, ReadOnlySpan<byte> name)
    {
        if (item is not null)
        {
            // The item before was not closed.
            var started = stack[depth];
            depth--;
            while (item is not null && depth > 0)
            {
                Pop();
            }

            var outer = stack[depth];
            stack[++depth] = started;
            stack[depth].Place = outer.Place;
            problems.Add("an item that was not closed ends where the next one begins");
        }

        ref var frame = ref stack[depth];
        if (!feedSeen)
        {
            feedSeen = true;
            SetFormat(name.Length == 5 && StartsWith(name, "entry"u8) ? Tag.Feed : Tag.Rss, frame.Ns, null, name);
        }

        frame.Place = Place.Item;
        frame.Nested = false;
        StartItem(frame.Language);
        if (tag.Get(data, "rdf:about"u8) is { } about)
        {
            SetId(about, 4 * 2);
        }

        ReadCdf(data);
    }

    // CDF (W3C NOTE-CDFsubmit) gives address and time of change as attributes.
    void ReadCdf(ReadOnlySpan<byte> data)
    {
        if (tag.Count == 0)
        {
            return;
        }

        if (tag.Get(data, "lastmod"u8) is { } modified)
        {
            SetUpdated(modified, Rank(8));
        }

        if (tag.Get(data, "href"u8) is { } href)
        {
            SetLink(Reference.Resolve(stack[depth].Base, href), Rank(8));
        }
    }

    // The parts of a multipart/alternative are contents of their own, the simplest first (Atom 0.3, RFC 2046 section 5.1.4).
    void BeginContent(ReadOnlySpan<byte> data, TextKind usual)
    {
        if (tag.Count == 0 || tag.Get(data, "type"u8)?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) != true)
        {
            StartText(data, Field.Content, usual, 8);
        }
    }

    // RSS has the address as text, Atom as attribute (RFC 4287 section 4.2.7: no rel is alternate; RFC 8288 for the relations' full names).
    void BeginLink(ReadOnlySpan<byte> data, bool atom)
    {
        string? href = tag.Get(data, "href"u8) ?? tag.Get(data, "url"u8) ?? tag.Get(data, "rdf:resource"u8);
        if (href is null && !tag.Has(data, "href"u8))
        {
            StartCapture(Field.Link, TextKind.Plain, Rank(8));
            return;
        }

        // An empty reference is one to the base itself (RFC 3986 section 4.4).
        var resolved = href is null ? stack[depth].Base : Reference.Resolve(stack[depth].Base, href);
        string rel = tag.Get(data, "rel"u8)?.ToLowerInvariant() ?? "alternate";
        rel = rel[(rel.LastIndexOf('/') + 1)..];
        string? type = tag.Get(data, "type"u8)?.ToLowerInvariant();
        switch (rel)
        {
            case "alternate" when stack[depth].Place == Place.Source:
                item!.SourceLink ??= resolved;
                break;
            case "alternate":
                bool page = type is null || type.Contains("html", StringComparison.Ordinal);
                SetLink(resolved, Rank(!page ? 4 : atom && isRss ? 7 : 8));
                break;
            case "enclosure" when resolved is not null && stack[depth].Place == Place.Item:
                AddEnclosure(new(resolved, tag.Get(data, "type"u8), Number(tag.Get(data, "length"u8))), media: false);
                break;
            case "self" when stack[depth].Place == Place.Feed:
                feed.SelfLink ??= resolved;
                break;
            case "hub" when stack[depth].Place == Place.Feed:
                feed.Hub ??= resolved;
                break;
            case "via" or "related":
                SetLink(resolved, Rank(rel == "via" ? 2 : 1));
                break;
            default:
                break;
        }
    }

    // RSS 0.92 and 2.0 (url, length, type), and RSS 1.0's enclosure module (rdf:resource, enc:…).
    void BeginEnclosure(ReadOnlySpan<byte> data)
    {
        string? url = tag.Get(data, "url"u8) ?? tag.Get(data, "href"u8) ?? tag.Get(data, "uri"u8) ?? tag.Get(data, "rdf:resource"u8)
            ?? tag.Get(data, "enc:url"u8);
        enclosureType = tag.Get(data, "type"u8) ?? tag.Get(data, "enc:type"u8);
        enclosureLength = Number(tag.Get(data, "length"u8) ?? tag.Get(data, "enc:length"u8));
        if (url is null)
        {
            StartCapture(Field.Enclosure, TextKind.Plain, 1);
        }
        else if (Reference.Resolve(stack[depth].Base, url) is { } resolved)
        {
            AddEnclosure(new(resolved, enclosureType, enclosureLength), media: false);
        }
    }

    // Media RSS: media:content may stand alone or with others in a group.
    void AddMedia(ReadOnlySpan<byte> data)
    {
        if (Reference.Resolve(stack[depth].Base, tag.Get(data, "url"u8)) is not { } url)
        {
            return;
        }

        string? type = tag.Get(data, "type"u8);
        AddEnclosure(new(url, type, Number(tag.Get(data, "filesize"u8))), media: true);
        if (tag.Get(data, "medium"u8) == "image" || type?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) == true)
        {
            SetImage(url, 2);
        }
    }

    static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out long value) && value >= 0 ? value : null;

    // RSS 2.0 has the name as text and the address as attribute, Atom a feed's own elements (RFC 4287 section 4.2.11).
    void BeginSource(ReadOnlySpan<byte> data)
    {
        ref var frame = ref stack[depth];
        if (frame.Place == Place.Item && item is not null)
        {
            frame.Place = Place.Source;
            item.SourceLink ??= Reference.Resolve(frame.Base, tag.Get(data, "url"u8) ?? tag.Get(data, "href"u8));
            StartCapture(Field.SourceText, TextKind.Either, 1, soft: true);
        }
        else
        {
            frame.Place = Place.Ignored;
        }
    }

    // RSS has the term as text and its scheme as domain; Atom (RFC 4287 section 4.2.2) and itunes:category have attributes.
    void BeginCategory(ReadOnlySpan<byte> data, string? usualScheme)
    {
        categoryScheme = tag.Get(data, "scheme"u8) ?? tag.Get(data, "domain"u8) ?? usualScheme;
        categoryLabel = tag.Get(data, "label"u8);
        if ((tag.Get(data, "term"u8) ?? tag.Get(data, "text"u8)) is { } term)
        {
            AddCategory(term, categoryScheme, categoryLabel);
        }
        else
        {
            StartCapture(Field.Category, TextKind.Either, 1);
        }
    }

    // RSS and Dublin Core have a byline as text, Atom and itunes:owner elements (RFC 4287 section 3.2).
    void BeginAuthor(bool owner = false)
    {
        ref var frame = ref stack[depth];
        bool counts = frame.Place is Place.Feed or Place.Item or Place.Source;
        frame.Place = counts ? Place.Author : Place.Ignored;
        if (counts)
        {
            person = default;
            personIsOwner = owner;
            StartCapture(Field.AuthorText, TextKind.Either, 1, soft: true);
        }
    }

    void SetFormat(Tag root, Ns ns, string? version, ReadOnlySpan<byte> name)
    {
        switch (root)
        {
            case Tag.Rss:
                isRss = true;
                feed.Format = version?.Trim() switch
                {
                    "0.90" => FeedFormat.Rss090,
                    "0.91" => FeedFormat.Rss091,
                    "0.92" => FeedFormat.Rss092,
                    "0.93" => FeedFormat.Rss093,
                    "0.94" => FeedFormat.Rss094,
                    "1.0" => FeedFormat.Rss10,
                    _ => FeedFormat.Rss20,
                };
                break;
            case Tag.Rdf:
                isRss = true;
                feed.Format = netscape ? FeedFormat.Rss090 : FeedFormat.Rss10;
                break;
            case Tag.Feed:
                feed.Format = version?.Trim() is "0.1" or "0.2" or "0.3" || draftAtom ? FeedFormat.Atom03 : FeedFormat.Atom10;
                break;
            default:
                isRss = true;
                bool cdf = name.SequenceEqual("CHANNEL"u8) || tag.Count > 0;
                feed.Format = ns == Ns.Rss && cdf ? FeedFormat.Cdf : FeedFormat.Rss20;
                break;
        }

        atomVersionKnown = true;
    }

    // What a namespace address tells of the version, before the root element itself is looked at.
    void NoteVersion(ReadOnlySpan<byte> uri)
    {
        netscape |= uri.IndexOf("netscape.com/rdf"u8) >= 0;
        draftAtom |= uri.IndexOf("purl.org/atom/ns"u8) >= 0 || uri.IndexOf("echo"u8) >= 0 || uri.IndexOf("purl.org/pie"u8) >= 0
            || uri.IndexOf("example.com/n"u8) >= 0;
    }
}
