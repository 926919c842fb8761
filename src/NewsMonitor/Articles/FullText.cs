using NewsMonitor.Database;
using NewsMonitor.Feeds;
using NewsMonitor.Outbound;
using Feed = NewsMonitor.Feeds.Feed;

namespace NewsMonitor.Articles;

/// <summary>
/// Fetches the pages of new articles for feeds that ask for it: under the same guard, the same bounds and the same politeness as feeds.
/// What cannot be had costs the article nothing: the feed's own text stays.
/// </summary>
public sealed class FullText(OutboundHttp http, HostTurns turns, TimeProvider time, ILogger<FullText> log)
{
    const int LargestPage = 3 * 1024 * 1024;
    const int MostPages = 30;
    static readonly TimeSpan LongestTogether = TimeSpan.FromSeconds(40);

    /// <summary>Pages by link. The newest items come last in <paramref name="links"/> and are fetched first.</summary>
    public async Task<IReadOnlyDictionary<string, PageContent>> FetchAsync(Feed feed, IReadOnlyList<string> links, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(feed);
        if (links.Count == 0) return new Dictionary<string, PageContent>();
        using var limit = new CancellationTokenSource(LongestTogether, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        var wanted = links.Reverse().Take(MostPages).Select(l => Uri.TryCreate(l, UriKind.Absolute, out var uri) ? uri : null)
            .OfType<Uri>();
        var pages = await Task.WhenAll(wanted.Select(uri => ReadAsync(feed, uri, both.Token, stop)));
        return pages.OfType<(Uri Uri, PageContent Page)>().DistinctBy(p => p.Uri.OriginalString)
            .ToDictionary(p => p.Uri.OriginalString, p => p.Page);
    }

    async Task<(Uri Uri, PageContent Page)?> ReadAsync(Feed feed, Uri uri, CancellationToken limited, CancellationToken stop)
    {
        try
        {
            var ownProxy = feed.Settings.Proxy is { Length: > 0 };
            using var turn = await turns.TakeAsync(uri, ownProxy, LongestTogether, limited);
            if (turn is null) return null;
            var answer = (await http.FollowAsync(Request(feed, uri), limited)).Response;
            await turns.HonourAsync(uri, turn.Host, answer.Uri, ownProxy, answer.HostWait(time.GetUtcNow()), limited);
            if (!answer.IsSuccess || answer.ContentType?.Contains("html", StringComparison.OrdinalIgnoreCase) == false) return null;
            return (uri, PageText.Read(answer.Body, answer.ContentType, answer.Uri));
        }
        // Whatever a page does to us, its article goes on without it.
        catch (Exception e) when (!stop.IsCancellationRequested && !DatabaseAway.Is(e))
        {
            log.LogInformation("The page {Page} could not be read, its feed's own text is used: {Reason}", uri, e.Message);
            return null;
        }
    }

    static OutboundRequest Request(Feed feed, Uri uri) => new(uri)
    {
        MaxBytes = LargestPage,
        Proxy = feed.Settings.Proxy is { Length: > 0 } proxy ? OutboundHttp.ProxyUri(proxy) : null,
        Headers = feed.Settings.UserAgent is { Length: > 0 } agent
            ? [new("Accept", "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"), new("User-Agent", agent)]
            : [new("Accept", "text/html, application/xhtml+xml;q=0.9, */*;q=0.5")],
    };
}
