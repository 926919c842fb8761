using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using NewsMonitor.Feeds;
using NewsMonitor.Outbound;
using NewsMonitor.Tests.Outbound;

namespace NewsMonitor.Tests.Feeds;

public class FeedFetcherTests
{
    const string Rss = "<rss version='2.0'><channel><title>t</title></channel></rss>";

    static async Task<FetchOutcome> FetchAsync(FetchRequest request, OutboundHttp? own = null)
    {
        using var http = own ?? TestHttp.Create();
        return await new FeedFetcher(http, TimeProvider.System).FetchAsync(request, CancellationToken.None);
    }

    static async Task<FetchOutcome> AnswerAsync(RequestDelegate answer, Func<LoopbackServer, FetchRequest>? request = null)
    {
        await using var server = await LoopbackServer.StartAsync(answer);
        return await FetchAsync(request?.Invoke(server) ?? new FetchRequest(server.At("/feed")));
    }

    static RequestDelegate Status(int status, params (string Name, string Value)[] headers) => context =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        return Task.CompletedTask;
    };

    [Fact]
    public async Task ValidatorsGoOutAsTheyCameAndA304IsNotModified()
    {
        RequestDelegate answer = async context =>
        {
            context.Response.Headers.ETag = "W/\"a-1\"";
            context.Response.Headers.LastModified = "Sat, 01 Mar 2025 10:00:00 GMT";
            if (context.Request.Headers.IfNoneMatch == "W/\"a-1\""
                && context.Request.Headers.IfModifiedSince == "Sat, 01 Mar 2025 10:00:00 GMT")
                context.Response.StatusCode = 304;
            else await context.Response.WriteAsync(Rss);
        };
        await using var server = await LoopbackServer.StartAsync(answer);
        var first = Assert.IsType<FetchOutcome.Content>(await FetchAsync(new FetchRequest(server.At("/"))));
        Assert.Equal(Rss.Length, first.Bytes.Length);
        var again = await FetchAsync(new FetchRequest(server.At("/"), first.Caching.Etag, first.Caching.LastModified));
        Assert.IsType<FetchOutcome.NotModified>(again);
    }

    [Theory]
    [InlineData("max-age=600", null, null, null, 600)]
    [InlineData("public, s-maxage=60, max-age=600", null, null, null, 60)]
    [InlineData("max-age=600", null, null, "200", 400)]
    [InlineData("max-age=600", null, null, "900", null)]
    [InlineData("no-cache, max-age=600", null, null, null, null)]
    [InlineData("no-store", "Sat, 01 Mar 2025 11:00:00 GMT", "Sat, 01 Mar 2025 10:00:00 GMT", null, null)]
    [InlineData(null, "Sat, 01 Mar 2025 11:00:00 GMT", "Sat, 01 Mar 2025 10:00:00 GMT", null, 3600)]
    [InlineData(null, "Sat, 01 Mar 2025 09:00:00 GMT", "Sat, 01 Mar 2025 10:00:00 GMT", null, null)]
    [InlineData(null, "0", null, null, null)]
    [InlineData("max-age=soon", null, null, null, null)]
    [InlineData(null, null, null, null, null)]
    public async Task FreshnessIsReadAsHttpDefinesIt(string? control, string? expires, string? date, string? age, int? seconds)
    {
        var outcome = await AnswerAsync(context =>
        {
            if (control is not null) context.Response.Headers.CacheControl = control;
            if (expires is not null) context.Response.Headers.Expires = expires;
            if (date is not null) context.Response.Headers.Date = date;
            if (age is not null) context.Response.Headers.Age = age;
            return context.Response.WriteAsync(Rss);
        });
        Assert.Equal(seconds, outcome.Caching.Freshness is { } f ? (int)f.TotalSeconds : null);
    }

    [Theory]
    [InlineData(400, FailureKind.Hard)]
    [InlineData(401, FailureKind.Hard)]
    [InlineData(403, FailureKind.Hard)]
    [InlineData(404, FailureKind.Hard)]
    [InlineData(408, FailureKind.Temporary)]
    [InlineData(425, FailureKind.Temporary)]
    [InlineData(429, FailureKind.Temporary)]
    [InlineData(451, FailureKind.Hard)]
    [InlineData(500, FailureKind.Soft)]
    [InlineData(501, FailureKind.Soft)]
    [InlineData(502, FailureKind.Temporary)]
    [InlineData(503, FailureKind.Temporary)]
    [InlineData(504, FailureKind.Temporary)]
    [InlineData(522, FailureKind.Temporary)]
    public async Task AStatusWeighsAsMuchAsItSaysAboutTheFeed(int status, FailureKind kind)
    {
        var failed = Assert.IsType<FetchOutcome.Failed>(await AnswerAsync(Status(status)));
        Assert.Equal(kind, failed.Kind);
        Assert.Equal(status, (int)failed.Status!);
        Assert.Contains(status.ToString(CultureInfo.InvariantCulture), failed.Message, StringComparison.Ordinal);
        Assert.False(failed.IsNetwork);
    }

    [Fact]
    public async Task GoneIsNoFailure() => Assert.IsType<FetchOutcome.Gone>(await AnswerAsync(Status(410)));

    [Theory]
    [InlineData(429, "120", 120)]
    [InlineData(503, "30", 30)]
    [InlineData(429, null, null)]
    [InlineData(500, "30", null)]
    [InlineData(503, "soon", null)]
    public async Task RetryAfterIsTheHostsWish(int status, string? header, int? seconds)
    {
        var outcome = await AnswerAsync(header is null ? Status(status) : Status(status, ("Retry-After", header)));
        Assert.Equal(seconds, Assert.IsType<FetchOutcome.Failed>(outcome).HostWait is { } w ? (int)w.TotalSeconds : null);
    }

    [Fact]
    public async Task RetryAfterMayBeADate()
    {
        var at = DateTimeOffset.UtcNow.AddMinutes(10).ToString("R", CultureInfo.InvariantCulture);
        var outcome = await AnswerAsync(Status(503, ("Retry-After", at)));
        Assert.InRange(((FetchOutcome.Failed)outcome).HostWait!.Value.TotalMinutes, 9, 10.1);
    }

    [Fact]
    public async Task OwnHeadersCredentialsAndAgentReachTheFeed()
    {
        var seen = "";
        var outcome = await AnswerAsync(context =>
        {
            seen = $"{context.Request.Headers.Authorization}|{context.Request.Headers.UserAgent}|{context.Request.Headers["X-Key"]}|{context.Request.Headers.Accept}";
            return context.Response.WriteAsync(Rss);
        }, server => new FetchRequest(server.At("/"))
        {
            Settings = new()
            {
                User = "reader", UserAgent = "Own/1", Headers = new Dictionary<string,
                string>
                { ["X-Key"] = "k", ["accept"] = "text/xml" }
            },
            Password = "pässword",
        });
        Assert.IsType<FetchOutcome.Content>(outcome);
        Assert.Equal($"Basic {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("reader:pässword"))}|Own/1|k|text/xml", seen);
    }

    [Fact]
    public async Task APermanentRedirectIsFollowedAndReported()
    {
        var outcome = await AnswerAsync(context =>
        {
            if (context.Request.Path == "/new") return context.Response.WriteAsync(Rss);
            context.Response.StatusCode = 301;
            context.Response.Headers.Location = "/new";
            return Task.CompletedTask;
        });
        Assert.IsType<FetchOutcome.Content>(outcome);
        Assert.Equal("/new", outcome.FinalUri!.AbsolutePath);
        Assert.Equal("/new", outcome.MovedTo!.AbsolutePath);
    }

    [Fact]
    public async Task AnAddressInsideIsAHardFailureWithASentence()
    {
        await using var server = await LoopbackServer.StartAsync(context => context.Response.WriteAsync(Rss));
        var failed = Assert.IsType<FetchOutcome.Failed>(await FetchAsync(new FetchRequest(server.At("/")),
            TestHttp.Create(TestHttp.Options(""))));
        Assert.Equal(FailureKind.Hard, failed.Kind);
        Assert.Contains("AllowedHosts", failed.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public async Task NoConnectionIsTemporaryAndTheNetworks()
    {
        int port;
        await using (var server = await LoopbackServer.StartAsync(_ => Task.CompletedTask)) port = server.Port;
        var failed = Assert.IsType<FetchOutcome.Failed>(await FetchAsync(new FetchRequest(new Uri($"http://127.0.0.1:{port}/"))));
        Assert.Equal(FailureKind.Temporary, failed.Kind);
        Assert.True(failed.IsNetwork);
    }

    [Fact]
    public async Task AProxyThatIsNoneIsAHardFailure()
    {
        var failed = Assert.IsType<FetchOutcome.Failed>(
            await FetchAsync(new FetchRequest(new Uri("http://news.example/")) { Settings = new() { Proxy = "ftp://x" } }));
        Assert.Equal(FailureKind.Hard, failed.Kind);
    }

    [Fact]
    public async Task AnOversizedFeedIsASoftFailure()
    {
        var failed = Assert.IsType<FetchOutcome.Failed>(await AnswerAsync(context =>
            context.Response.Body.WriteAsync(new byte[2 * 1024 * 1024]).AsTask()));
        Assert.Equal(FailureKind.Soft, failed.Kind);
        Assert.Equal(HttpStatusCode.OK, failed.Status ?? HttpStatusCode.OK);
    }

    static RawServer Saying(string answer) => new(async (stream, stop) =>
    {
        await RawServer.ReadHeadAsync(stream, stop);
        await RawServer.SayAsync(stream, answer, stop);
    });

    [Theory]
    [InlineData("Content-Length: 500\r\n\r\nbroken off")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nno chunk at all")]
    [InlineData("Content-Encoding: zstd\r\nContent-Length: 3\r\n\r\nxyz")]
    [InlineData("Content-Encoding: br\r\nContent-Length: 3\r\n\r\nxyz")]
    public async Task WhatAStatusSaysHoldsThoughItsBodyIsBroken(string body)
    {
        await using var server = Saying($"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 120\r\n{body}");
        var failed = Assert.IsType<FetchOutcome.Failed>(await FetchAsync(new FetchRequest(server.Address)));
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(120)), (failed.Status, failed.HostWait));
        await using var gone = Saying($"HTTP/1.1 410 Gone\r\n{body}");
        Assert.IsType<FetchOutcome.Gone>(await FetchAsync(new FetchRequest(gone.Address)));
    }

    [Theory]
    [InlineData("302 Found\r\nLocation: http://[\0")]
    [InlineData("302 Found\r\nLocation: http://a\0b/")]
    [InlineData("200 OK\r\nContent-Encoding: zs\0td")]
    [InlineData("200 OK\r\nETag: \"a\0b\"\r\nLast-Modified: \0")]
    public async Task WhatAServerSaysIsKeptWithoutWhatPostgresCannotStore(string answer)
    {
        await using var server = Saying($"HTTP/1.1 {answer}\r\nContent-Length: 0\r\n\r\n");
        var outcome = await FetchAsync(new FetchRequest(server.Address));
        Assert.DoesNotContain('\0', $"{(outcome as FetchOutcome.Failed)?.Message} {outcome.Caching}");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task HalfAFeedIsAFailureAndAWholeOneIsNoneThoughNothingTellsItsEnd(bool compressed, bool whole)
    {
        var random = new Random(3);
        var feed = Encoding.UTF8.GetBytes(Rss.Replace("</channel>", string.Concat(Enumerable.Range(0, 200).Select(_ =>
            $"<item><guid>{random.Next()}</guid><title>{random.NextInt64()}</title></item>")) + "</channel>", StringComparison.Ordinal));
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(feed);
        var body = compressed ? buffer.ToArray()[..^4] : feed;
        var head = $"HTTP/1.0 200 OK\r\n{(compressed ? "Content-Encoding: gzip\r\n" : "")}\r\n";
        await using var server = Saying(head + Encoding.Latin1.GetString(whole ? body : body[..(body.Length / 2)]));
        var outcome = await FetchAsync(new FetchRequest(server.Address));
        if (whole)
        {
            Assert.Equal(feed, Assert.IsType<FetchOutcome.Content>(outcome).Bytes);
            return;
        }

        var failed = Assert.IsType<FetchOutcome.Failed>(outcome);
        Assert.Equal((FailureKind.Temporary, false), (failed.Kind, failed.IsNetwork));
        Assert.Contains("broke off", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NotModifiedIsNoAnswerToWhoeverKnowsNothing()
    {
        var failed = Assert.IsType<FetchOutcome.Failed>(await AnswerAsync(Status(304)));
        Assert.Equal((FailureKind.Soft, false), (failed.Kind, failed.IsNetwork));
        Assert.Contains("304", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHostThatIsLeftAloneForNotAnsweringMayBeTheNetworksFaultToo()
    {
        int port;
        await using (var server = await LoopbackServer.StartAsync(_ => Task.CompletedTask)) port = server.Port;
        using var http = TestHttp.Create();
        var fetcher = new FeedFetcher(http, TimeProvider.System);
        for (var looks = 0; looks < 20; looks++)
        {
            var failed = Assert.IsType<FetchOutcome.Failed>(
                await fetcher.FetchAsync(new FetchRequest(new Uri($"http://127.0.0.1:{port}/{looks}")), CancellationToken.None));
            Assert.True(failed.IsNetwork, failed.Message);
            if (failed.Fault == FeedFault.CircuitOpen) return;
        }

        Assert.Fail("The host was never left alone.");
    }

    [Fact]
    public void AWholeFetchIsDueOnceADay()
    {
        var now = DateTimeOffset.UnixEpoch;
        Assert.True(FeedFetcher.IsWholeFetchDue(null, now));
        Assert.False(FeedFetcher.IsWholeFetchDue(now, now.AddHours(23)));
        Assert.True(FeedFetcher.IsWholeFetchDue(now, now.AddHours(24)));
    }
}
