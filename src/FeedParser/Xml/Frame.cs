namespace FeedParser.Xml;

/// <summary>An open element.</summary>
struct Frame
{
    public uint Hash;
    public int NameLength;
    public Tag Tag;
    public Ns Ns;

    /// <summary>Where its children stand.</summary>
    public Place Place;

    /// <summary>Whether an element that means nothing here lies between the feed or item and the children.</summary>
    public bool Nested;

    /// <summary>The base for relative links inside, and the language of text inside.</summary>
    public string? Base;
    public string? Language;

    /// <summary>Whether <c>xml:lang</c> stands on this very element.</summary>
    public bool OwnLanguage;

    /// <summary>How many namespace declarations were open before it.</summary>
    public int NamespaceMark;
}
