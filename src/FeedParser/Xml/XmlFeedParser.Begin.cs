using System.Text;

namespace FeedParser.Xml;

/// <summary>What a start tag means where it stands.</summary>
sealed partial class XmlFeedParser
{
    // An element inside of one that means nothing here counts less than the same one in its proper place.
    int Rank(int rank) => (rank * 2) - (stack[depth].Nested ? 1 : 0);

    void Begin(ReadOnlySpan<byte> data, Ns ns, Tag known, ReadOnlySpan<byte> name)
    {
        ref var frame = ref stack[depth];
        if (firstElement is null)
        {
            firstElement = Encoding.UTF8.GetString(name[..Math.Min(name.Length, 40)]);
        }

        LeaveSoftCapture(frame.Place, known);
        bool basic = ns is Ns.Rss or Ns.Atom;
        if (frame.Place switch
        {
            Place.Image or Place.TextInput => ns == Ns.Rss && !IsPartOfSmallBlock(known),
            Place.Author => ns == Ns.Content || (basic && IsNoPartOfPerson(known)),
            _ => false,
        })
        {
            LeaveBlock(frame.Place);
            frame = ref stack[depth];
        }

        if (basic && known is Tag.Rss or Tag.Feed or Tag.Channel || (ns is Ns.Rdf or Ns.Rss && known == Tag.Rdf))
        {
            BeginFeed(data, ns, known, name);
        }
        else if (basic && known == Tag.Item && (feedSeen || frame.Place == Place.Outside))
        {
            BeginItem(data, name);
        }
        else if (frame.Place is Place.Feed or Place.Item or Place.Source)
        {
            BeginMember(data, ns, known);
        }
        else if (frame.Place == Place.Author)
        {
            BeginPersonPart(known);
        }
        else if (frame.Place == Place.Image && basic && known == Tag.Url)
        {
            StartCapture(Field.Image, TextKind.Plain, Rank(4));
        }
    }

    // A byline may hold markup; what says name, address or page apart replaces it. Other texts that give way do so at any element.
    void LeaveSoftCapture(Place place, Tag known)
    {
        if (place != Place.Author || known is Tag.Name or Tag.Email or Tag.Url)
        {
            capture.Field = Field.None;
        }
    }

    static bool IsPartOfSmallBlock(Tag known) =>
        known is Tag.Title or Tag.Link or Tag.Description or Tag.Url or Tag.Name or Tag.Unknown;

    static bool IsNoPartOfPerson(Tag known) =>
        known is Tag.Item or Tag.Guid or Tag.Id or Tag.PubDate or Tag.Published or Tag.Issued or Tag.Updated or Tag.Modified or Tag.Summary
            or Tag.Content or Tag.Description or Tag.Category or Tag.Enclosure;

    // An image, text input or author that never closes must not swallow the feed: only their own parts may stand in them.
    void LeaveBlock(Place block)
    {
        var started = stack[depth];
        depth--;
        while (stack[depth].Place == block)
        {
            Pop();
        }

        var outer = stack[depth];
        stack[++depth] = started;
        stack[depth].Place = outer.Place;
        stack[depth].Nested = outer.Nested;
    }

