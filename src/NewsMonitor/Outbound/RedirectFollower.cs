using System.Net;

namespace NewsMonitor.Outbound;

/// <param name="Response">The first response that is no redirect.</param>
/// <param name="PermanentUri">Where 301/308 alone lead, from the start on; null unless the first step was permanent.</param>
public sealed record Followed(OutboundResponse Response, Uri? PermanentUri);

/// <summary>
/// Follows redirects one by one, each judged like a first address; credentials and own headers stay with the origin they were for.
/// </summary>
public static class RedirectFollower
{
    /// <exception cref="OutboundException">Also for a chain that is too long, turns in a circle or leads where no one may go.</exception>
    public static async Task<Followed> FollowAsync(this OutboundHttp http, OutboundRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(request);
        var (first, permanent, onlyPermanent) = (request.Uri, (Uri?)null, true);
        for (var step = 0; ; step++)
        {
            var response = await http.SendAsync(request, cancellationToken);
            if (!IsRedirect(response.Status) || response.Header("Location") is not { Length: > 0 } location)
                return new Followed(response, permanent);
            if (step >= http.Options.MaxRedirects)
                throw new OutboundException(OutboundFailure.Redirect, $"{first} redirects more than {http.Options.MaxRedirects} times.");
            if (!Uri.TryCreate(request.Uri, location, out var target))
                throw new OutboundException(OutboundFailure.Redirect, $"{request.Uri} redirects to '{location}', which is no address.");
            onlyPermanent &= response.Status is HttpStatusCode.MovedPermanently or HttpStatusCode.PermanentRedirect;
            if (onlyPermanent) permanent = target;
            request = Next(request, target, response.Status);
        }
    }

    static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;

    static OutboundRequest Next(OutboundRequest request, Uri target, HttpStatusCode status) => request with
    {
        Uri = target,
        Headers = IsSameOrigin(request.Uri, target) ? request.Headers : [.. Harmless(request.Headers)],
        Method = status == HttpStatusCode.SeeOther ? HttpMethod.Get : request.Method,
        Body = status == HttpStatusCode.SeeOther ? default : request.Body,
        ContentType = status == HttpStatusCode.SeeOther ? null : request.ContentType,
    };

    internal static bool IsSameOrigin(Uri one, Uri other) => one.Scheme == other.Scheme && one.Authority == other.Authority;

    /// <summary>Anything else may be a key that the feed's owner gave for one origin only.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> Harmless(IEnumerable<KeyValuePair<string, string>> headers) =>
        headers.Where(h => h.Key.ToLowerInvariant() is "accept" or "accept-language" or "accept-encoding" or "user-agent"
            or "if-none-match" or "if-modified-since");
}
