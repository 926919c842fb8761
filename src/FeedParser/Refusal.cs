namespace FeedParser;

/// <summary>Says in one sentence why a document is no feed.</summary>
static class Refusal
{
    public static string Of(ReadOnlySpan<byte> utf8, string? firstElement)
    {
        if (firstElement is null)
        {
            return utf8.IndexOf((byte)'<') < 0
                ? "The document is plain text, not a feed."
                : $"The document ends at line {1 + utf8.Count((byte)'\n')} before any element of a feed begins; it was probably cut off.";
        }

        var name = firstElement.ToLowerInvariant();
        return name is "html" or "head" or "body" or "script" or "div" or "meta"
            ? "The document is an HTML page, not a feed; feed discovery finds the feeds that it offers."
            : $"The document's root element is <{firstElement}>, which belongs to no feed format.";
    }
}
