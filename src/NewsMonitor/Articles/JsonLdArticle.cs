using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;

namespace NewsMonitor.Articles;

/// <summary>
/// The schema.org article that a page publishes beside its markup; the one with the longest body where there are several.
/// </summary>
sealed partial record JsonLdArticle(string? Headline, string? Body, string? Author, DateTimeOffset? Published, string? Language)
{
    const int DeepestNesting = 32;

    public static JsonLdArticle? Find(IHtmlDocument document)
    {
        var found = new List<JsonLdArticle>();
        foreach (var script in document.QuerySelectorAll("script[type='application/ld+json' i]"))
        {
            using var json = Parse(script.TextContent);
            try
            {
                if (json is not null) Walk(json.RootElement, found, 0);
            }
            catch (InvalidOperationException)
            {
                // Half of a surrogate pair in a name: what was found before it counts.
                continue;
            }
        }
        return found.MaxBy(a => (a.Body?.Length ?? 0, a.Headline?.Length ?? 0));
    }

    // Publishers leave raw line breaks in strings and comments around the whole.
    static JsonDocument? Parse(string text)
    {
        var options = new JsonDocumentOptions
        {
            AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip,
            MaxDepth = DeepestNesting
        };
        var trimmed = text.Trim().TrimEnd(';');
        foreach (var attempt in new[] { trimmed, ControlCharacters().Replace(Wrapping().Replace(trimmed, ""), " ") })
        {
            try
            {
                return JsonDocument.Parse(attempt, options);
            }
            catch (JsonException)
            {
                continue;
            }
        }
        return null;
    }

    static void Walk(JsonElement element, List<JsonLdArticle> found, int depth)
    {
        if (depth > DeepestNesting) return;
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var child in element.EnumerateArray()) Walk(child, found, depth + 1);
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            if (IsArticle(element)) found.Add(Read(element));
            foreach (var name in new[] { "@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "item" })
                if (element.TryGetProperty(name, out var inner)) Walk(inner, found, depth + 1);
        }
    }

    static bool IsArticle(JsonElement element) => element.TryGetProperty("@type", out var type) && type.ValueKind switch
    {
        JsonValueKind.String => IsArticle(Text(type) ?? ""),
        JsonValueKind.Array => type.EnumerateArray().Any(t => IsArticle(Text(t) ?? "")),
        _ => false,
    };

    static bool IsArticle(string type) =>
        type.EndsWith("Article", StringComparison.Ordinal) || type.EndsWith("BlogPosting", StringComparison.Ordinal)
            || type is "Report" or "SocialMediaPosting";

    static JsonLdArticle Read(JsonElement element) => new(
        Plain(Text(element, "headline") ?? Text(element, "name")),
        Plain(Text(element, "articleBody")),
        element.TryGetProperty("author", out var author) || element.TryGetProperty("creator", out author) ? Names(author) : null,
        PageMetadata.Date(Text(element, "datePublished") ?? Text(element, "dateCreated")),
        Text(element, "inLanguage"));

    static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? Text(value) : null;

    static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, where a text was cut: it has no UTF-16 form, and the page says the same elsewhere.
            return null;
        }
    }

    static string? Names(JsonElement author)
    {
        var names = author.ValueKind switch
        {
            JsonValueKind.String => [Text(author)],
            JsonValueKind.Object => [Text(author, "name")],
            JsonValueKind.Array => author.EnumerateArray()
                .Select(a => a.ValueKind == JsonValueKind.Object ? Text(a, "name") : Text(a)),
            _ => Enumerable.Empty<string?>(),
        };
        var joined = string.Join(", ", names.Select(Plain).OfType<string>().Distinct());
        return joined.Length is > 0 and <= 200 ? joined : null;
    }

    // The body is text by its definition and markup in practice.
    static string? Plain(string? text)
    {
        if (text is null) return null;
        var broken = Blocks().Replace(text, "\n\n");
        var lines = WebUtility.HtmlDecode(Tags().Replace(broken, "")).Split('\n')
            .Select(l => string.Join(' ', l.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Where(l => l.Length > 0);
        return string.Join("\n\n", lines) is { Length: > 0 } plain ? plain : null;
    }

    [GeneratedRegex(@"^\s*(<!--|<!\[CDATA\[|//<!\[CDATA\[)|(-->|\]\]>|//\]\]>)\s*$")]
    private static partial Regex Wrapping();

    [GeneratedRegex(@"[\u0000-\u001f]")]
    private static partial Regex ControlCharacters();

    [GeneratedRegex(@"</?(p|br|div|h[1-6]|li|blockquote)\b[^<>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"</?[a-zA-Z][^<>]*>")]
    private static partial Regex Tags();
}
