using System.Globalization;

namespace FeedParser.Tests;

public class ReadmeTests
{
    [Fact]
    public void TheExampleOfTheReadmeDoesWhatItSays()
    {
        using var console = new StringWriter(CultureInfo.InvariantCulture);

        // The example as it stands in the README, its output caught.
        byte[] bytes = """
            <?xml version="1.0" encoding="utf-8"?>
            <rss version="2.0">
              <channel>
                <title>أخبار اليوم</title>
                <item>
                  <title>Fish &amp; chips</title>
                  <link>/2024/fish</link>
                  <pubDate>الأحد ٥ يناير ٢٠٢٥ ١٠:٣٠</pubDate>
                  <description>&lt;p&gt;First&lt;/p&gt;&lt;p&gt;Second & last&lt;/p&gt;</description>
                </item>
              </channel>
            </rss>
            """u8.ToArray();

        var result = FeedReader.Read(bytes, contentType: "text/xml; charset=utf-8", baseUri: new Uri("https://example.com/feed"));

        Feed feed = result.Feed!;                      // null when the document is no feed; result.Error says why
        FeedItem item = feed.Items[0];
        console.WriteLine(feed.Title);                 // أخبار اليوم
        console.WriteLine(item.Title);                 // Fish & chips
        console.WriteLine(item.Link);                  // https://example.com/2024/fish
        console.WriteLine(item.Summary);               // First⏎Second & last
        console.WriteLine(item.Published?.ToString("u")); // 2025-01-05 10:30:00Z
        console.WriteLine(feed.Problems[0]);           // line 9: a bare '&' or an unknown entity is read as text

        var said = console.ToString().ReplaceLineEndings("\n").TrimEnd().Replace("First\nSecond", "First⏎Second").Split('\n');
        Assert.Equal(Comments(), said);
    }

    [Fact]
    public void TheExampleIsTheOneThatIsRun()
    {
        var source = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ReadmeTests.txt"));
        Assert.All(Example(), line => Assert.Contains(line.Trim().Replace("Console.", "console."), source, StringComparison.Ordinal));
    }

    static IEnumerable<string> Comments() => Example().Where(l => l.Contains("Console."))
        .Select(l => l[(l.IndexOf("// ", StringComparison.Ordinal) + 3)..]);

    static IEnumerable<string> Example() => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "README.md"))
        .SkipWhile(l => l != "```csharp").Skip(1).TakeWhile(l => l != "```").Where(l => l.Length > 0);
}
