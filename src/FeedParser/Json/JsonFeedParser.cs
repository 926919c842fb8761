using System.Text;
using System.Text.Json;
using FeedParser.Dates;
using FeedParser.Links;
using FeedParser.Text;
using FeedParser.Xml;

namespace FeedParser.Json;

/// <summary>
/// Reads JSON Feed 1.0 (jsonfeed.org/version/1) and 1.1 (jsonfeed.org/version/1.1), with comments and commas at the end that writers leave.
/// </summary>
sealed class JsonFeedParser
{
    readonly Problems problems;
    readonly string? baseUri;
    readonly ByteBuffer readable = new();

    JsonFeedParser(Problems problems, Uri? baseUri)
    {
        this.problems = problems;
        this.baseUri = baseUri?.OriginalString;
    }

    public static FeedResult Read(ReadOnlyMemory<byte> utf8, Uri? baseUri, Problems problems)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(utf8,
                new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 });
        }
        catch (JsonException e)
        {
            return FeedResult.Fail($"The document is JSON that breaks off or is malformed at line {e.LineNumber + 1}.");
        }

        using (document)
        {
            var root = document.RootElement;
            return IsFeed(root)
                ? FeedResult.Of(new JsonFeedParser(problems, baseUri).ReadFeed(root))
                : FeedResult.Fail("The document is JSON, but not a JSON Feed: it has no version of jsonfeed.org.");
        }
    }

    static bool IsFeed(JsonElement root)
    {
        if (Text(root, "version")?.Contains("jsonfeed.org", StringComparison.Ordinal) == true)
        {
            return true;
        }

        return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("title", out _)
            && root.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array;
    }

    static string? Text(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number ? value.GetRawText() : StringOf(value);
    }

    static string? Word(JsonElement element, string name) => Text(element, name) is { } text ? Reference.WithoutControls(text) : null;

    static string? StringOf(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        string text;
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, as a writer leaves it that cuts texts by units, is no character; the rest of its text is.
            text = Escapes.Read(value.GetRawText()[1..^1]);
        }

        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    Feed ReadFeed(JsonElement root)
    {
        var feed = new Feed
        {
            Format = Text(root, "version")?.EndsWith("/1", StringComparison.Ordinal) == true ? FeedFormat.Json10 : FeedFormat.Json11,
            Id = Word(root, "feed_url"),
            Title = Plain(Text(root, "title"), oneLine: true),
            Description = Plain(Text(root, "description"), oneLine: false),
            Link = Resolve(Text(root, "home_page_url")),
            SelfLink = Resolve(Text(root, "feed_url")),
            Hub = Resolve(ReadHub(root)),
            Language = Languages.Clean(Text(root, "language")),
            Image = Resolve(Text(root, "icon") ?? Text(root, "favicon")),
            Authors = ReadAuthors(root),
        };
        if (root.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array)
        {
            feed.Items = [.. items.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object).Select(i => ReadItem(i, feed))];
        }

        feed.Problems = problems.ToList();
        readable.Release();
        return feed;
    }

    FeedItem ReadItem(JsonElement element, Feed feed)
    {
        string? id = Word(element, "id"), html = Text(element, "content_html");
        var item = new FeedItem
        {
            Id = id ?? "",
            Title = Plain(Text(element, "title"), oneLine: true),
            Link = Resolve(Text(element, "url") ?? Text(element, "external_url") ?? (Reference.IsWeb(id) ? id : null)),
            Summary = Plain(Text(element, "summary"), oneLine: false),
            Content = Html(html) ?? Plain(Text(element, "content_text"), oneLine: false),
            Published = Date(Text(element, "date_published")),
            Updated = Date(Text(element, "date_modified")),
            Language = Languages.Clean(Text(element, "language")) ?? feed.Language,
            Image = Resolve(Text(element, "image") ?? Text(element, "banner_image")),
            Authors = ReadAuthors(element) is { Count: > 0 } own ? own : feed.Authors,
            Categories = ReadTags(element),
            Enclosures = ReadAttachments(element),
        };
        Identity.Complete(item);
        return item;
    }

    List<FeedPerson> ReadAuthors(JsonElement element)
    {
        // Version 1.0 has one author, 1.1 a list and the one deprecated.
        var people = new List<FeedPerson>();
        if (element.TryGetProperty("authors", out var list) && list.ValueKind == JsonValueKind.Array)
        {
            people.AddRange(list.EnumerateArray().Select(ReadAuthor).OfType<FeedPerson>());
        }

        if (people.Count == 0 && element.TryGetProperty("author", out var author) && ReadAuthor(author) is { } one)
        {
            people.Add(one);
        }

        return people;
    }

    static string? ReadHub(JsonElement root) => root.TryGetProperty("hubs", out var hubs) && hubs.ValueKind == JsonValueKind.Array
        ? hubs.EnumerateArray().Where(h => Text(h, "type")?.Equals("WebSub", StringComparison.OrdinalIgnoreCase) == true)
            .Select(h => Text(h, "url")).FirstOrDefault()
        : null;

    FeedPerson? ReadAuthor(JsonElement author) => author.ValueKind == JsonValueKind.String
        ? new Person { Text = Plain(StringOf(author), oneLine: true) }.Build()
        : new Person { Name = Plain(Text(author, "name"), oneLine: true), Url = Resolve(Text(author, "url")) }.Build();

    IReadOnlyList<FeedCategory> ReadTags(JsonElement element) =>
        element.TryGetProperty("tags", out var tags) && tags.ValueKind == JsonValueKind.Array
            ? [.. tags.EnumerateArray().Select(t => Plain(StringOf(t), oneLine: true)).OfType<string>().Distinct()
                .Select(t => new FeedCategory(t))]
            : [];

    List<FeedEnclosure> ReadAttachments(JsonElement element)
    {
        var found = new List<FeedEnclosure>();
        if (element.TryGetProperty("attachments", out var attachments) && attachments.ValueKind == JsonValueKind.Array)
        {
            foreach (var attachment in attachments.EnumerateArray())
            {
                if (Resolve(Text(attachment, "url")) is { } url)
                {
                    long? size = long.TryParse(Text(attachment, "size_in_bytes"), out long value) && value >= 0 ? value : null;
                    found.Add(new(url, Word(attachment, "mime_type"), size));
                }
            }
        }

        return found;
    }

    string? Resolve(string? url) => Reference.Resolve(baseUri, url);

    DateTimeOffset? Date(string? text)
    {
        var date = FeedDate.Parse(text);
        if (date is null && text is not null)
        {
            problems.Add($"the date '{(text.Length > 40 ? text[..40] : text)}' cannot be read; left out");
        }

        return date;
    }

    string? Html(string? html)
    {
        if (html is null)
        {
            return null;
        }

        HtmlText.Extract(Encoding.UTF8.GetBytes(html), readable, oneLine: false);
        return Readable.Finish(readable);
    }

    string? Plain(string? text, bool oneLine)
    {
        if (text is null)
        {
            return null;
        }

        HtmlText.Tidy(Encoding.UTF8.GetBytes(text), readable, oneLine);
        return Readable.Finish(readable);
    }
}