    // Modules with an element or two: RSS 1.0's content, syndication and slash (web.resource.org/rss/1.0/modules), XHTML 1.0, RFC 4685
    // (thread), PRISM 1.2, and FeedBurner's address of the page that it redirects to.
    void BeginMember(ReadOnlySpan<byte> data, Ns ns, Tag known)
    {
        switch (ns)
        {
            case Ns.Rss or Ns.Atom:
                BeginBasic(data, ns, known);
                break;
            case Ns.Dc or Ns.DcTerms:
                BeginDublinCore(data, known);
                break;
            case Ns.Content when known == Tag.Encoded:
                StartCapture(Field.Content, TextKind.Html, Rank(8));
                break;
            case Ns.Xhtml when known == Tag.Body:
                StartCapture(Field.Content, TextKind.Inline, Rank(8));
                break;
            case Ns.Media:
                BeginMedia(data, known);
                break;
            case Ns.Itunes or Ns.GooglePlay:
                BeginPodcast(data, known);
                break;
            case Ns.FeedBurner when known == Tag.OrigLink:
                StartCapture(Field.OrigLink, TextKind.Plain, Rank(9));
                break;
            case Ns.Slash when known == Tag.Comments:
            case Ns.Thread when known == Tag.Total:
                StartCapture(Field.Comments, TextKind.Plain, Rank(8));
                break;
            case Ns.Sy when known == Tag.UpdatePeriod:
                StartCapture(Field.UpdatePeriod, TextKind.Plain, 1);
                break;
            case Ns.Sy when known == Tag.UpdateFrequency:
                StartCapture(Field.UpdateFrequency, TextKind.Plain, 1);
                break;
            case Ns.Prism when known == Tag.PublicationDate:
                StartCapture(Field.Published, TextKind.Plain, Rank(4));
                break;
            default:
                PassOver();
                break;
        }
    }

    // What RDF describes beside channel and items (a license, a person) is a resource of its own.
    void PassOver()
    {
        ref var frame = ref stack[depth];
        frame.Nested = true;
        if (stack[depth - 1].Tag == Tag.Rdf)
        {
            frame.Place = Place.Ignored;
        }
    }

    // RSS in all versions (rssboard.org/rss-specification, rss-0-9-1-netscape, rss-0-9-2; web.resource.org/rss/1.0/spec), Atom 1.0
    // (RFC 4287 section 4.2) and 0.3 (draft-nottingham-atom-format-02), CDF, and what feeds write without any of them.
    void BeginBasic(ReadOnlySpan<byte> data, Ns ns, Tag known)
    {
        ref var frame = ref stack[depth];
        bool atom = ns == Ns.Atom;
        var loose = atom && !isRss ? TextKind.Plain : TextKind.Either;
        switch (known)
        {
            case Tag.Title:
                StartText(data, Field.Title, loose, 8);
                break;
            case Tag.Link:
                BeginLink(data, atom);
                break;
            case Tag.Guid:
                // RSS 2.0: a guid is an address unless isPermaLink says otherwise.
                guidIsLink = tag.Get(data, "ispermalink"u8) is not { } permalink
                    || permalink.Equals("true", StringComparison.OrdinalIgnoreCase);
                StartCapture(Field.Id, TextKind.Plain, Rank(9));
                break;
            case Tag.Id:
                guidIsLink = true;
                StartCapture(Field.Id, TextKind.Plain, Rank(8));
                break;
            case Tag.Description:
                StartText(data, Field.Description, TextKind.Html, 8);
                break;
            case Tag.Subtitle or Tag.Tagline or Tag.Summary:
                StartText(data, Field.Description, loose, known == Tag.Summary && !InItem ? 7 : 8);
                break;
            case Tag.Abstract:
                StartText(data, Field.Description, TextKind.Either, 8);
                break;
            case Tag.Info:
                StartText(data, Field.Description, loose, 2);
                break;
            case Tag.Content:
                BeginContent(data, loose);
                break;
            case Tag.Encoded or Tag.FullItem:
                StartText(data, Field.Content, TextKind.Html, 8);
                break;
            case Tag.Body:
                StartCapture(Field.Content, TextKind.Inline, Rank(8));
                break;
            case Tag.PubDate or Tag.Published or Tag.Issued:
                StartCapture(Field.Published, TextKind.Plain, Rank(8));
                break;
            case Tag.Created:
                StartCapture(Field.Published, TextKind.Plain, Rank(5));
                break;
            case Tag.Updated or Tag.Modified or Tag.LastBuildDate or Tag.LastMod:
                StartCapture(Field.Updated, TextKind.Plain, Rank(8));
                break;
            case Tag.Date:
                StartCapture(Field.Published, TextKind.Plain, Rank(3));
                break;
            case Tag.Author or Tag.ManagingEditor or Tag.Creator:
                BeginAuthor();
                break;
            case Tag.WebMaster or Tag.Contributor or Tag.Publisher or Tag.Owner:
                frame.Place = Place.Ignored;
                break;
            case Tag.Category:
                BeginCategory(data, null);
                break;
            case Tag.Keywords:
                StartCapture(Field.Keywords, TextKind.Plain, 1);
                break;
            case Tag.Enclosure:
                BeginEnclosure(data);
                break;
            case Tag.Source:
                BeginSource(data);
                break;
            case Tag.Image:
                frame.Place = Place.Image;
                break;
            case Tag.TextInput:
                frame.Place = Place.TextInput;
                break;
            case Tag.Icon:
                StartCapture(Field.Image, TextKind.Plain, Rank(3));
                break;
            case Tag.Language:
                StartCapture(Field.Language, TextKind.Plain, Rank(8));
                break;
            case Tag.Generator:
                StartCapture(Field.Generator, TextKind.Either, Rank(8));
                break;
            case Tag.Copyright:
                StartText(data, Field.Rights, loose, 8);
                break;
            case Tag.Ttl:
                StartCapture(Field.Ttl, TextKind.Plain, 1);
                break;
            case Tag.SkipHours or Tag.SkipDays when !InItem:
                // RSS 0.91: hours and days stand one by one inside.
                break;
            case Tag.Hour:
                StartCapture(Field.SkipHour, TextKind.Plain, 1);
                break;
            case Tag.Day:
                StartCapture(Field.SkipDay, TextKind.Plain, 1);
                break;
            default:
                PassOver();
                break;
        }
    }

