using System.Text;
using System.Text.Json;
using NewsMonitor.Feeds;

namespace NewsMonitor.Tests.Feeds;

public sealed class ParseCommandTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void EveryFileBecomesOneLineInTheOrderGiven()
    {
        var (code, lines, errors) = Run(json: true,
            Save("a.xml", "<rss version='2.0'><channel><title>أخبار</title><item><title>A</title><link>/1</link></item></channel></rss>"),
            Save("b.html", "<html></html>"),
            Save("c.xml", "<feed xmlns='http://www.w3.org/2005/Atom'><title>C</title></feed>"));

        Assert.Equal(0, code);
        Assert.Empty(errors);
        Assert.Equal(3, lines.Length);
        Assert.Contains("\"title\":\"أخبار\"", lines[0], StringComparison.Ordinal);
        using var first = JsonDocument.Parse(lines[0]);
        Assert.Equal("rss-2.0", first.RootElement.GetProperty("format").GetString());
        Assert.Equal("https://example.com/1", first.RootElement.GetProperty("items")[0].GetProperty("link").GetString());
        Assert.Contains("HTML page", lines[1], StringComparison.Ordinal);
        Assert.Contains("atom-1.0", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void AnItemHasEveryMemberOfTheContract()
    {
        var (_, lines, _) = Run(json: true, Save("a.xml", "<rss><channel><item><title>A</title></item></channel></rss>"));
        using var document = JsonDocument.Parse(lines[0]);
        var names = document.RootElement.GetProperty("items")[0].EnumerateObject().Select(p => p.Name).ToHashSet();
        Assert.Superset(new HashSet<string>
        {
            "id", "title", "link", "summary", "content", "authors", "published", "updated", "categories", "enclosures", "language",
        }, names);
    }

    [Fact]
    public void AMissingFileIsSaidOnStandardErrorAndTheOthersAreRead()
    {
        var (code, lines, errors) = Run(json: true, Path.Combine(folder, "missing.xml"), Save("a.xml", "<rss/>"));
        Assert.Equal(1, code);
        Assert.Contains("missing.xml", errors, StringComparison.Ordinal);
        Assert.Contains("\"error\"", lines[0], StringComparison.Ordinal);
        Assert.Contains("rss-2.0", lines[1], StringComparison.Ordinal);
    }

    string Save(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    static (int Code, string[] Lines, string Errors) Run(bool json, params string[] files)
    {
        using var output = new MemoryStream();
        using var errors = new StringWriter();
        var code = ParseCommand.Run(files, json, new Uri("https://example.com/feed"), null, output, errors, CancellationToken.None);
        return (code, Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries), errors.ToString());
    }
}
