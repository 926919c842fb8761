using FeedParser.Dates;
using FeedParser.Links;

namespace FeedParser.Xml;

/// <summary>
/// Where values go. Every value has a rank; a higher one replaces a lower one. Among equals the first title and text stay, and the last
/// link, identifier and date, which is how feedparser and the specifications' examples resolve doubles.
/// </summary>
sealed partial class XmlFeedParser
{
    readonly Problems problems;
    readonly Feed feed = new();
    readonly List<FeedItem> items = [];
    readonly List<FeedPerson> feedAuthors = [];
    readonly List<FeedPerson> owners = [];
    readonly List<FeedCategory> feedCategories = [];
    FeedItem? item;
    Ranks feedRanks, itemRanks;
    Person person;
    bool personIsOwner;
    string? firstElement;
    string? updatePeriod;
    int updateFrequency = 1;
    bool feedSeen, isRss, atomVersionKnown, netscape, draftAtom, sawJunk;

    bool InItem => item is not null;

    static bool Take(ref int current, int rank, bool lastWins)
    {
        if (rank < current || (rank == current && !lastWins))
        {
            return false;
        }

        current = rank;
        return true;
    }

    void Commit()
    {
        var field = capture.Field;
        int rank = capture.Rank;
        ref var frame = ref stack[depth];
        bool inSource = frame.Place == Place.Source && field != Field.SourceText;
        switch (field)
        {
            case Field.Title:
                CommitTitle(ReadText(oneLine: true), rank, inSource);
                break;
            case Field.Description:
                CommitDescription(rank, inSource);
                break;
            case Field.Content when InItem && !inSource:
                CommitContent(rank);
                break;
            case Field.Link:
                CommitLink(rank, inSource);
                break;
            case Field.Id when !inSource:
                CommitId(rank);
                break;
            case Field.Published when !inSource:
                SetPublished(ReadWord(), rank);
                break;
            case Field.Updated when !inSource:
                SetUpdated(ReadWord(), rank);
                break;
            case Field.Language when !inSource:
                CommitLanguage(rank);
                break;
            case Field.Category when !inSource && ReadText(oneLine: true) is { } term:
                AddCategory(term, categoryScheme, categoryLabel);
                break;
            case Field.Keywords when !inSource:
                AddKeywords(ReadText(oneLine: true));
                break;
            case Field.AuthorText:
                person.Text = ReadText(oneLine: true);
                break;
            case Field.PersonName:
                person.Name = ReadText(oneLine: true) ?? person.Name;
                break;
            case Field.PersonEmail:
                person.Email = ReadWord() ?? person.Email;
                break;
            case Field.PersonUrl:
                person.Url = Reference.Resolve(frame.Base, ReadWord()) ?? person.Url;
                break;
            case Field.SourceText when item is not null:
                item.SourceTitle = ReadText(oneLine: true) ?? item.SourceTitle;
                break;
            case Field.OrigLink when InItem:
                SetLink(Reference.Resolve(frame.Base, ReadWord()), rank);
                break;
            case Field.Enclosure when Reference.Resolve(frame.Base, ReadWord()) is { } url:
                AddEnclosure(new(url, enclosureType, enclosureLength), media: false);
                break;
            case Field.Image or Field.Thumbnail:
                SetImage(ReadWord(), rank);
                break;
            default:
                CommitFeedFact(field, rank);
                break;
        }

        keywordScheme = null;
        capture.Field = Field.None;
    }

    void CommitFeedFact(Field field, int rank)
    {
        switch (field)
        {
            case Field.Comments when item is not null && int.TryParse(ReadWord(), out int count) && count >= 0:
                item.CommentCount = count;
                break;
            case Field.Generator when !InItem:
                feed.Generator = ReadText(oneLine: true) ?? feed.Generator;
                break;
            case Field.Rights when !InItem && ReadText(oneLine: true) is { } rights && Take(ref feedRanks.Rights, rank, true):
                feed.Rights = rights;
                break;
            // RSS 2.0: minutes.
            case Field.Ttl when !InItem && int.TryParse(ReadWord(), out int minutes) && minutes is > 0 and < 1_000_000:
                feed.UpdateInterval = TimeSpan.FromMinutes(minutes);
                break;
            case Field.SkipHour when !InItem && int.TryParse(ReadWord(), out int hour) && hour is >= 0 and <= 24:
                // Netscape's RSS 0.91 counted the hours 1 to 24, RSS 2.0 counts them from 0.
                feed.SkipHours = [.. feed.SkipHours.Append(hour % 24).Distinct()];
                break;
            case Field.SkipDay when !InItem && ReadWord() is { } name && name.All(char.IsAsciiLetter)
                && Enum.TryParse<DayOfWeek>(name, ignoreCase: true, out var day):
                feed.SkipDays = [.. feed.SkipDays.Append(day).Distinct()];
                break;
            case Field.UpdatePeriod:
                updatePeriod = ReadWord();
                break;
            case Field.UpdateFrequency when int.TryParse(ReadWord(), out int frequency) && frequency is > 0 and < 100_000:
                updateFrequency = frequency;
                break;
            default:
                break;
        }
    }

    void CommitTitle(string? title, int rank, bool inSource)
    {
        if (title is null)
        {
            return;
        }

        if (inSource)
        {
            item!.SourceTitle ??= title;
        }
        else if (item is not null)
        {
            if (Take(ref itemRanks.Title, rank, false))
            {
                item.Title = title;
                NoteLanguage(3);
            }
        }
        else if (Take(ref feedRanks.Title, rank, false))
        {
            feed.Title = title;
        }
    }