    // Dublin Core 1.1 and the DCMI terms (dublincore.org/specifications/dublin-core/dcmi-terms); dc:date does not say which date it is.
    void BeginDublinCore(ReadOnlySpan<byte> data, Tag known)
    {
        ref var frame = ref stack[depth];
        switch (known)
        {
            case Tag.Title:
                StartText(data, Field.Title, TextKind.Either, 8);
                break;
            case Tag.Creator or Tag.Author:
                BeginAuthor();
                break;
            case Tag.Date:
                StartCapture(Field.Updated, TextKind.Plain, Rank(7));
                break;
            case Tag.Issued:
                StartCapture(Field.Published, TextKind.Plain, Rank(8));
                break;
            case Tag.Created:
                StartCapture(Field.Published, TextKind.Plain, Rank(5));
                break;
            case Tag.Modified:
                StartCapture(Field.Updated, TextKind.Plain, Rank(8));
                break;
            case Tag.Description:
                StartText(data, Field.Description, TextKind.Html, 8);
                break;
            case Tag.Abstract:
                StartText(data, Field.Description, TextKind.Either, 6);
                break;
            case Tag.Language:
                StartCapture(Field.Language, TextKind.Plain, Rank(8));
                break;
            case Tag.Subject:
                BeginCategory(data, null);
                break;
            case Tag.Identifier:
                guidIsLink = false;
                StartCapture(Field.Id, TextKind.Plain, Rank(3));
                break;
            case Tag.Copyright:
                StartText(data, Field.Rights, TextKind.Either, 7);
                break;
            default:
                frame.Place = Place.Ignored;
                break;
        }
    }

