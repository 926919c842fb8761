using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using NewsMonitor.Outbound;

namespace NewsMonitor.Tests.Outbound;

public class OutboundHttpTests
{
    static readonly CancellationToken Token = CancellationToken.None;

    static async Task<OutboundFailure> FailureAsync(OutboundHttp http, Uri uri) =>
        (await Assert.ThrowsAsync<OutboundException>(() => http.SendAsync(new OutboundRequest(uri) { Retry = false }, Token))).Failure;

    static byte[] Compress(string encoding, byte[] plain)
    {
        using var buffer = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "gzip" => new GZipStream(buffer, CompressionLevel.Optimal, leaveOpen: true),
            "br" => new BrotliStream(buffer, CompressionLevel.Optimal, leaveOpen: true),
            "zlib" => new ZLibStream(buffer, CompressionLevel.Optimal, leaveOpen: true),
            _ => new DeflateStream(buffer, CompressionLevel.Optimal, leaveOpen: true),
        }) stream.Write(plain);
        return buffer.ToArray();
    }

    static RequestDelegate Encoded(string header, byte[] body) => async context =>
    {
        context.Response.Headers.ContentEncoding = header;
        await context.Response.Body.WriteAsync(body);
    };

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("x-gzip", "gzip")]
    [InlineData("br", "br")]
    [InlineData("deflate", "zlib")]
    [InlineData("deflate", "raw")]
    public async Task CompressedBodiesArriveAsTheyWere(string header, string how)
    {
        var plain = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<item>خبر عاجل</item>", 500)));
        await using var server = await LoopbackServer.StartAsync(Encoded(header, Compress(how, plain)));
        using var http = TestHttp.Create();
        var response = await http.SendAsync(new OutboundRequest(server.At("/")), Token);
        Assert.Equal(plain, response.Body);
    }

    [Fact]
    public async Task AHeaderBeyondAsciiGoesBackAsItCame()
    {
        var heard = "";
        await using var server = new RawServer(async (stream, stop) =>
        {
            heard = await RawServer.ReadHeadAsync(stream, stop);
            await RawServer.SayAsync(stream, "HTTP/1.1 200 OK\r\nETag: \"caf\u00e9\"\r\nContent-Length: 0\r\n\r\n", stop);
        });
        using var http = TestHttp.Create();
        var tag = (await http.SendAsync(new OutboundRequest(server.Address), Token)).Header("ETag")!;
        await http.SendAsync(new OutboundRequest(server.Address) { Headers = [new("If-None-Match", tag)] }, Token);
        Assert.Contains("If-None-Match: \"caf\u00e9\"\r\n", heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAddressThatSwallowsEverythingDoesNotKeepFromTheNext()
    {
        // A listener with a full queue answers no SYN, as a firewall that drops packets does.
        await using var server = await LoopbackServer.StartAsync(c => c.Response.WriteAsync("here"));
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.77"), server.Port));
        full.Listen(0);
        var queued = Enumerable.Range(0, 4).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)).ToList();
        foreach (var socket in queued) _ = socket.ConnectAsync(full.LocalEndPoint!);
        using var http = TestHttp.Create(resolver: (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("127.0.0.77"), IPAddress.Loopback]));
        var response = await http.SendAsync(new OutboundRequest(server.At("two.example", "/")) { Retry = false }, Token);
        Assert.Equal("here"u8.ToArray(), response.Body);
        queued.ForEach(s => s.Dispose());
    }

    [Fact]
    public async Task EncodingsCanBeStacked()
    {
        var plain = "twice wrapped"u8.ToArray();
        await using var server = await LoopbackServer.StartAsync(Encoded("gzip, br", Compress("br", Compress("gzip", plain))));
        using var http = TestHttp.Create();
        Assert.Equal(plain, (await http.SendAsync(new OutboundRequest(server.At("/")), Token)).Body);
    }

    [Fact]
    public async Task ABodyThatIsPlainDespiteItsGzipHeaderIsTakenAsItIs()
    {
        await using var server = await LoopbackServer.StartAsync(Encoded("gzip", "<rss/>"u8.ToArray()));
        using var http = TestHttp.Create();
        Assert.Equal("<rss/>"u8.ToArray(), (await http.SendAsync(new OutboundRequest(server.At("/")), Token)).Body);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("zlib")]
    public async Task ADecompressionBombEndsAtTheBound(string how)
    {
        var bomb = Compress(how, new byte[200 * 1024 * 1024]);
        await using var server = await LoopbackServer.StartAsync(Encoded(how == "zlib" ? "deflate" : how, bomb));
        using var http = TestHttp.Create();
        Assert.True(bomb.Length < 1024 * 1024);
        var before = GC.GetTotalAllocatedBytes();
        Assert.Equal(OutboundFailure.TooLarge, await FailureAsync(http, server.At("/")));
        Assert.True(GC.GetTotalAllocatedBytes() - before < 50 * 1024 * 1024);
    }

    [Theory]
    [InlineData("br", "this is not brotli at all, whatever the header says")]
    [InlineData("gzip", "\u001f\u008bthis is not gzip beyond its first two bytes")]
    [InlineData("gzip, gzip", "\u001f\u008bthis is not gzip beyond its first two bytes")]
    [InlineData("gzip, br", "this is not brotli at all, whatever the header says")]
    [InlineData("zstd", "unknown")]
    [InlineData("gzip, gzip, gzip, gzip", "too deep")]
    public async Task ABodyThatIsNotWhatItsHeaderPromisesIsAFault(string header, string body)
    {
        await using var server = await LoopbackServer.StartAsync(Encoded(header, Encoding.Latin1.GetBytes(body)));
        using var http = TestHttp.Create();
        Assert.Equal(OutboundFailure.Encoding, await FailureAsync(http, server.At("/")));
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("br", "br")]
    [InlineData("deflate", "zlib")]
    [InlineData("deflate", "raw")]
    public async Task OfACompressedBodyThatBreaksOffItIsSaidThatThereWasMore(string header, string how)
    {
        var noise = new byte[20_000];
        new Random(7).NextBytes(noise);
        var plain = Encoding.UTF8.GetBytes(Convert.ToHexString(noise));
        var whole = Compress(how, plain);
        using var http = TestHttp.Create();
        foreach (var kept in new[] { whole.Length, whole.Length - 1, whole.Length / 2 })
        {
            await using var server = await LoopbackServer.StartAsync(Encoded(header, whole[..kept]));
            var answer = await http.SendAsync(new OutboundRequest(server.At("/")), Token);
            Assert.Equal((kept, kept < whole.Length), (kept, answer.MayHaveBrokenOff));
            Assert.True(plain.AsSpan().StartsWith(answer.Body));
            Assert.InRange(answer.Body.Length, kept < whole.Length - 1 ? 1 : plain.Length - 1, plain.Length);
        }

        await using var empty = await LoopbackServer.StartAsync(Encoded(header, []));
        Assert.False((await http.SendAsync(new OutboundRequest(empty.At("/")), Token)).MayHaveBrokenOff);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("UTF-8")]
    [InlineData("8bit, gzip")]
    public async Task AnEncodingThatIsNoCompressionIsNoReasonToRefuseABody(string header)
    {
        var plain = "<rss/>"u8.ToArray();
        await using var server = await LoopbackServer.StartAsync(Encoded(header, header.EndsWith("gzip", StringComparison.Ordinal)
            ? Compress("gzip", plain) : plain));
        using var http = TestHttp.Create();
        Assert.Equal(plain, (await http.SendAsync(new OutboundRequest(server.At("/")), Token)).Body);
    }

    [Fact]
    public async Task AnEndlessBodyEndsAtTheBound()
    {
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            var chunk = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
        });
        using var http = TestHttp.Create();
        Assert.Equal(OutboundFailure.TooLarge, await FailureAsync(http, server.At("/")));
    }

    [Fact]
    public async Task ASenderOfAByteASecondIsLeft()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await RawServer.ReadHeadAsync(stream, token);
            await RawServer.SayAsync(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n", token);
            while (true)
            {
                await RawServer.SayAsync(stream, "x", token);
                await Task.Delay(1000, token);
            }
        });
        using var http = TestHttp.Create();
        Assert.Equal(OutboundFailure.TooSlow, await FailureAsync(http, server.Address));
    }

    [Fact]
    public async Task AServerThatTricklesItsHeadersIsLeft()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await RawServer.ReadHeadAsync(stream, token);
            await RawServer.SayAsync(stream, "HTTP/1.1 200 OK\r\n", token);
            for (var i = 0; ; i++)
            {
                await RawServer.SayAsync(stream, $"X-{i}: y\r\n", token);
                await Task.Delay(200, token);
            }
        });
        var options = TestHttp.Options();
        options.HeadersTimeout = 1;
        using var http = TestHttp.Create(options);
        Assert.Equal(OutboundFailure.Timeout, await FailureAsync(http, server.Address));
    }

    [Fact]
    public async Task AServerThatNeverAnswersIsLeft()
    {
        await using var server = new RawServer((_, token) => Task.Delay(Timeout.Infinite, token));
        var options = TestHttp.Options();
        options.HeadersTimeout = 1;
        using var http = TestHttp.Create(options);
        Assert.Equal(OutboundFailure.Timeout, await FailureAsync(http, server.Address));
    }

    [Fact]
    public async Task AWholeExchangeHasAnEnd()
    {
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            var chunk = new byte[1024];
            while (true)
            {
                await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(50, context.RequestAborted);
            }
        });
        var options = TestHttp.Options();
        options.TotalTimeout = 1;
        using var http = TestHttp.Create(options);
        Assert.Equal(OutboundFailure.Timeout, await FailureAsync(http, server.At("/")));
    }

    [Theory]
    [InlineData(1, 100_000)]
    [InlineData(5_000, 20)]
    public async Task AFloodOfHeadersEndsAtTheBound(int count, int length)
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await RawServer.ReadHeadAsync(stream, token);
            var flood = new StringBuilder("HTTP/1.1 200 OK\r\n");
            for (var i = 0; i < count; i++) flood.Append($"X-{i}: ").Append('y', length).Append("\r\n");
            await RawServer.SayAsync(stream, flood + "\r\n", token);
        });
        using var http = TestHttp.Create();
        Assert.Equal(OutboundFailure.HeadersTooLarge, await FailureAsync(http, server.Address));
    }

    [Fact]
    public async Task AnEndlessRowOfHeadersEndsAtTheBound()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await RawServer.ReadHeadAsync(stream, token);
            await RawServer.SayAsync(stream, "HTTP/1.1 200 OK\r\n", token);
            while (true) await RawServer.SayAsync(stream, "Set-Cookie: a=b\r\n", token);
        });
        using var http = TestHttp.Create();
        Assert.Equal(OutboundFailure.HeadersTooLarge, await FailureAsync(http, server.Address));
    }

    [Fact]
    public async Task WhatIsNoHttpIsSaidSo()
    {
        await using var server = new RawServer((stream, token) => RawServer.SayAsync(stream, "220 smtp.example ESMTP ready\r\n", token));
        using var http = TestHttp.Create();
        Assert.Equal(OutboundFailure.Protocol, await FailureAsync(http, server.Address));
    }

    [Fact]
    public async Task AnErrorPageIsCutNotRefused()
    {
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            context.Response.StatusCode = 500;
            await context.Response.Body.WriteAsync(new byte[100_000]);
        });
        using var http = TestHttp.Create();
        var response = await http.SendAsync(new OutboundRequest(server.At("/")), Token);
        Assert.Equal(HttpStatusCode.InternalServerError, response.Status);
        Assert.Equal(16 * 1024, response.Body.Length);
    }

    [Fact]
    public async Task ARedirectIsAnAnswerNotAJourney()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        });
        using var http = TestHttp.Create();
        Assert.Equal(HttpStatusCode.Found, (await http.SendAsync(new OutboundRequest(server.At("/")), Token)).Status);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task OwnHeadersAndBodyAreSentAndNothingOfTheMachine()
    {
        var seen = new TaskCompletionSource<(IHeaderDictionary Headers, string Body)>();
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            seen.SetResult((new HeaderDictionary(context.Request.Headers.ToDictionary()), await reader.ReadToEndAsync()));
        });
        using var http = TestHttp.Create();
        await http.SendAsync(new OutboundRequest(new Uri($"http://user:p%40ss@127.0.0.1:{server.Port}/"))
        {
            Method = HttpMethod.Post,
            Headers = [new("webhook-id", "m1"), new("User-Agent", "Own/2")],
            Body = "{}"u8.ToArray(),
            ContentType = "application/json",
        }, Token);
        var (headers, body) = await seen.Task;
        Assert.Equal("{}", body);
        Assert.Equal("m1", headers["webhook-id"]);
        Assert.Equal("Own/2", headers.UserAgent);
        Assert.Equal("application/json", headers.ContentType);
        Assert.Equal("Basic " + Convert.ToBase64String("user:p@ss"u8), headers.Authorization);
        Assert.False(headers.ContainsKey("traceparent"));
    }
}
