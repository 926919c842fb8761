namespace FeedParser.Xml;

/// <summary>What the text that is being collected will be.</summary>
enum Field : byte
{
    None, Title, Link, Id, Description, Content, Published, Updated, Language, Category, Keywords, Generator, Rights, Image, Ttl, Comments,
    UpdatePeriod, UpdateFrequency, OrigLink, Enclosure, Thumbnail, AuthorText, PersonName, PersonEmail, PersonUrl, SourceText,
    SkipHour, SkipDay,
}

/// <summary>How collected text is to be understood.</summary>
enum TextKind : byte
{
    /// <summary>Literally.</summary>
    Plain,

    /// <summary>Plain by its specification, markup in practice: decided by its looks.</summary>
    Either,

    /// <summary>Escaped markup.</summary>
    Html,

    /// <summary>Markup as part of the XML; its text nodes stay escaped until it is read.</summary>
    Inline,
}

/// <summary>Where in the feed the parser stands.</summary>
enum Place : byte
{
    Outside, Feed, Item, Image, TextInput, Source, Author, Ignored,
}
