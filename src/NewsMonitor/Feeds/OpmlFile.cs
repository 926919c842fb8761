using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using System.Xml;
using NewsMonitor.Database;

namespace NewsMonitor.Feeds;

/// <param name="Url">Absolute http(s) address.</param>
/// <param name="Folder">Names of the outlines around it, joined by " / "; null at the top.</param>
/// <param name="Line">Where it stands in the file.</param>
public sealed record OpmlFeed(Uri Url, string? Title, string? SiteUrl, string? Description, string? Folder, string? Language, int Line)
{
    public int Column { get; init; } = 1;

    /// <summary>Null where the file does not say it; so is everything in <see cref="Settings"/>.</summary>
    public bool? Enabled { get; init; }
    public bool? FullText { get; init; }

    /// <summary>What this service writes beside the standard attributes; the password in the clear.</summary>
    public FeedSettings Settings { get; init; } = new();
}

public sealed record OpmlProblem(int Line, int Column, string Message)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"line {Line}, column {Column}: {Message}");
}

/// <summary>
/// A file that has problems is not to be applied in parts: <see cref="Feeds"/> then holds what could be read, for a preview.
/// </summary>
public sealed record OpmlResult(IReadOnlyList<OpmlFeed> Feeds, IReadOnlyList<OpmlProblem> Problems);

/// <summary>Reads and writes lists of feeds (OPML 1.0 and 2.0) with their folders. Pure: text in, text out.</summary>
public static partial class OpmlFile
{
    const string Namespace = "urn:news-monitor:opml";
    const int DeepestFolder = 20;

