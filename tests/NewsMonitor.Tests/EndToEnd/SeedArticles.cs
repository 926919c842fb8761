using System.Security;
using System.Text;
using System.Text.Json;
using NewsMonitor.Tests.House;

namespace NewsMonitor.Tests.EndToEnd;

/// <summary>The five articles that the project started from, as one RSS feed, with what must fire on each.</summary>
public sealed class SeedArticles
{
    readonly Dictionary<string, (string Title, string Text)> _articles;

    SeedArticles(string folder)
    {
        using var gold = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "gold.json")));
        _articles = gold.RootElement.GetProperty("articles").EnumerateObject().ToDictionary(a => a.Name, a => Read(Path.Combine(folder, a.Name)));
        Expected = [.. gold.RootElement.GetProperty("articles").EnumerateObject()
            .SelectMany(a => a.Value.EnumerateObject().Select(w => (_articles[a.Name].Title, w.Name))).Order()];
        Surfaces = gold.RootElement.GetProperty("articles").EnumerateObject()
            .SelectMany(a => a.Value.EnumerateObject().Select(w => (
                Key: (_articles[a.Name].Title, w.Name), Surfaces: w.Value.EnumerateArray().Select(s => s.GetString()!).Order().ToArray())))
            .ToDictionary(e => e.Key, e => e.Surfaces);
    }

    /// <summary>Title of the article and id of the watch, for each alert that must be raised.</summary>
    public IReadOnlyList<(string Title, string Watch)> Expected { get; }

    /// <summary>Every spelling that must be highlighted.</summary>
    public IReadOnlyDictionary<(string Title, string Watch), string[]> Surfaces { get; }

    /// <summary>Null where the articles are not beside this checkout.</summary>
    public static SeedArticles? Find() => Repository.Shared("seeds") is { } folder ? new SeedArticles(folder) : null;

    public string Rss(string newsroom = "news.example")
    {
        var rss = new StringBuilder("""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Seeds</title>""");
        foreach (var (name, (title, text)) in _articles)
        {
            rss.Append("<item><guid isPermaLink=\"false\">").Append(name).Append("</guid><link>https://").Append(newsroom).Append('/').Append(name)
                .Append("</link><title>").Append(SecurityElement.Escape(title)).Append("</title><description>")
                .Append(SecurityElement.Escape(text)).Append("</description></item>");
        }

        return rss.Append("</channel></rss>").ToString();
    }

    static (string Title, string Text) Read(string file)
    {
        var text = File.ReadAllText(file);
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return (text[..end].Trim(), text[end..].Trim());
    }
}
