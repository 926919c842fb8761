using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace NewsMonitor.Articles;

public enum PageTextSource { None, JsonLd, Extraction }

/// <summary>What an article's own page says. Text: paragraphs parted by blank lines, without markup; empty where none was found.</summary>
public sealed record PageContent(string Text, PageTextSource Source, PageMetadata Metadata);

/// <summary>Reads an article's page: its main text and what it says of itself. Pure.</summary>
public static class PageText
{
    const int FewestCharacters = 200;
    const double WordsOfTheTitle = 0.4;

    static PageText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static PageContent Read(byte[] html, string? contentType, Uri page)
    {
        ArgumentNullException.ThrowIfNull(html);
        ArgumentNullException.ThrowIfNull(page);
        if (PageNesting.IsTooDeep(html)) return new("", PageTextSource.None, new PageMetadata(null, null, null, null, null));
        using var document = Parse(html, contentType);
        var published = JsonLdArticle.Find(document);
        var metadata = PageMetadata.Read(document, published, page);
        var extracted = MainText.Extract(document);
        // A teaser in the structured data does not beat a page that shows the whole text.
        if (published?.Body is { Length: >= FewestCharacters } body && body.Length * 2 >= extracted.Length)
            return new(body, PageTextSource.JsonLd, metadata);
        return extracted.Length > 0 ? new(extracted, PageTextSource.Extraction, metadata)
            : new(published?.Body ?? "", published?.Body is null ? PageTextSource.None : PageTextSource.JsonLd, metadata);
    }

    /// <summary>
    /// True when the page's text should stand in for the feed's own: it says more, and it speaks of the same thing. A consent wall, a
    /// paywall's teaser or a page about something else does not.
    /// </summary>
    public static bool IsBetter(string pageText, string feedTitle, string feedText)
    {
        ArgumentNullException.ThrowIfNull(pageText);
        if (pageText.Length < FewestCharacters || pageText.Length <= feedText.Length) return false;
        var wanted = Words(feedTitle).Concat(Words(feedText).Take(30)).Distinct().ToList();
        if (wanted.Count == 0) return true;
        var found = Words(pageText).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return wanted.Count(found.Contains) >= wanted.Count * WordsOfTheTitle;
    }

    static IEnumerable<string> Words(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetterOrDigit(text[i]))
            {
                if (start < 0) start = i;
                continue;
            }
            if (start >= 0 && i - start > 2) yield return text[start..i].ToLowerInvariant();
            start = -1;
        }
    }

    static IHtmlDocument Parse(byte[] html, string? contentType)
    {
        var parser = new HtmlParser(new HtmlParserOptions { IsScripting = false });
        return Charset(contentType) is { } encoding
            ? parser.ParseDocument(encoding.GetString(html)) : parser.ParseDocument(new MemoryStream(html));
    }

    static Encoding? Charset(string? contentType)
    {
        if (!System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(contentType, out var read) || read.CharSet is not { Length: > 0 } name)
            return null;
        try
        {
            return Encoding.GetEncoding(name.Trim('"', '\''));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            // A charset that nobody knows or may use (UTF-7): the page's own meta element decides.
            return null;
        }
    }
}
