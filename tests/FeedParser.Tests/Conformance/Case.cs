using System.Text;

namespace FeedParser.Tests.Conformance;

/// <summary>
/// One line of a table: <c>shape | snippet | path | expected</c>. The shape says what stands around the snippet, the path which value is
/// looked at; <c>\n</c>, <c>\t</c> and <c>\uXXXX</c> are written out, <c>null</c> means that there is no value.
/// </summary>
sealed record Case(string Where, string Shape, string Snippet, string Path, string Expected)
{
    const string Namespaces = """
        xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
        xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"
        xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"
        xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:georss="http://www.georss.org/georss"
        xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        """;

    public static IEnumerable<Case> Load(string file)
    {
        foreach (var (index, line) in File.ReadLines(System.IO.Path.Combine(AppContext.BaseDirectory, "Conformance", file)).Index())
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var parts = line.Split(" | ");
            Assert.True(parts.Length == 4, $"{file}:{index + 1} has {parts.Length} columns");
            yield return new($"{file}:{index + 1}", parts[0].Trim(), Unescape(parts[1]), parts[2].Trim(), Unescape(parts[3].Trim()));
        }
    }

    public byte[] Document() => Encoding.UTF8.GetBytes(Shape switch
    {
        "raw" => Snippet,
        "channel" => $"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" {Namespaces}><channel>{Snippet}</channel></rss>""",
        "item" => $"""<?xml version="1.0"?><rss version="2.0" {Namespaces}><channel><item>{Snippet}</item></channel></rss>""",
        "bare" => $"<rss><channel><item>{Snippet}</item></channel></rss>",
        "rdf" => $"""<rdf:RDF xmlns="http://purl.org/rss/1.0/" {Namespaces}>{Snippet}</rdf:RDF>""",
        "feed" => $"""<feed xmlns="http://www.w3.org/2005/Atom" {Namespaces}>{Snippet}</feed>""",
        "entry" => $"""<feed xmlns="http://www.w3.org/2005/Atom" {Namespaces}><entry>{Snippet}</entry></feed>""",
        "feed03" => $"""<feed version="0.3" xmlns="http://purl.org/atom/ns#" {Namespaces}>{Snippet}</feed>""",
        "entry03" => $"""<feed version="0.3" xmlns="http://purl.org/atom/ns#" {Namespaces}><entry>{Snippet}</entry></feed>""",
        "cdf" => $"""<CHANNEL HREF="http://example.com/">{Snippet}</CHANNEL>""",
        "json" => $$"""{"version":"https://jsonfeed.org/version/1.1",{{Snippet}}}""",
        "jsonitem" => $$"""{"version":"https://jsonfeed.org/version/1.1","items":[{{{Snippet}}}]}""",
        "date" => $"<rss><channel><item><pubDate>{Snippet}</pubDate></item></channel></rss>",
        _ => throw new InvalidOperationException($"{Where}: unknown shape {Shape}"),
    });

    public string Actual(FeedResult result)
    {
        if (Path == "error")
        {
            return result.Error ?? "null";
        }

        Assert.True(result.Feed is not null, $"{Where}: {result.Error}");
        var feed = result.Feed;
        var parts = Path.Split('.');
        return parts[0] switch
        {
            "feed" => OfFeed(feed, parts[1]) ?? "null",
            "problems" => string.Join("; ", feed.Problems),
            _ => OfItem(feed.Items[parts[0].Length > 4 ? int.Parse(parts[0][4..]) - 1 : 0], parts[1]) ?? "null",
        };
    }

    public override string ToString() => $"{Where} {Shape} {Path}";

    static string? OfFeed(Feed feed, string name) => name switch
    {
        "title" => feed.Title,
        "link" => feed.Link,
        "self" => feed.SelfLink,
        "hub" => feed.Hub,
        "id" => feed.Id,
        "description" => feed.Description,
        "language" => feed.Language,
        "updated" => Moment(feed.Updated),
        "published" => Moment(feed.Published),
        "image" => feed.Image,
        "generator" => feed.Generator,
        "rights" => feed.Rights,
        "interval" => feed.UpdateInterval?.ToString(),
        "authors" => People(feed.Authors),
        "categories" => Categories(feed.Categories),
        "skip" => string.Join(' ', feed.SkipHours.Select(h => h.ToString()).Concat(feed.SkipDays.Select(d => d.ToString()))),
        "format" => feed.Format.ToName(),
        "count" => feed.Items.Count.ToString(),
        _ => throw new InvalidOperationException(name),
    };

    static string? OfItem(FeedItem item, string name) => name switch
    {
        "id" => item.Id,
        "derived" => item.IdIsDerived ? "yes" : "no",
        "title" => item.Title,
        "link" => item.Link,
        "summary" => item.Summary,
        "content" => item.Content,
        "authors" => People(item.Authors),
        "bylines" => string.Join("; ", item.Authors.Select(a => a.Text)),
        "published" => Moment(item.Published),
        "updated" => Moment(item.Updated),
        "categories" => Categories(item.Categories),
        "enclosures" => string.Join("; ", item.Enclosures.Select(e => $"{e.Url},{e.Type},{e.Length}")),
        "language" => item.Language,
        "image" => item.Image,
        "source" => item.SourceTitle,
        "sourcelink" => item.SourceLink,
        "comments" => item.CommentCount?.ToString(),
        _ => throw new InvalidOperationException(name),
    };

    static string? Moment(DateTimeOffset? moment) =>
        moment?.ToString(moment.Value.Millisecond == 0 ? "yyyy-MM-ddTHH:mm:ssZ" : "yyyy-MM-ddTHH:mm:ss.fffZ");

    static string People(IReadOnlyList<FeedPerson> people) =>
        string.Join("; ", people.Select(p => $"{p.Name},{p.Email},{p.Url}".TrimEnd(',')));

    static string Categories(IReadOnlyList<FeedCategory> categories) =>
        string.Join("; ", categories.Select(c => $"{c.Term},{c.Scheme},{c.Label}".TrimEnd(',')));

    static string Unescape(string text)
    {
        if (!text.Contains('\\'))
        {
            return text;
        }

        var result = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                result.Append(text[i]);
            }
            else if (text[++i] == 'u')
            {
                result.Append((char)Convert.ToInt32(text.Substring(i + 1, 4), 16));
                i += 4;
            }
            else
            {
                result.Append(text[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', var c => c });
            }
        }

        return result.ToString();
    }
}
