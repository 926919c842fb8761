using System.Text.Json;
using AngleSharp.Html.Parser;
using FeedParser;

namespace NewsMonitor.Tests.Samples;

/// <summary>The files that the product starts with, as they stand in the repository.</summary>
static class SeedFolder
{
    static readonly string Root = Find();

    public static string Read(string name) => File.ReadAllText(Path.Combine(Root, name));

    /// <summary>A folder beside the repository with the articles that the project started from; null on most machines.</summary>
    public static string? Articles =>
        Path.GetFullPath(Path.Combine(Root, "..", "..", "shared", "seeds")) is var folder && Directory.Exists(folder) ? folder : null;

    public static IReadOnlyList<Sample> Samples()
    {
        using var expected = JsonDocument.Parse(Read("samples/expected.json"));
        var stories = expected.RootElement.GetProperty("stories").EnumerateArray()
            .SelectMany((story, i) => story.EnumerateArray().Select(id => (Id: id.GetString()!, Story: $"story {i}")))
            .ToDictionary(pair => pair.Id, pair => pair.Story);
        var items = expected.RootElement.GetProperty("items").EnumerateArray().ToDictionary(item => item.GetProperty("link").GetString()!);
        return [.. Directory.GetFiles(Path.Combine(Root, "samples"), "*.xml").Order().SelectMany(file =>
            FeedReader.Read(File.ReadAllBytes(file)).Feed!.Items.Select(item =>
            {
                var entry = items[item.Link!.ToString()];
                var id = entry.GetProperty("id").GetString()!;
                return new Sample(
                    id, item.Title!, new HtmlParser().ParseDocument(item.Content!).Body!.TextContent, item.Published!.Value,
                    [.. entry.GetProperty("watches").EnumerateArray().Select(watch => watch.GetString()!).Order()],
                    stories.GetValueOrDefault(id, id));
            }))];
    }

    public static IEnumerable<string> Feeds() => Directory.GetFiles(Path.Combine(Root, "samples"), "*.xml").Order().Select(File.ReadAllText);

    public static int ExpectedAlerts()
    {
        using var expected = JsonDocument.Parse(Read("samples/expected.json"));
        return expected.RootElement.GetProperty("alerts").GetInt32();
    }

    static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Monitor.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "seeds");
    }

    public sealed record Sample(string Id, string Title, string Text, DateTimeOffset Published, IReadOnlyList<string> Watches, string Story);
}
