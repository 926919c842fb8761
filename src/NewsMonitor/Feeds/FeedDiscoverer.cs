using System.Text;
using FeedParser;
using NewsMonitor.Outbound;

namespace NewsMonitor.Feeds;

/// <param name="Url">Where it was fetched in the end.</param>
/// <param name="Title">The feed's own title, else the page's name for it.</param>
/// <param name="Format">As it turned out, such as rss-2.0.</param>
/// <param name="Items">How many it lists.</param>
/// <param name="Newest">Date of the newest item.</param>
public sealed record OfferedFeed(string Url, string? Title, string Format, int Items, DateTimeOffset? Newest);

/// <summary>
/// Finds the feeds of a site: the address itself when it is one, else what its page declares, links to or usually has. All are tried, each
/// in its host's turn.
/// </summary>
public sealed class FeedDiscoverer(OutboundHttp http, FeedFetcher fetcher, HostTurns turns, TimeProvider time)
{
    const int MostTried = 12;
    const int AtOnce = 2;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The feeds in the order of trust, or a sentence that says why there are none.</summary>
    public async Task<(IReadOnlyList<OfferedFeed> Feeds, string? Problem)> FindAsync(Uri site, CancellationToken cancellationToken)
    {
        OutboundResponse page;
        try
        {
            using var turn = await turns.TakeAsync(site, ownProxy: false, Patience, cancellationToken);
            if (turn is null) return ([], $"{site.Authority} asked to be left alone for a while; try again later.");
            page = (await http.FollowAsync(new OutboundRequest(site) { Headers = [new("Accept", "text/html, */*;q=0.8")] },
                cancellationToken)).Response;
            await turns.HonourAsync(site, turn.Host, page.Uri, ownProxy: false, page.HostWait(time.GetUtcNow()), cancellationToken);
        }
        catch (OutboundException cause)
        {
            return ([], cause.Message);
        }
        if (!page.IsSuccess)
            return ([], $"{page.Uri} answered {(int)page.Status}; give the address of a page that a browser shows, such as "
                + new Uri(page.Uri, "/"));
        if (FeedReader.Read(page.Body, page.ContentType, page.Uri).Feed is { } itself) return ([Offer(page.Uri, null, itself)], null);
        var found = new OfferedFeed?[MostTried];
        var candidates = FeedDiscovery.Find(Encoding.UTF8.GetString(page.Body), page.Uri).DistinctBy(c => c.Url).Take(MostTried).Index()
            .ToList();
        var limits = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(candidates, limits, async (c, token) => found[c.Index] = await TryAsync(c.Item, token));
        var feeds = found.OfType<OfferedFeed>().DistinctBy(f => f.Url).ToList();
        return feeds.Count > 0 ? (feeds, null)
            : (feeds, $"The page {page.Uri} offers no feed that can be read ({candidates.Count} addresses were tried).");
    }

    async Task<OfferedFeed?> TryAsync(DiscoveredFeed candidate, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(candidate.Url, UriKind.Absolute, out var uri)) return null;
        using var turn = await turns.TakeAsync(uri, ownProxy: false, Patience, cancellationToken);
        if (turn is null) return null;
        var outcome = await fetcher.FetchAsync(new FetchRequest(uri), cancellationToken);
        await turns.HonourAsync(
            uri, turn.Host, outcome.FinalUri, ownProxy: false, (outcome as FetchOutcome.Failed)?.HostWait, cancellationToken);
        if (outcome is not FetchOutcome.Content content) return null;
        var address = content.FinalUri ?? uri;
        return FeedReader.Read(content.Bytes, content.ContentType, address).Feed is { } feed ? Offer(address, candidate.Title, feed) : null;
    }

    static OfferedFeed Offer(Uri url, string? title, FeedParser.Feed feed) => new(
        url.AbsoluteUri, feed.Title ?? title, feed.Format.ToName(), feed.Items.Count, feed.Items.Max(i => i.Published ?? i.Updated));
}
