namespace FeedParser.Xml;

/// <summary>
/// Reads RSS in all versions, Atom, RDF and CDF from UTF-8 in one pass. Nothing it meets makes it throw, nothing is looked at twice in a
/// way that grows with the input, and what it keeps is bounded by one item and one text.
/// </summary>
sealed partial class XmlFeedParser
{
    public XmlFeedParser(Problems problems, Uri? baseUri)
    {
        this.problems = problems;
        stack[0].Base = baseUri?.OriginalString;
        stack[0].Place = Place.Outside;
    }

    /// <summary>Whether the document turned out to be a feed.</summary>
    public bool FeedSeen => feedSeen;

    /// <summary>The name of the document's first element, as written.</summary>
    public string? FirstElement => firstElement;

    /// <summary>Closes what is still open and completes the feed's own fields.</summary>
    public void Finish()
    {
        if (depth > 0 && feedSeen)
        {
            problems.Add("the document ends before its elements do; it was probably cut off");
            LeaveCutCapture();
        }

        UnwindTo(0);
        feed.Updated ??= feed.Published;
        feed.UpdateInterval ??= Interval();
        feed.Authors = feedAuthors.Count > 0 ? feedAuthors : owners;
        feed.Categories = feedCategories;
        collected.Release();
        readable.Release();
    }

    // Half of a text is worth reading; half of an address, identifier or date is a wrong one. White space behind it shows that it is whole.
    void LeaveCutCapture()
    {
        bool cut = collected.Length > 0 && collected.Span[^1] > ' ';
        if (cut && capture.Field is Field.Link or Field.Id or Field.OrigLink or Field.Enclosure or Field.Thumbnail or Field.Image
            or Field.PersonUrl or Field.PersonEmail or Field.Published or Field.Updated)
        {
            capture.Field = Field.None;
        }
    }

    /// <summary>
    /// What holds for items that do not say otherwise: the feed's language, and in Atom its authors (RFC 4287 section 4.2.1).
    /// </summary>
    public void Inherit(FeedItem done)
    {
        done.Language ??= feed.Language;
        if (!isRss && done.Authors.Count == 0)
        {
            done.Authors = feedAuthors;
        }
    }

    // RSS 1.0's syndication module: so many times in a period.
    TimeSpan? Interval() => updatePeriod?.ToLowerInvariant() switch
    {
        "hourly" => TimeSpan.FromHours(1) / updateFrequency,
        "daily" => TimeSpan.FromDays(1) / updateFrequency,
        "weekly" => TimeSpan.FromDays(7) / updateFrequency,
        "monthly" => TimeSpan.FromDays(30) / updateFrequency,
        "yearly" => TimeSpan.FromDays(365) / updateFrequency,
        _ => null,
    };
}
