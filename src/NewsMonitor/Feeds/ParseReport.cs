using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FeedParser;

namespace NewsMonitor.Feeds;

/// <summary>Writes feeds as they were read: a JSON object a line, or a few lines for people.</summary>
public sealed class ParseReport(Stream output, bool json) : IDisposable
{
    readonly Utf8JsonWriter writer = new(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public void Write(string source, string error)
    {
        if (!json)
            return;

        writer.WriteStartObject();
        writer.WriteString("source", source);
        writer.WriteString("error", error);
        EndLine();
    }

    public void Write(string source, FeedParser.Feed feed)
    {
        ArgumentNullException.ThrowIfNull(feed);
        if (!json)
        {
            WriteLines(source, feed);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("source", source);
        writer.WriteString("format", feed.Format.ToName());
        writer.WriteString("id", feed.Id);
        writer.WriteString("title", feed.Title);
        writer.WriteString("link", feed.Link);
        writer.WriteString("description", feed.Description);
        writer.WriteString("language", feed.Language);
        WriteTime("updated", feed.Updated);
        WriteTime("published", feed.Published);
        writer.WriteString("image", feed.Image);
        WriteList("authors", feed.Authors.Select(a => a.Text));
        WriteList("categories", feed.Categories.Select(c => c.Term));
        writer.WriteStartArray("items");
        foreach (var item in feed.Items)
            WriteItem(item);

        writer.WriteEndArray();
        WriteList("problems", feed.Problems.Select(p => p.ToString()));
        EndLine();
    }

    public void Dispose() => writer.Dispose();

    void WriteItem(FeedItem item)
    {
        writer.WriteStartObject();
        writer.WriteString("id", item.Id);
        writer.WriteString("title", item.Title);
        writer.WriteString("link", item.Link);
        writer.WriteString("summary", item.Summary);
        writer.WriteString("content", item.Content);
        WriteList("authors", item.Authors.Select(a => a.Text));
        WriteTime("published", item.Published);
        WriteTime("updated", item.Updated);
        WriteList("categories", item.Categories.Select(c => c.Term));
        writer.WriteStartArray("enclosures");
        foreach (var enclosure in item.Enclosures)
        {
            writer.WriteStartObject();
            writer.WriteString("url", enclosure.Url);
            writer.WriteString("type", enclosure.Type);
            if (enclosure.Length is { } length)
                writer.WriteNumber("length", length);
            else
                writer.WriteNull("length");

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("language", item.Language);
        writer.WriteString("image", item.Image);
        writer.WriteEndObject();
    }

    void WriteList(string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);

        writer.WriteEndArray();
    }

    void WriteTime(string name, DateTimeOffset? time) => writer.WriteString(name, time?.UtcDateTime.ToString(
        time.Value.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
        CultureInfo.InvariantCulture));

    void EndLine()
    {
        writer.WriteEndObject();
        writer.Flush();
        output.WriteByte((byte)'\n');
        writer.Reset();
    }

    void WriteLines(string source, FeedParser.Feed feed)
    {
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture, $"{source}: {feed.Format.ToName()}, {feed.Items.Count} items: {feed.Title ?? "(no title)"}");
        foreach (var item in feed.Items)
            text.AppendLine(
                CultureInfo.InvariantCulture, $"  {item.Published ?? item.Updated:u}  {item.Title ?? "(no title)"}  {item.Link}");

        foreach (var problem in feed.Problems)
            text.AppendLine(CultureInfo.InvariantCulture, $"  ! {problem}");

        output.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