    // From this rank on a second summary is content: feeds put the longer text there when they know no other element for it.
    const int FullText = 14;

    // An identifier that is an address stands in for a missing link, before links to pages that are only related.
    const int IdLink = 6;

    void CommitDescription(int rank, bool inSource)
    {
        if (inSource || ReadText(oneLine: false) is not { } text)
        {
            return;
        }

        if (item is null)
        {
            if (Take(ref feedRanks.Description, rank, rank >= FullText))
            {
                feed.Description = text;
            }

            return;
        }

        var (second, secondRank) = (text, rank);
        if (rank > itemRanks.Description)
        {
            (second, secondRank) = (item.Summary, itemRanks.Description);
            (item.Summary, itemRanks.Description) = (text, rank);
            NoteLanguage(4);
        }

        if (secondRank >= FullText && Take(ref itemRanks.Content, 2, false))
        {
            item.Content = second;
        }
    }

    void CommitContent(int rank)
    {
        if (ReadText(oneLine: false) is { } text && Take(ref itemRanks.Content, rank, false))
        {
            item!.Content = text;
            NoteLanguage(5);
        }
    }

    void CommitLink(int rank, bool inSource)
    {
        var link = ReadWord()?.Replace("&amp;", "&");
        link = Reference.Resolve(stack[depth].Base, link);
        if (inSource)
        {
            item!.SourceLink ??= link;
        }
        else
        {
            SetLink(link, rank);
        }
    }

    void CommitId(int rank)
    {
        if (ReadWord() is not { } id)
        {
            return;
        }

        // Only what is an address may be resolved as one; a bare word is an identifier in itself.
        if (guidIsLink && id.AsSpan().IndexOfAny('/', '?') >= 0)
        {
            id = Reference.Resolve(stack[depth].Base, id) ?? id;
        }

        if (item is null)
        {
            SetFeedId(id, rank);
        }
        else
        {
            SetId(id, rank);
        }

        if (guidIsLink && Reference.IsWeb(id))
        {
            SetLink(id, IdLink);
        }
    }

    void CommitLanguage(int rank)
    {
        if (Languages.Clean(ReadWord()) is not { } language)
        {
            return;
        }

        if (item is null)
        {
            SetFeedLanguage(language, rank);
        }
        else if (Take(ref itemRanks.Language, rank, true))
        {
            item.Language = language;
        }
    }

    void NoteLanguage(int rank)
    {
        ref var frame = ref stack[depth];
        if (frame.OwnLanguage && frame.Language is not null && Take(ref itemRanks.Language, rank, false))
        {
            item!.Language = frame.Language;
        }
    }

    void SetFeedLanguage(string? language, int rank)
    {
        if (language is not null && Take(ref feedRanks.Language, rank, true))
        {
            feed.Language = language;
        }
    }

    void SetFeedId(string id, int rank)
    {
        if (Take(ref feedRanks.Id, rank, true))
        {
            feed.Id = id;
        }
    }

    void SetId(string id, int rank)
    {
        if (Take(ref itemRanks.Id, rank, true))
        {
            item!.Id = id;
        }
    }

    void SetLink(string? link, int rank)
    {
        if (link is null || stack[depth].Place is Place.Source)
        {
            return;
        }

        if (item is null)
        {
            if (Take(ref feedRanks.Link, rank, true))
            {
                feed.Link = link;
            }
        }
        else if (Take(ref itemRanks.Link, rank, true))
        {
            item.Link = link;
        }
    }

    void SetPublished(string? text, int rank)
    {
        if (ReadDate(text) is not { } date)
        {
            return;
        }

        if (item is null)
        {
            if (Take(ref feedRanks.Published, rank, true))
            {
                feed.Published = date;
            }
        }
        else if (Take(ref itemRanks.Published, rank, true))
        {
            item.Published = date;
        }
    }

    void SetUpdated(string? text, int rank)
    {
        if (ReadDate(text) is not { } date)
        {
            return;
        }

        if (item is null)
        {
            if (Take(ref feedRanks.Updated, rank, true))
            {
                feed.Updated = date;
            }
        }
        else if (Take(ref itemRanks.Updated, rank, true))
        {
            item.Updated = date;

            // dc:date does not say which date it is; where nothing else tells the publication, it does.
            if (rank is 14 or 13 && Take(ref itemRanks.Published, 12, true))
            {
                item.Published = date;
            }
        }
    }

    DateTimeOffset? ReadDate(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var date = FeedDate.Parse(text);
        if (date is null)
        {
            problems.Add($"the date '{(text.Length > 40 ? text[..40] : text)}' cannot be read; left out");
        }

        return date;
    }

    void SetImage(string? url, int rank)
    {
        var resolved = Reference.Resolve(stack[depth].Base, url);
        if (resolved is null)
        {
            return;
        }

        if (item is null)
        {
            if (Take(ref feedRanks.Image, rank, false))
            {
                feed.Image = resolved;
            }
        }
        else if (Take(ref itemRanks.Image, rank, false))
        {
            item.Image = resolved;
        }
    }

    struct Ranks
    {
        public int Title, Link, Id, Description, Content, Published, Updated, Language, Rights, Image;
    }
}
