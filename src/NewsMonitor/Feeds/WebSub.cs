using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Outbound;

namespace NewsMonitor.Feeds;

/// <summary>
/// WebSub (W3C Recommendation of 2018), the subscriber's part: where a feed names a hub and the service can be reached from outside, the
/// hub is asked to tell of news. A message that is truly the hub's makes the feed due at once; what it holds is fetched from the feed
/// itself, so nothing depends on a hub's being complete or honest. Polling goes on, slower.
/// </summary>
public sealed class WebSub(IDbContextFactory<MonitorDbContext> databases, OutboundHttp http, TimeProvider time, ILogger<WebSub> log)
{
    public const string Path = "/websub/";
    const int Batch = 50;
    static readonly TimeSpan WantedLease = TimeSpan.FromDays(7);
    static readonly TimeSpan LongestLease = TimeSpan.FromDays(90);

    /// <summary>A hub is not asked more often, however short its leases are.</summary>
    static readonly TimeSpan ShortestRenewal = TimeSpan.FromMinutes(5);

    /// <summary>Some feeds name another topic at every look.</summary>
    static readonly TimeSpan TopicStays = TimeSpan.FromDays(1);
    static readonly TimeSpan VerifyWithin = TimeSpan.FromMinutes(30);
    static readonly TimeSpan RetryAfter = TimeSpan.FromHours(6);

    /// <summary>
    /// Subscribes what names a hub and is not subscribed, and renews what runs out; a feed that is turned off is left to run out. One
    /// worker does this at a time.
    /// </summary>
    public async Task RenewAsync(Uri publicUrl, CancellationToken stop)
    {
        await AddNewAsync(stop);
        await using var db = await databases.CreateDbContextAsync(stop);
        var now = time.GetUtcNow();
        var due = await db.Set<FeedSubscription>().Where(s => s.RenewAt <= now && db.Set<Feed>().Any(f => f.Id == s.FeedId && f.Enabled))
            .OrderBy(s => s.RenewAt).Take(Batch).ToListAsync(stop);
        foreach (var subscription in due)
        {
            subscription.RequestedAt = now;
            subscription.RenewAt = now + VerifyWithin;
            await db.SaveChangesAsync(stop);
            subscription.Error = await AskAsync(subscription, new Uri(publicUrl, Path[1..] + subscription.Token), stop);
            if (subscription.Error is not null)
                (subscription.State, subscription.RenewAt) = (SubscriptionState.Failed, now + RetryAfter);
            await db.SaveChangesAsync(stop);
        }
    }

    async Task AddNewAsync(CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var now = time.GetUtcNow();
        var named = await db.Set<Feed>().FromSql($"""
            SELECT f.*, f.xmin FROM feeds f LEFT JOIN feed_subscriptions s ON s.feed_id = f.id
            WHERE f.enabled AND f.track ->> 'hub' IS NOT NULL AND (s.feed_id IS NULL OR s.hub <> f.track ->> 'hub'
                OR (s.topic <> coalesce(f.track ->> 'topic', f.url) AND s.requested_at < {now - TopicStays}))
            ORDER BY f.id LIMIT {Batch}
            """).AsNoTracking().ToListAsync(stop);
        foreach (var feed in named)
        {
            await db.Set<FeedSubscription>().Where(s => s.FeedId == feed.Id).ExecuteDeleteAsync(stop);
            db.Add(new FeedSubscription
            {
                FeedId = feed.Id, Hub = feed.Track.Hub!, Topic = feed.Track.Topic ?? feed.Url, Token = Random(), Secret = Random(),
                State = SubscriptionState.Requested, RequestedAt = now, RenewAt = now,
            });
            await db.SaveChangesAsync(stop);
        }
    }

