using System.Security.Cryptography;
using System.Text;
using FeedParser;
using NewsMonitor.Operations;
using NewsMonitor.Outbound;

namespace NewsMonitor.Feeds;

/// <summary>What a visit led to: a look at the feed, or the time at which it is this feed's turn.</summary>
public readonly record struct FeedVisit(FeedLook? Look, DateTimeOffset Later);

/// <summary>
/// Looks at one claimed feed as a guest should: in its host's turn, not while the host wants to be left alone, and without blaming it for
/// an outage of our own. Nothing is stored here.
/// </summary>
public sealed class FeedVisits(
    FeedFetcher fetcher, OutboundHttp http, HostGate gate, HostTurns turns, NetworkHealth network, Secrets secrets, TimeProvider time)
{
    public async Task<FeedVisit> VisitAsync(Feed feed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(feed);
        if (!Uri.TryCreate(feed.Url, UriKind.Absolute, out var uri))
        {
            var fault = new FetchOutcome.Failed(FailureKind.Hard, $"'{feed.Url}' is no address.") { Fault = FeedFault.NoAddress };
            return new(new FeedLook(fault), default);
        }
        string? password;
        try
        {
            password = feed.Settings.Password is { Length: > 0 } kept ? secrets.Reveal(kept) : null;
        }
        catch (CryptographicException cause)
        {
            var fault = new FetchOutcome.Failed(FailureKind.Hard, $"{cause.Message} Or set the feed's password anew.");
            return new(new FeedLook(fault with { Fault = FeedFault.WantsPassword }), default);
        }
        var ownProxy = feed.Settings.Proxy is { Length: > 0 };
        var host = await HostKey.OfAsync(http, uri, ownProxy, cancellationToken);
        var (turn, later) = await gate.EnterAsync(host, HostGate.ShortWait, cancellationToken);
        if (turn is null) return new(null, later);
        using (turn)
        {
            var (started, late) = (time.GetTimestamp(), time.GetUtcNow() - feed.NextFetchAt);
            var whole = feed.Etag is null && feed.LastModified is null
                || FeedFetcher.IsWholeFetchDue(feed.LastWholeFetchAt, time.GetUtcNow());
            var request = new FetchRequest(uri, whole ? null : feed.Etag, whole ? null : feed.LastModified)
            {
                Settings = feed.Settings, Password = password,
            };
            var outcome = await fetcher.FetchAsync(request, cancellationToken);
            await turns.HonourAsync(
                uri, host, outcome.FinalUri, ownProxy, (outcome as FetchOutcome.Failed)?.HostWait, cancellationToken);
            var look = Read(outcome, feed.Track.Body);
            var took = time.GetElapsedTime(started);
            return new(look with
            {
                Whole = whole,
                Duration = took,
                Due = feed.NextFetchAt,
                Late = late,
                Network = Judge(feed, uri, outcome),
            }, default);
        }
    }

    NetworkVerdict Judge(Feed feed, Uri uri, FetchOutcome outcome)
    {
        if (outcome is FetchOutcome.Failed { IsNetwork: true })
            return network.Unanswered(HostName.Of(uri), feed.Track.DoubtSince, feed.Track.Doubts);
        if (outcome.Status is not null) network.Reached(HostName.Of(uri));
        return NetworkVerdict.Feed;
    }

    // Many servers know no validators and send the same feed again and again.
    static FeedLook Read(FetchOutcome outcome, string? known)
    {
        if (outcome is not FetchOutcome.Content content) return new FeedLook(outcome);
        var body = Hash(content);
        if (body == known) return new FeedLook(outcome) { Body = body, Unchanged = true };
        var read = FeedReader.Read(content.Bytes, content.ContentType, content.FinalUri);
        return new FeedLook(outcome) { Body = body, Document = read.Feed, NoFeed = read.Error };
    }

    static string Hash(FetchOutcome.Content content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(content.Bytes);
        hash.AppendData(Encoding.UTF8.GetBytes(content.ContentType ?? ""));
        return Convert.ToBase64String(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
