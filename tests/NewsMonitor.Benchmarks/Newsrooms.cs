using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace NewsMonitor.Benchmarks;

/// <summary>
/// Ten thousand newsrooms in one process: every address of 127.0.0.0/8 is a host of its own with one feed. A feed that is asked again is
/// unchanged four times of five, unless told otherwise; else it has one item more, in a window of ten. What was ever served is known: items
/// 1 to the last.
/// </summary>
static class Newsrooms
{
    public const int Window = 10;
    public const int ItemsAtFirst = 9;

    // Of late, so that no feed counts as silent, whatever hour it is.
    static readonly DateTimeOffset First = DateTimeOffset.UtcNow.AddHours(-12);

    /// <summary>Runs until its input ends, so that it does not outlive the benchmark. Prints its port.</summary>
    public static async Task<int> ServeAsync(int percentUnchanged)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://0.0.0.0:0");
        await using var app = builder.Build();
        var versions = new ConcurrentDictionary<string, int>();
        var served = new ConcurrentDictionary<string, int>();
        var random = new Random(7);
        app.MapGet("/feed", (HttpContext http) => Answer(http, versions, served, random, percentUnchanged));
        app.MapGet("/served", () => string.Join('\n', served.Select(v => $"{v.Key} {v.Value}")));
        await app.StartAsync();
        Console.WriteLine(new Uri(app.Urls.First().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)).Port);
        await Console.In.ReadToEndAsync();
        return 0;
    }

    static async Task Answer(
        HttpContext http, ConcurrentDictionary<string, int> versions, ConcurrentDictionary<string, int> served, Random random,
        int percentUnchanged)
    {
        var host = http.Request.Host.Host;
        var version = versions.GetOrAdd(host, ItemsAtFirst);
        var known = http.Request.Headers.IfNoneMatch.ToString();
        if (known == Tag(version) || (known == "\"start\"" && version == ItemsAtFirst))
        {
            bool unchanged;
            lock (random) unchanged = random.Next(100) < percentUnchanged;
            if (unchanged)
            {
                http.Response.StatusCode = 304;
                return;
            }
            version = versions.AddOrUpdate(host, version + 1, (_, v) => v + 1);
        }
        served.AddOrUpdate(host, version, (_, v) => Math.Max(v, version));
        http.Response.Headers.ETag = Tag(version);
        http.Response.ContentType = "application/rss+xml; charset=utf-8";
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Feed(host, version)));
    }

    static string Tag(int version) => string.Create(CultureInfo.InvariantCulture, $"\"v{version}\"");

    /// <summary>The document that a host serves at a version.</summary>
    public static string Feed(string host, int version)
    {
        var text = new StringBuilder($"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Newsroom {host}</title><link>http://{host}/</link>");
        for (var n = version; n > Math.Max(0, version - Window); n--)
        {
            // Every item has words of its own, so that each is a story.
            var words = new Random(host.Aggregate(n, (sum, letter) => unchecked(sum * 31 + letter)));
            text.Append("<item><guid isPermaLink=\"false\">").Append(n).Append("</guid><title>");
            Words(text, words, 8);
            text.Append("</title><link>http://").Append(host).Append("/a/").Append(n).Append("</link><pubDate>")
                .Append(First.AddMinutes(n * 25).ToString("R", CultureInfo.InvariantCulture))
                .Append("</pubDate><description>");
            Words(text, words, 60);
            text.Append("</description></item>");
        }
        return text.Append("</channel></rss>").ToString();
    }

    static void Words(StringBuilder text, Random random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            for (var letters = random.Next(3, 9); letters > 0; letters--) text.Append((char)('\u0628' + random.Next(20)));
            text.Append(' ');
        }
    }
}
