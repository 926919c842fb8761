using System.CommandLine;
using System.Globalization;
using System.Net;
using FeedParser;
using NewsMonitor.Outbound;

namespace NewsMonitor.Feeds;

/// <summary>monitor feed: looks at feeds without the service and its database.</summary>
public static class FeedCommand
{
    public static Command Create() =>
        new("feed", "Look at feeds: parse files, check an address, find what a site offers") { ParseCommand.Create(), Check(), Discover() };

    static Command Check()
    {
        var url = Address("The feed's address.");
        var command = new Command("check", "Fetches one feed as the service would and says what it found.") { url };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(url)!, CheckAsync, stop));
        return command;
    }

    static Command Discover()
    {
        var url = Address("The site's address.");
        var command = new Command("discover", "The feeds that a site offers.") { url };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(url)!, DiscoverAsync, stop));
        return command;
    }

    static Argument<Uri?> Address(string what) => new("URL")
    {
        Description = what,
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text, UriKind.Absolute, out var uri))
                return uri;
            result.AddError($"'{text}' is no address; write it such as https://news.example/feed.");
            return null;
        },
    };

    static async Task<int> RunAsync(Uri url, Func<OutboundHttp, Uri, TextWriter, TextWriter, CancellationToken, Task<int>> run,
        CancellationToken stop)
    {
        var configuration = Configuration();
        using var http = new OutboundHttp(OutboundOptions.From(configuration), DnsCache.System, TimeProvider.System, new Random());
        return await run(http, url, Console.Out, Console.Error, stop);
    }

    static IConfiguration Configuration() =>
        new ConfigurationBuilder().AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables().Build();

    /// <summary>Exit code 0 for a feed, 1 for anything else.</summary>
    public static async Task<int> CheckAsync(OutboundHttp http, Uri url, TextWriter output, TextWriter error, CancellationToken stop)
    {
        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        var outcome = await new FeedFetcher(http, time).FetchAsync(new FetchRequest(url), stop);
        var took = time.GetElapsedTime(started);
        var read = outcome is FetchOutcome.Content body ? FeedReader.Read(body.Bytes, body.ContentType, body.FinalUri) : null;
        var failure = outcome switch
        {
            FetchOutcome.Failed failed => failed.Message,
            FetchOutcome.Gone => "The publisher says that this feed has ended (410).",
            _ => read?.Error,
        };
        if (failure is not null || read?.Feed is not { } feed)
        {
            await error.WriteLineAsync($"monitor: {url}: {failure ?? "nothing came."}{Advice(outcome, url)}");
            return 1;
        }
        var content = (FetchOutcome.Content)outcome;
        var now = time.GetUtcNow();
        var dates = feed.Items.Select(i => i.Published ?? i.Updated).OfType<DateTimeOffset>().ToList();
        Line("address", outcome.FinalUri?.AbsoluteUri + (outcome.MovedTo is null ? "" : $" (moved permanently: {outcome.MovedTo})"));
        Line("answer", $"{(int)outcome.Status!} in {took.TotalMilliseconds:0} ms, {content.Bytes.Length:N0} bytes, "
            + (content.ContentType ?? "no Content-Type"));
        Line("format", feed.Format.ToName());
        Line("title", feed.Title);
        Line("language", feed.Language);
        Line("items", string.Create(CultureInfo.InvariantCulture, $"{feed.Items.Count}, {dates.Count} of them dated"));
        Line("newest", dates.Count == 0 ? null : $"{dates.Max():yyyy-MM-dd HH:mm} UTC");
        Line("rhythm", Rhythm.Of(dates, now).TypicalGap is { } gap ? $"an item every {Words(gap)}" : "not known");
        Line("validators", string.Join(", ",
            new[] { outcome.Caching.Etag is null ? null : "ETag", outcome.Caching.LastModified is null ? null : "Last-Modified" }
            .OfType<string>().DefaultIfEmpty("none: the whole feed is fetched every time")));
        Line("fresh for", outcome.Caching.Freshness is { } fresh ? Words(fresh) : null);
        Line("asks for", feed.UpdateInterval is { } asked ? $"a look every {Words(asked)}" : null);
        Line("hub", feed.Hub);
        var next = NextFetch.After(new FetchFacts
        {
            Now = now, Rhythm = Rhythm.Of(dates, now), Freshness = outcome.Caching.Freshness, UpdateInterval = feed.UpdateInterval,
            SkipHours = feed.SkipHours, SkipDays = feed.SkipDays,
        });
        Line("next look", $"after {Words(next.At - now)} ({next.Why})");
        foreach (var problem in feed.Problems) Line("problem", problem.ToString());
        foreach (var item in feed.Items.Take(5)) Line("-", $"{item.Published ?? item.Updated:yyyy-MM-dd HH:mm} {item.Title}");
        return 0;

        void Line(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value)) output.WriteLine($"{name,-11} {value}");
        }
    }

    // The two largest units: "1 d 2 h", "14 min 57 s".
    static string Words(TimeSpan span)
    {
        (int Count, string Unit)[] parts = [((int)span.TotalDays, "d"), (span.Hours, "h"), (span.Minutes, "min"), (span.Seconds, "s")];
        var shown = parts.SkipWhile(p => p.Count == 0).Take(2).Where(p => p.Count > 0).ToList();
        return shown.Count == 0 ? "under a second"
            : string.Join(' ', shown.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Count} {p.Unit}")));
    }

    static string Advice(FetchOutcome outcome, Uri url) => outcome switch
    {
        FetchOutcome.Failed { IsNetwork: true } => " Check the address, whether the server is up, and this machine's own network.",
        FetchOutcome.Failed { Status: null } => "",
        FetchOutcome.Failed { Status: HttpStatusCode.Unauthorized } => " Give them with the feed: settings user and password.",
        FetchOutcome.Failed { HostWait: { } wait } => $" It asks to be left alone for {Words(wait)}.",
        FetchOutcome.Failed { Kind: not FailureKind.Hard } => " Try again later.",
        FetchOutcome.Content => $" To see which feeds the page offers: monitor feed discover {url}",
        _ => $" To find a site's feeds: monitor feed discover {url.GetLeftPart(UriPartial.Authority)}",
    };

    /// <summary>Exit code 0 when there is at least one.</summary>
    public static async Task<int> DiscoverAsync(OutboundHttp http, Uri url, TextWriter output, TextWriter error, CancellationToken stop)
    {
        var (time, options) = (TimeProvider.System, FetchOptions.From(Configuration()));
        using var gate = new HostGate(options.PerHost, options.PerHostSpacing, time);
        var turns = new HostTurns(http, gate, options, time);
        var (feeds, problem) = await new FeedDiscoverer(http, new FeedFetcher(http, time), turns, time).FindAsync(url, stop);
        foreach (var feed in feeds)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{feed.Url}\t{feed.Format}\t{feed.Items} items\t{feed.Newest:yyyy-MM-dd HH:mm}\t{feed.Title}"));
        if (problem is null) return 0;
        await error.WriteLineAsync($"monitor: {problem}");
        return 1;
    }
}