    // Apple's podcast elements (itunes.com/dtds/podcast-1.0.dtd) and Google's, which have the same names.
    void BeginPodcast(ReadOnlySpan<byte> data, Tag known)
    {
        ref var frame = ref stack[depth];
        switch (known)
        {
            case Tag.Author:
                BeginAuthor();
                break;
            case Tag.Owner when !InItem:
                BeginAuthor(owner: true);
                break;
            case Tag.Title:
                StartText(data, Field.Title, TextKind.Either, 4);
                break;
            case Tag.Summary or Tag.Description:
                StartText(data, Field.Description, TextKind.Either, 7);
                break;
            case Tag.Subtitle:
                StartText(data, Field.Description, TextKind.Either, 3);
                break;
            case Tag.Keywords:
                keywordScheme = "http://www.itunes.com/";
                StartCapture(Field.Keywords, TextKind.Plain, 1);
                break;
            case Tag.Category:
                BeginCategory(data, "http://www.itunes.com/");
                break;
            case Tag.Image:
                SetImage(tag.Get(data, "href"u8) ?? tag.Get(data, "url"u8), 2);
                break;
            default:
                frame.Place = Place.Ignored;
                break;
        }
    }

    // Media RSS 1.5.1 (rssboard.org/media-rss).
    void BeginMedia(ReadOnlySpan<byte> data, Tag known)
    {
        ref var frame = ref stack[depth];
        switch (known)
        {
            case Tag.Group:
                break;
            case Tag.Content:
                AddMedia(data);
                break;
            case Tag.Thumbnail:
                if (tag.Get(data, "url"u8) is { } url)
                {
                    SetImage(url, 3);
                }
                else
                {
                    StartCapture(Field.Thumbnail, TextKind.Plain, 3);
                }

                break;
            case Tag.Title:
                StartText(data, Field.Title, TextKind.Either, 3);
                break;
            case Tag.Description:
                StartText(data, Field.Description, TextKind.Either, 4);
                break;
            case Tag.Category:
                BeginCategory(data, "http://search.yahoo.com/mrss/category_schema");
                break;
            case Tag.Keywords:
                StartCapture(Field.Keywords, TextKind.Plain, 1);
                break;
            default:
                frame.Place = Place.Ignored;
                break;
        }
    }

    // RFC 4287 section 3.2, Atom 0.3's url for uri, and the name and email of itunes:owner.
    void BeginPersonPart(Tag known)
    {
        switch (known)
        {
            case Tag.Name:
                StartCapture(Field.PersonName, TextKind.Either, 1);
                break;
            case Tag.Email:
                StartCapture(Field.PersonEmail, TextKind.Plain, 1);
                break;
            case Tag.Url:
                StartCapture(Field.PersonUrl, TextKind.Plain, 1);
                break;
            default:
                break;
        }
    }

    // Atom's text constructs (RFC 4287 section 3.1, Atom 0.3 section 3.1): type and mode say how text is to be read.
    void StartText(ReadOnlySpan<byte> data, Field field, TextKind usual, int rank)
    {
        var kind = usual;
        bool base64 = tag.Get(data, "mode"u8) is { } mode && mode.Equals("base64", StringComparison.OrdinalIgnoreCase);
        if (tag.Count > 0 && tag.Get(data, "type"u8) is { } type)
        {
            (kind, bool encoded) = KindOf(type.ToLowerInvariant(), usual);
            base64 |= encoded && field == Field.Content && tag.Get(data, "src"u8) is null;
        }

        StartCapture(field, kind, Rank(rank), base64: base64);
    }

    static (TextKind Kind, bool Encoded) KindOf(string type, TextKind usual)
    {
        int parameters = type.IndexOf(';');
        switch (parameters < 0 ? type : type[..parameters].Trim())
        {
            case "text" or "plain" or "text/plain":
                return (usual == TextKind.Plain ? TextKind.Plain : TextKind.Either, false);
            case "html" or "text/html" or "escaped":
                return (TextKind.Html, false);
            case "xhtml" or "application/xhtml+xml" or "xml":
                return (TextKind.Inline, false);
            case var media when media.EndsWith("+xml", StringComparison.Ordinal) || media.EndsWith("/xml", StringComparison.Ordinal):
                return (TextKind.Inline, false);
            case var media when media.StartsWith("text/", StringComparison.Ordinal):
                return (TextKind.Plain, false);
            case var media when media.Contains('/'):
                return (TextKind.Plain, true);
            default:
                return (usual, false);
        }
    }
}
