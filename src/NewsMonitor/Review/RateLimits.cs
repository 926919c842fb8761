using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace NewsMonitor.Review;

/// <summary>
/// So many requests a minute for each key, and fewer for an address that shows none. Each answer says how many remain, in the fields of
/// the IETF's RateLimit draft and in the three older ones that most clients read.
/// </summary>
sealed class RateLimits(RequestDelegate next, IOptions<ReviewOptions> options, TimeProvider clock)
{
    static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    const int MostCallers = 10_000;
    readonly ConcurrentDictionary<string, Count> _counts = new(StringComparer.Ordinal);

    public async Task InvokeAsync(HttpContext http)
    {
        // People whom a reverse proxy vouches for have a name and no key.
        var key = http.User.FindFirst(ApiKeyAuthentication.KeyId)?.Value
            ?? (http.User.Identity is { IsAuthenticated: true, Name: { } name } ? $"user {name}" : null);
        var limit = key is null ? options.Value.AnonymousRequestsPerMinute : options.Value.RequestsPerMinute;
        var count = CountOf(key ?? $"from {http.Connection.RemoteIpAddress}");
        var (used, seconds) = count.Take(clock.GetUtcNow());

        // At the last moment, since the handling of an exception throws away what was set before.
        http.Response.OnStarting(() =>
        {
            Describe(http.Response.Headers, limit, Math.Max(0, limit - used), seconds);
            return Task.CompletedTask;
        });
        if (used <= limit)
        {
            await next(http);
            return;
        }

        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
    }

    Count CountOf(string caller)
    {
        if (_counts.Count >= MostCallers)
        {
            _counts.Clear();
        }

        return _counts.GetOrAdd(caller, _ => new Count());
    }

    static void Describe(IHeaderDictionary headers, int limit, int remaining, int seconds)
    {
        headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"key\";q={limit};w=60");
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"key\";r={remaining};t={seconds}");
        headers["RateLimit-Limit"] = limit.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = remaining.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = seconds.ToString(CultureInfo.InvariantCulture);
    }

    sealed class Count
    {
        readonly Lock gate = new();
        DateTimeOffset ends;
        int used;

        /// <summary>Counts one request; how many the window has had, and in how many seconds it ends.</summary>
        public (int Used, int Seconds) Take(DateTimeOffset now)
        {
            lock (gate)
            {
                if (now >= ends)
                {
                    (ends, used) = (now + Window, 0);
                }

                return (++used, Math.Max(1, (int)Math.Ceiling((ends - now).TotalSeconds)));
            }
        }
    }
}