    async Task<string?> AskAsync(FeedSubscription subscription, Uri callback, CancellationToken stop)
    {
        if (!Uri.TryCreate(subscription.Hub, UriKind.Absolute, out var hub)) return $"The hub '{subscription.Hub}' is no address.";
        var form = new Dictionary<string, string>
        {
            ["hub.mode"] = "subscribe", ["hub.topic"] = subscription.Topic, ["hub.callback"] = callback.AbsoluteUri,
            ["hub.secret"] = subscription.Secret,
            ["hub.lease_seconds"] = ((int)WantedLease.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        using var content = new FormUrlEncodedContent(form);
        try
        {
            var answer = (await http.FollowAsync(new OutboundRequest(hub)
            {
                Method = HttpMethod.Post, Body = await content.ReadAsByteArrayAsync(stop),
                ContentType = "application/x-www-form-urlencoded",
            }, stop)).Response;
            return answer.IsSuccess ? null : $"The hub {hub} answered {(int)answer.Status}.";
        }
        catch (OutboundException cause)
        {
            return cause.Message;
        }
    }

    /// <summary>The hub asks whether the subscription is wanted. True: echo the challenge.</summary>
    public async Task<bool> VerifyAsync(string token, string? mode, string? topic, int? leaseSeconds, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        if (await db.Set<FeedSubscription>().SingleOrDefaultAsync(s => s.Token == token, stop) is not { } subscription
            || subscription.Topic != topic)
            // Nothing is known of it here: a wish to be rid of it is granted, any other is not.
            return mode == "unsubscribe" && !await db.Set<FeedSubscription>().AnyAsync(s => s.Token == token, stop);
        var now = time.GetUtcNow();
        TimeSpan? lease = (mode, leaseSeconds) switch
        {
            // A hub may end what it once accepted.
            ("denied", _) => null,
            ("subscribe", int seconds and > 0) => TimeSpan.FromSeconds(Math.Min(seconds, LongestLease.TotalSeconds)),
            ("subscribe", _) => WantedLease,
            _ => TimeSpan.Zero,
        };
        if (lease == TimeSpan.Zero) return false;
        subscription.LeaseUntil = now + lease;
        if (lease is { } given)
        {
            (subscription.State, subscription.VerifiedAt, subscription.Error) = (SubscriptionState.Active, now, null);
            subscription.RenewAt = now + (given * 0.8 > ShortestRenewal ? given * 0.8 : ShortestRenewal);
        }
        else
        {
            (subscription.State, subscription.RenewAt) = (SubscriptionState.Denied, now + TimeSpan.FromDays(1));
        }
        await db.SaveChangesAsync(stop);
        var until = System.Text.Json.JsonSerializer.Serialize(subscription.LeaseUntil, JsonColumn.Options);
        await db.Database.ExecuteSqlAsync(
            $"UPDATE feeds SET track = jsonb_set(track, ARRAY['pushedUntil'], {until}::jsonb) WHERE id = {subscription.FeedId}", stop);
        return lease is not null;
    }

    /// <summary>
    /// A message for a subscription. Only one that is signed with its secret is heard; the answer to the hub never tells which.
    /// </summary>
    public async Task ReceiveAsync(string token, string? signature, ReadOnlyMemory<byte> body, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        if (await db.Set<FeedSubscription>().AsNoTracking().SingleOrDefaultAsync(s => s.Token == token, stop) is not { } subscription)
            return;
        if (!IsSigned(signature, subscription.Secret, body.Span))
        {
            log.LogWarning("A message for feed {Feed} that its hub did not sign was left", subscription.FeedId);
            return;
        }
        var now = time.GetUtcNow();
        await db.Set<Feed>().Where(f => f.Id == subscription.FeedId && f.Enabled).ExecuteUpdateAsync(
            set => set.SetProperty(f => f.NextFetchAt, now).SetProperty(f => f.LastWholeFetchAt, (DateTimeOffset?)null), stop);
    }

    /// <summary>Checks <c>X-Hub-Signature: method=hex</c> for the methods that the standard allows.</summary>
    public static bool IsSigned(string? signature, string secret, ReadOnlySpan<byte> body)
    {
        if (signature?.Split('=', 2) is not [var method, var hex]) return false;
        var key = Encoding.UTF8.GetBytes(secret);
        byte[]? wanted = method.ToLowerInvariant() switch
        {
#pragma warning disable CA5350 // SHA-1 is what many hubs still sign with; an HMAC with it is not broken.
            "sha1" => HMACSHA1.HashData(key, body),
#pragma warning restore CA5350
            "sha256" => HMACSHA256.HashData(key, body),
            "sha384" => HMACSHA384.HashData(key, body),
            "sha512" => HMACSHA512.HashData(key, body),
            _ => null,
        };
        return wanted is not null && hex.Length == wanted.Length * 2
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hex.ToLowerInvariant()),
                Encoding.ASCII.GetBytes(Convert.ToHexStringLower(wanted)));
    }

    static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
}
