using System.Net;
using System.Net.Http.Headers;

namespace NewsMonitor.Outbound;

/// <summary>One request. Headers given here replace those that the service sends by itself (User-Agent, Accept-Encoding).</summary>
public sealed record OutboundRequest(Uri Uri)
{
    public HttpMethod Method { get; init; } = HttpMethod.Get;
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
    public ReadOnlyMemory<byte> Body { get; init; }
    public string? ContentType { get; init; }

    /// <summary>An own proxy instead of the service's; unlike that one it must be public or named in AllowedHosts.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Repeat once what is transient. Off for senders that have a queue of their own.</summary>
    public bool Retry { get; init; } = true;

    /// <summary>A smaller bound than <see cref="OutboundOptions.MaxBytes"/>.</summary>
    public int? MaxBytes { get; init; }

    /// <summary>The status is all that is needed: a body that is too large, stalls or breaks off afterwards does not unsay it.</summary>
    public bool StatusSuffices { get; init; }

    /// <summary>
    /// Connections to one host at a time, shared with requests of the same number: slow receivers must not take those of others.
    /// </summary>
    public int MaxConnections { get; init; } = 8;
}

/// <summary>
/// What came back: any status, redirects included. Body: decompressed and within the bound; cut at 16 kB unless the status is 2xx.
/// </summary>
public sealed record OutboundResponse(Uri Uri, HttpStatusCode Status, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders,
    byte[] Body)
{
    /// <summary>There may have been more: its compression had no end, or nothing but the connection's end told the body's.</summary>
    public bool MayHaveBrokenOff { get; init; }

    public bool IsSuccess => (int)Status is >= 200 and < 300;

    public string? ContentType => Header("Content-Type");

    /// <summary>The values of a header joined by commas, or null. Without NUL, which no text column takes and no server means.</summary>
    public string? Header(string name) =>
        Headers.NonValidated.TryGetValues(name, out var values) || ContentHeaders.NonValidated.TryGetValues(name, out values)
            ? string.Join(", ", values).Replace("\0", "", StringComparison.Ordinal) : null;

    /// <summary>The wait that Retry-After asks for, given as seconds or as a date.</summary>
    public TimeSpan? RetryAfter(DateTimeOffset now) => Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
        _ => null,
    };

    /// <summary>The whole host asks to be left alone (429, 503), for so long; null where it does not say.</summary>
    public TimeSpan? HostWait(DateTimeOffset now) =>
        Status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable ? RetryAfter(now) : null;
}