    /// <summary>
    /// The text of a file: by its byte order mark, as UTF-8 when it is, else in the encoding that its XML declaration names, else Western.
    /// </summary>
    public static string Decode(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        var marked = bytes is [0xEF, 0xBB, 0xBF, ..] or [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, 0, 0xFE, 0xFF, ..];
        if (marked || Utf8.IsValid(bytes))
        {
            using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
            return reader.ReadToEnd();
        }
        var head = Encoding.Latin1.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 200)));
        var declared = CodePagesEncodingProvider.Instance.GetEncoding(DeclaredEncoding().Match(head).Groups[1].Value);
        return (declared ?? CodePagesEncodingProvider.Instance.GetEncoding(1252)!).GetString(bytes);
    }

    /// <summary>Never throws for what stands in the file. A feed listed twice is taken once, where it stands first.</summary>
    public static OpmlResult Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // Exports of many readers leave "&" in addresses bare; mending it moves no line.
        var mended = BareAmpersand().Replace(text.TrimStart('\uFEFF'), "&amp;");
        var reading = new Reading();
        using var reader = XmlReader.Create(new StringReader(mended), new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Ignore,
            XmlResolver = null,
            MaxCharactersInDocument = 50_000_000,
        });
        try
        {
            reading.Read(reader, (IXmlLineInfo)reader);
        }
        catch (XmlException cause)
        {
            reading.Problems.Add(new OpmlProblem(cause.LineNumber, cause.LinePosition,
                $"The file is not well-formed XML: {cause.Message}"));
        }
        return new OpmlResult(reading.Feeds, reading.Problems);
    }

    /// <param name="reveal">
    /// Makes a stored password readable. Headers, user, password and proxy, which may let somebody in, are written only where it is given.
    /// </param>
    public static string Write(string title, DateTimeOffset created, IEnumerable<Feed> feeds, Func<string, string>? reveal = null)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(new Utf8Writer(text), new XmlWriterSettings { Indent = true, CheckCharacters = false }))
        {
            writer.WriteStartElement("opml");
            writer.WriteAttributeString("version", "2.0");
            writer.WriteAttributeString("xmlns", "monitor", null, Namespace);
            writer.WriteStartElement("head");
            writer.WriteElementString("title", title);
            writer.WriteElementString("dateCreated", created.UtcDateTime.ToString("R", CultureInfo.InvariantCulture));
            writer.WriteEndElement();
            writer.WriteStartElement("body");
            var sorted = feeds.OrderBy(f => f.Folder ?? "", StringComparer.Ordinal).ThenBy(f => f.Title ?? f.Url, StringComparer.Ordinal);
            string[] open = [];
            foreach (var feed in sorted)
            {
                open = MoveTo(writer, open, feed.Folder?.Split(" / ") ?? []);
                WriteFeed(writer, feed, reveal);
            }
            MoveTo(writer, open, []);
        }
        return text.Append('\n').ToString();
    }

    static string[] MoveTo(XmlWriter writer, string[] open, string[] wanted)
    {
        var shared = open.Zip(wanted).TakeWhile(p => p.First == p.Second).Count();
        for (var i = shared; i < open.Length; i++) writer.WriteEndElement();
        foreach (var folder in wanted.Skip(shared))
        {
            writer.WriteStartElement("outline");
            writer.WriteAttributeString("text", Clean(folder));
        }
        return wanted;
    }

    static void WriteFeed(XmlWriter writer, Feed feed, Func<string, string>? reveal)
    {
        writer.WriteStartElement("outline");
        writer.WriteAttributeString("type", "rss");
        Attribute("text", feed.Title ?? feed.Url);
        Attribute("title", feed.Title);
        Attribute("xmlUrl", feed.Url);
        Attribute("htmlUrl", feed.SiteUrl);
        Attribute("description", feed.Description);
        Attribute("language", feed.Language);
        Own("enabled", feed.Enabled ? null : "false");
        Own("fullText", feed.Settings.FullText ? "true" : null);
        Own("interval", feed.Settings.Interval?.ToString("c", CultureInfo.InvariantCulture));
        Own("cron", feed.Settings.Cron);
        Own("userAgent", feed.Settings.UserAgent);
        if (reveal is not null)
        {
            Own("headers", feed.Settings.Headers is { Count: > 0 } headers ? JsonSerializer.Serialize(headers, JsonColumn.Options) : null);
            Own("user", feed.Settings.User);
            Own("password", feed.Settings.Password is { Length: > 0 } kept ? reveal(kept) : null);
            Own("proxy", feed.Settings.Proxy);
        }
        writer.WriteEndElement();

        void Attribute(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value)) writer.WriteAttributeString(name, Clean(value));
        }
        void Own(string name, string? value)
        {
            if (value is not null) writer.WriteAttributeString("monitor", name, Namespace, Clean(value));
        }
    }

    static string Clean(string text) => string.Concat(text.Where(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c)));

    sealed class Utf8Writer(StringBuilder text) : StringWriter(text, CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }

    [GeneratedRegex("""encoding\s*=\s*["']([^"']*)""")]
    private static partial Regex DeclaredEncoding();

    [GeneratedRegex(@"&(?!(#\d+|#x[0-9a-fA-F]+|\w+);)")]
    private static partial Regex BareAmpersand();

    sealed class Reading
    {
        readonly HashSet<string> _seen = new(StringComparer.Ordinal);
        readonly Stack<string?> _folders = new();

        public List<OpmlFeed> Feeds { get; } = [];
        public List<OpmlProblem> Problems { get; } = [];

        public void Read(XmlReader reader, IXmlLineInfo at)
        {
            reader.MoveToContent();
            if (!reader.LocalName.Equals("opml", StringComparison.OrdinalIgnoreCase))
            {
                Problems.Add(new OpmlProblem(at.LineNumber, at.LinePosition,
                    $"The file starts with <{reader.Name}>; a list of feeds starts with <opml>."));
                return;
            }
            while (reader.Read())
            {
                if (!reader.LocalName.Equals("outline", StringComparison.OrdinalIgnoreCase)) continue;
                if (reader.NodeType == XmlNodeType.EndElement) _folders.Pop();
                else if (reader.NodeType == XmlNodeType.Element) Outline(reader, at);
            }
        }

        void Outline(XmlReader reader, IXmlLineInfo at)
        {
            var (line, column, isEmpty) = (at.LineNumber, at.LinePosition, reader.IsEmptyElement);
            var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            while (reader.MoveToNextAttribute())
                values[reader.NamespaceURI == Namespace ? "own:" + reader.LocalName : reader.LocalName] = reader.Value.Trim();
            var url = Text(values, "xmlUrl");
            var text = Text(values, "text") ?? Text(values, "title");
            if (url is not null) Feed(url, values, line, column);
            // Some programs write an empty address beside a folder, too.
            else if (isEmpty && (values.ContainsKey("xmlUrl") || Text(values, "type") is "rss" or "atom" or "feed"))
                Problems.Add(new OpmlProblem(line, column, $"The feed '{text}' has no xmlUrl; give its address or remove the line."));
            if (!isEmpty) _folders.Push(url is null ? text : null);
        }

        void Feed(string url, Dictionary<string, string> values, int line, int column)
        {
            // "feed:" is what some browsers make of a feed's address.
            var address = url.StartsWith("feed://", StringComparison.OrdinalIgnoreCase) ? "http://" + url[7..]
                : url.StartsWith("feed:http", StringComparison.OrdinalIgnoreCase) ? url[5..] : url;
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            {
                Problems.Add(new OpmlProblem(line, column, $"xmlUrl '{url}' is no http or https address."));
                return;
            }
            if (!_seen.Add(uri.AbsoluteUri)) return;
            // Every outline has a text; one that only repeats the address is no title, and the feed's own will do.
            var title = Text(values, "title") ?? Text(values, "text");
            if (title == url || title == uri.AbsoluteUri) title = null;
            Feeds.Add(new OpmlFeed(uri, title, Text(values, "htmlUrl"), Text(values, "description"),
                Folder() ?? Category(values), Text(values, "language"), line)
            {
                Column = column,
                Enabled = Flag("own:enabled"),
                FullText = Flag("own:fullText"),
                Settings = Settings(values, line, column),
            });

            bool? Flag(string name) => Text(values, name) switch { null => null, "false" => false, _ => true };
        }

        FeedSettings Settings(Dictionary<string, string> values, int line, int column)
        {
            TimeSpan? interval = null;
            if (Text(values, "own:interval") is { } text)
            {
                if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var read) && read > TimeSpan.Zero) interval = read;
                else Problems.Add(new OpmlProblem(line, column, $"interval '{text}' is no duration; write it as hours:minutes:seconds."));
            }
            Dictionary<string, string>? headers = null;
            if (Text(values, "own:headers") is { } json)
            {
                try
                {
                    headers = JsonSerializer.Deserialize<Dictionary<string, string>>(json);
                }
                catch (JsonException)
                {
                    Problems.Add(new OpmlProblem(line, column, """headers are a JSON object, such as {"Cookie":"a=b"}."""));
                }
            }
            return new FeedSettings
            {
                Interval = interval,
                Cron = Text(values, "own:cron"),
                UserAgent = Text(values, "own:userAgent"),
                Headers = headers,
                User = Text(values, "own:user"),
                Password = Text(values, "own:password"),
                Proxy = Text(values, "own:proxy"),
            };
        }

        string? Folder()
        {
            var names = _folders.Where(f => !string.IsNullOrWhiteSpace(f)).Reverse().Take(DeepestFolder).ToList();
            return names.Count == 0 ? null : string.Join(" / ", names);
        }

        // OPML 2.0 also allows "/Politics/Iraq,/World" instead of nesting.
        static string? Category(Dictionary<string, string> values) =>
            Text(values, "category")?.Split(',')[0].Split('/',
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } parts
                ? string.Join(" / ", parts) : null;

        static string? Text(Dictionary<string, string> values, string name) =>
            values.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
    }
}
