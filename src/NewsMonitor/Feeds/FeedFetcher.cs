using System.Net;
using System.Text;
using NewsMonitor.Outbound;

namespace NewsMonitor.Feeds;

/// <param name="Url">The feed's address.</param>
/// <param name="Etag">From the last answer, as it came.</param>
/// <param name="LastModified">From the last answer, as it came.</param>
public sealed record FetchRequest(Uri Url, string? Etag = null, string? LastModified = null)
{
    public FeedSettings Settings { get; init; } = new();

    /// <summary>In the clear; <see cref="FeedSettings.Password"/> is kept encrypted.</summary>
    public string? Password { get; init; }
}

/// <summary>Fetches one feed over HTTP and says what came, as an outcome; only a cancelled fetch throws.</summary>
public sealed class FeedFetcher(OutboundHttp http, TimeProvider time)
{
    const string Accept = "application/rss+xml, application/atom+xml, application/rdf+xml;q=0.9, application/feed+json;q=0.9, "
        + "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5";

    static readonly string[] Endings = ["</rss>", "</feed>", "RDF>", "</html>"];

    /// <summary>Some servers answer 304 whatever happened, so a feed is asked for without validators once in this while.</summary>
    public static readonly TimeSpan WholeFetchEvery = TimeSpan.FromDays(1);

    public static bool IsWholeFetchDue(DateTimeOffset? lastWholeFetch, DateTimeOffset now) =>
        lastWholeFetch is not { } last || now - last >= WholeFetchEvery;

    public async Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        Followed followed;
        bool conditional;
        try
        {
            var asked = ToOutbound(request);
            conditional = asked.Headers.Any(h => h.Key.ToLowerInvariant() is "if-none-match" or "if-modified-since");
            followed = await http.FollowAsync(asked, cancellationToken);
        }
        catch (OutboundException cause)
        {
            return new FetchOutcome.Failed(Weigh(cause.Failure), cause.Message, cause.IsNetwork)
            {
                HostWait = cause.Failure == OutboundFailure.CircuitOpen ? OutboundPipelines.BreakDuration : null,
                Fault = FeedFaults.Of(cause.Failure),
            };
        }
        catch (FormatException cause)
        {
            return new FetchOutcome.Failed(FailureKind.Hard, cause.Message) { Fault = FeedFault.NoAddress };
        }
        var response = followed.Response;
        return Judge(response, conditional) with
        {
            Status = response.Status,
            FinalUri = response.Uri,
            MovedTo = followed.PermanentUri,
            Caching = ReadCaching(response),
        };
    }

    static OutboundRequest ToOutbound(FetchRequest request)
    {
        var settings = request.Settings;
        var headers = new List<KeyValuePair<string, string>> { new("Accept", Accept) };
        if (request.Etag is { Length: > 0 } etag) headers.Add(new("If-None-Match", etag));
        if (request.LastModified is { Length: > 0 } lastModified) headers.Add(new("If-Modified-Since", lastModified));
        if (settings.UserAgent is { Length: > 0 } agent) headers.Add(new("User-Agent", agent));
        if (settings.User is { Length: > 0 } user)
            headers.Add(new("Authorization", OutboundHttp.Basic($"{user}:{request.Password}").ToString()));
        foreach (var (name, value) in settings.Headers ?? new Dictionary<string, string>())
        {
            headers.RemoveAll(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
            headers.Add(new(name, value));
        }
        return new OutboundRequest(request.Url)
        {
            Headers = headers, Proxy = settings.Proxy is { Length: > 0 } p
            ? OutboundHttp.ProxyUri(p) : null
        };
    }

    FetchOutcome Judge(OutboundResponse response, bool conditional) => response.Status switch
    {
        HttpStatusCode.NotModified when !conditional => new FetchOutcome.Failed(
            FailureKind.Soft, $"{response.Uri.Authority} answered 304 (not modified) though the whole feed was asked for.")
        {
            Fault = FeedFault.Protocol,
        },
        HttpStatusCode.NotModified => new FetchOutcome.NotModified(),
        HttpStatusCode.Gone => new FetchOutcome.Gone(),
        // Half a feed would bring half an article, and its validators would keep the rest away.
        _ when response.IsSuccess && IsCut(response) => new FetchOutcome.Failed(
            FailureKind.Temporary, $"The answer of {response.Uri.Authority} broke off after {response.Body.Length:N0} bytes.")
        {
            Fault = FeedFault.Connection,
        },
        _ when response.IsSuccess => new FetchOutcome.Content(response.Body, response.ContentType),
        var status => new FetchOutcome.Failed(Weigh(status), Sentence(response))
        {
            HostWait = response.HostWait(time.GetUtcNow()),
            Fault = FeedFaults.Of(status),
        },
    };

    static FailureKind Weigh(OutboundFailure failure) => failure switch
    {
        OutboundFailure.Refused => FailureKind.Hard,
        OutboundFailure.Dns or OutboundFailure.Connection or OutboundFailure.Timeout or OutboundFailure.CircuitOpen =>
            FailureKind.Temporary,
        _ => FailureKind.Soft,
    };

    static FailureKind Weigh(HttpStatusCode status) => (int)status switch
    {
        408 or 421 or 425 or 429 or 502 or 503 or 504 or (>= 520 and <= 527) => FailureKind.Temporary,
        >= 500 or < 400 => FailureKind.Soft,
        _ => FailureKind.Hard,
    };

    static string Sentence(OutboundResponse response) =>
        $"{response.Uri.Authority} answered {(int)response.Status}" + response.Status switch
        {
            HttpStatusCode.Unauthorized => ": the feed wants a user name and password.",
            HttpStatusCode.Forbidden => ": the publisher does not let the service in.",
            HttpStatusCode.NotFound => ": there is nothing at this address any more.",
            HttpStatusCode.TooManyRequests => ": too many requests.",
            HttpStatusCode.ServiceUnavailable => ": not available at the moment.",
            _ when (int)response.Status >= 500 => ": the publisher's server has a fault.",
            _ => ".",
        };

    // A program that never ends its compression, or tells no length, still ends its document.
    static bool IsCut(OutboundResponse response)
    {
        if (!response.MayHaveBrokenOff || response.Body.Length == 0) return false;
        var end = Encoding.Latin1.GetString(response.Body.AsSpan(Math.Max(0, response.Body.Length - 1000))).TrimEnd();
        return !end.EndsWith('}') && !Endings.Any(e => end.Contains(e, StringComparison.OrdinalIgnoreCase));
    }

    Caching ReadCaching(OutboundResponse response) => new(response.Header("ETag"), response.Header("Last-Modified"), Freshness(response));

    TimeSpan? Freshness(OutboundResponse response)
    {
        var control = response.Headers.CacheControl;
        if (control is { NoStore: true } or { NoCache: true }) return null;
        // Expires is measured on the server's own clock, since many clocks are wrong.
        var lifetime = control?.SharedMaxAge ?? control?.MaxAge
            ?? response.ContentHeaders.Expires - (response.Headers.Date ?? time.GetUtcNow());
        var left = lifetime - (response.Headers.Age ?? TimeSpan.Zero);
        return left > TimeSpan.Zero ? left : null;
    }
}
