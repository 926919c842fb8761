using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;

namespace NewsMonitor.Outbound;

/// <summary>
/// The one place that sends HTTP: feeds, article pages, hubs and webhooks alike. Use: inject it and call
/// <c>await http.SendAsync(new OutboundRequest(uri) { ... }, token)</c>. Any status comes back as a response, a redirect too (it is not
/// followed; <see cref="RedirectFollower"/> does that step by step); no usable response is an <see cref="OutboundException"/> with a
/// sentence.
/// A sender with a queue of its own sets <c>Retry = false</c>.
/// </summary>
public sealed class OutboundHttp : IDisposable
{
    const int BytesOfAnError = 16 * 1024;

    readonly ConcurrentDictionary<string, HttpMessageInvoker> _clients = new(StringComparer.Ordinal);
    readonly OutboundOptions _options;
    readonly AddressGuard _guard;
    readonly GuardedConnect _connect;
    readonly OutboundPipelines _pipelines;
    readonly TimeProvider _time;
    readonly Uri? _proxy;

    public OutboundHttp(OutboundOptions options, HostResolver resolver, TimeProvider time, Random random)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        (_options, _time) = (options, time);
        _guard = new AddressGuard(options.ReadAllowedHosts());
        _connect = new GuardedConnect(_guard, new DnsCache(resolver, time), time, TimeSpan.FromSeconds(options.ConnectTimeout));
        _pipelines = new OutboundPipelines(TimeSpan.FromSeconds(options.TotalTimeout), time, random.NextDouble);
        if (options.Proxy.Length > 0) _proxy = ProxyUri(options.Proxy);
    }

    public AddressGuard Guard => _guard;

    public OutboundOptions Options => _options;

    /// <exception cref="OutboundException">Refused, unreachable, too slow, too large, not HTTP.</exception>
    public async Task<OutboundResponse> SendAsync(OutboundRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_guard.Refuse(request.Uri) is { } reason) throw new OutboundException(OutboundFailure.Refused, reason);
        return await _pipelines.ExecuteAsync(request, ExchangeAsync, cancellationToken);
    }

    /// <summary>The addresses behind a URL, all allowed; through a proxy, which looks names up itself, none.</summary>
    public async ValueTask<IPAddress[]> ResolveAsync(Uri uri, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(uri);
        return _proxy is null ? await _connect.ResolveAsync(HostName.Of(uri), uri.Port, trusted: false, cancellationToken) : [];
    }

    /// <summary>A proxy address, or a sentence that says what is wrong with it.</summary>
    /// <exception cref="FormatException">Neither an HTTP nor a SOCKS proxy.</exception>
    public static Uri ProxyUri(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "socks4" or "socks4a" or "socks5"
            && uri.Host.Length > 0
            ? uri : throw new FormatException($"'{text}' is no proxy: write http://host:port or socks5://host:port.");

    public void Dispose()
    {
        foreach (var client in _clients.Values) client.Dispose();
    }

    async ValueTask<OutboundResponse> ExchangeAsync(OutboundRequest request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(_options.HeadersTimeout), _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var message = Message(request);
        try
        {
            if ((request.Proxy ?? _proxy) is not null) await RefuseKnownPrivateAsync(request.Uri, both.Token);
            using var response = await Client(request.Proxy, request.MaxConnections).SendAsync(message, both.Token);
            limit.CancelAfter(Timeout.InfiniteTimeSpan);
            return await ReadAsync(request, response, cancellationToken);
        }
        catch (OperationCanceledException cause) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new OutboundException(OutboundFailure.Timeout,
                $"{request.Uri.Authority} did not send its headers within {_options.HeadersTimeout:0.#} s.", cause);
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException)
        {
            throw Translate(request.Uri, cause);
        }
    }

    async Task<OutboundResponse> ReadAsync(OutboundRequest request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var success = response.IsSuccessStatusCode;
        var bound = Math.Min(request.MaxBytes ?? _options.MaxBytes, success ? int.MaxValue : BytesOfAnError);
        var (body, brokeOff) = (Array.Empty<byte>(), false);
        if (response.StatusCode is not (HttpStatusCode.NotModified or HttpStatusCode.NoContent))
        {
            var reader = new BoundedBody(bound, _options.MinBytesPerSecond, TimeSpan.FromSeconds(_options.SlowGrace), _time);
            try
            {
                var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
                (body, brokeOff) = await reader.ReadAsync(
                    stream, response.Content.Headers.ContentEncoding, cut: !success || request.StatusSuffices, cancellationToken);
            }
            // Of an error, too, the status is what counts: a broken page about it does not unsay a 429 and its Retry-After.
            catch (Exception cause) when ((request.StatusSuffices || !success)
                && cause is OutboundException or HttpRequestException or IOException or OperationCanceledException)
            {
                body = [];
            }
        }
        return new OutboundResponse(request.Uri, response.StatusCode, response.Headers, response.Content.Headers, body)
        {
            MayHaveBrokenOff = brokeOff || (response.Version.Major < 2 && response.Content.Headers.ContentLength is null
                && response.Content.Headers.ContentEncoding.Count == 0 && response.Headers.TransferEncodingChunked is not true),
        };
    }

    HttpRequestMessage Message(OutboundRequest request)
    {
        var message = new HttpRequestMessage(request.Method, request.Uri)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        if (!request.Body.IsEmpty || request.ContentType is not null)
        {
            message.Content = new ReadOnlyMemoryContent(request.Body);
            if (request.ContentType is not null) message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        }
        foreach (var (name, value) in request.Headers) message.Headers.TryAddWithoutValidation(name, value);
        if (!message.Headers.NonValidated.Contains("User-Agent")) message.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
        if (!message.Headers.NonValidated.Contains("Accept-Encoding"))
            message.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, br, deflate");
        if (request.Uri.UserInfo.Length > 0 && message.Headers.Authorization is null)
            message.Headers.Authorization = Basic(Uri.UnescapeDataString(request.Uri.UserInfo));
        return message;
    }

    public static AuthenticationHeaderValue Basic(string userAndPassword) =>
        new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(userAndPassword)));

    HttpMessageInvoker Client(Uri? ownProxy, int connections)
    {
        var proxy = ownProxy ?? _proxy;
        var trusted = proxy is not null && proxy == _proxy;
        return _clients.GetOrAdd($"{connections} {proxy?.AbsoluteUri}", _ => new HttpMessageInvoker(Handler(proxy, trusted, connections)));
    }

    SocketsHttpHandler Handler(Uri? proxy, bool trusted, int connections) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = proxy is not null,
        Proxy = proxy is null ? null : new WebProxy(proxy) { Credentials = ProxyCredentials(proxy) },
        ActivityHeadersPropagator = null,
        // As it was read: an ETag beyond ASCII goes back byte for byte, where it would be refused otherwise.
        RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.Latin1,
        ConnectTimeout = Timeout.InfiniteTimeSpan,
        MaxConnectionsPerServer = connections,
        MaxResponseHeadersLength = _options.MaxHeaderKilobytes,
        MaxResponseDrainSize = 64 * 1024,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ConnectCallback = (context, token) => _connect.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, trusted, token),
    };

    static NetworkCredential? ProxyCredentials(Uri proxy) =>
        proxy.UserInfo.Split(':', 2) is [{ Length: > 0 } user, .. var rest]
            ? new NetworkCredential(Uri.UnescapeDataString(user), rest.Length > 0 ? Uri.UnescapeDataString(rest[0]) : "") : null;

    // A proxy looks the name up itself; what this machine knows to be private is refused all the same, what it cannot look up is the
    // proxy's.
    async ValueTask RefuseKnownPrivateAsync(Uri uri, CancellationToken cancellationToken)
    {
        try
        {
            await _connect.ResolveAsync(HostName.Of(uri), uri.Port, trusted: false, cancellationToken);
        }
        catch (OutboundException cause) when (cause.Failure == OutboundFailure.Dns)
        {
            return;
        }
    }

    static OutboundException Translate(Uri uri, Exception cause)
    {
        for (var inner = cause; inner is not null; inner = inner.InnerException)
            if (inner is OutboundException known) return known;
        var host = uri.Authority;
        return (cause as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => new(OutboundFailure.Dns, $"The name {host} could not be looked up.", cause),
            HttpRequestError.SecureConnectionError =>
                new(OutboundFailure.Tls,
                    $"{host}: no secure connection ({Innermost(cause)}). If it has none at all, write http:// instead of https://.", cause),
            HttpRequestError.ConfigurationLimitExceeded =>
                new(OutboundFailure.HeadersTooLarge, $"{host} sent more headers than the bound.", cause),
            HttpRequestError.InvalidResponse => new(OutboundFailure.Protocol, $"{host} did not answer in HTTP.", cause),
            HttpRequestError.ProxyTunnelError => new(OutboundFailure.Connection, $"The proxy did not let through to {host}.", cause),
            _ => new(OutboundFailure.Connection, $"The connection to {host} broke ({Innermost(cause)}).", cause),
        };
    }

    static string Innermost(Exception cause) => cause.GetBaseException().Message.TrimEnd('.');
}
