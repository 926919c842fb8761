using System.Net;
using Microsoft.AspNetCore.Http;
using NewsMonitor.Outbound;

namespace NewsMonitor.Tests.Outbound;

public class OutboundGuardTests
{
    static readonly CancellationToken Token = CancellationToken.None;

    static async Task<OutboundException> ThrowsAsync(OutboundHttp http, Uri uri) =>
        await Assert.ThrowsAsync<OutboundException>(() => http.FollowAsync(new OutboundRequest(uri) { Retry = false }, Token));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    public async Task ANameThatResolvesInsideIsRefusedAtConnectTime(string address)
    {
        await using var server = await LoopbackServer.StartAsync(context => context.Response.WriteAsync("secret"));
        using var http = TestHttp.Create(TestHttp.Options(""), (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(address)]));
        Assert.Equal(OutboundFailure.Refused, (await ThrowsAsync(http, server.At("innocent.example", "/"))).Failure);
        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public async Task OneInnerAddressAmongPublicOnesRefusesTheName()
    {
        using var http = TestHttp.Create(TestHttp.Options(""),
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("192.0.66.2"), IPAddress.Parse("10.0.0.1")]));
        Assert.Equal(OutboundFailure.Refused, (await ThrowsAsync(http, new Uri("http://mixed.example/"))).Failure);
    }

    [Fact]
    public async Task ADnsAnswerThatChangesIsJudgedAnew()
    {
        await using var inside = await LoopbackServer.StartAsync(context => context.Response.WriteAsync("secret"));
        var time = new ManualTime();
        var answers = new Queue<string>(["127.0.0.2", "127.0.0.3"]);
        var options = TestHttp.Options("127.0.0.2");
        using var http = TestHttp.Create(options, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(answers.Dequeue())]), time);
        Assert.Equal(OutboundFailure.Connection, (await ThrowsAsync(http, inside.At("rebind.example", "/"))).Failure);
        time.Advance(DnsCache.Lifetime + TimeSpan.FromSeconds(1));
        Assert.Equal(OutboundFailure.Refused, (await ThrowsAsync(http, inside.At("rebind.example", "/"))).Failure);
        Assert.Equal(0, inside.Requests);
    }

    [Theory]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://localhost:1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://[::1]/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1/")]
    [InlineData("//inside.example/")]
    public async Task ARedirectInsideIsRefused(string target)
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = target;
            return Task.CompletedTask;
        });
        using var http = TestHttp.Create(TestHttp.Options($"start.example:{server.Port}"));
        Assert.Equal(OutboundFailure.Refused, (await ThrowsAsync(http, server.At("start.example", "/"))).Failure);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task RedirectsAreBoundedAndACircleEnds()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.Redirect(context.Request.Path == "/a" ? "/b" : "/a");
            return Task.CompletedTask;
        });
        using var http = TestHttp.Create();
        Assert.Equal(OutboundFailure.Redirect, (await ThrowsAsync(http, server.At("/a"))).Failure);
        Assert.Equal(6, server.Requests);
    }

    [Theory]
    [InlineData("301 308", true)]
    [InlineData("301 302", true)]
    [InlineData("302 301", false)]
    [InlineData("307", false)]
    public async Task OnlyPermanentStepsFromTheStartOnArePermanent(string statuses, bool permanent)
    {
        var steps = statuses.Split(' ').Select(int.Parse).ToArray();
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            var step = int.Parse(context.Request.Path.Value![1..], System.Globalization.CultureInfo.InvariantCulture);
            if (step < steps.Length)
            {
                context.Response.StatusCode = steps[step];
                context.Response.Headers.Location = $"/{step + 1}";
            }
            return Task.CompletedTask;
        });
        using var http = TestHttp.Create();
        var followed = await http.FollowAsync(new OutboundRequest(server.At("/0")), Token);
        Assert.Equal($"/{steps.Length}", followed.Response.Uri.AbsolutePath);
        var leading = steps.TakeWhile(s => s is 301 or 308).Count();
        Assert.Equal(permanent ? $"/{leading}" : null, followed.PermanentUri?.AbsolutePath);
    }

    [Fact]
    public async Task AKeyStaysWithTheOriginItWasGivenFor()
    {
        string? atOther = null;
        await using var other = await LoopbackServer.StartAsync(context =>
        {
            atOther = string.Join(' ', context.Request.Headers.Select(h => h.Key));
            return Task.CompletedTask;
        });
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.Redirect(other.At("/").AbsoluteUri);
            return Task.CompletedTask;
        });
        using var http = TestHttp.Create();
        await http.FollowAsync(new OutboundRequest(server.At("/"))
        {
            Headers = [new("Authorization", "Bearer secret"), new("X-Api-Key", "secret"), new("Accept", "text/xml")],
        }, Token);
        Assert.Contains("Accept", atOther, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", atOther, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Api-Key", atOther, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHostThatOnlyFailsIsLeftAloneForAWhile()
    {
        var time = new ManualTime();
        await using var server = new RawServer((_, _) => Task.CompletedTask);
        using var http = TestHttp.Create(time: time);
        for (var i = 0; i < 5; i++) Assert.Equal(OutboundFailure.Connection, (await ThrowsAsync(http, server.Address)).Failure);
        var connections = server.Connections;
        Assert.Equal(OutboundFailure.CircuitOpen, (await ThrowsAsync(http, server.Address)).Failure);
        Assert.Equal(connections, server.Connections);
        time.Advance(OutboundPipelines.BreakDuration + TimeSpan.FromSeconds(1));
        Assert.Equal(OutboundFailure.Connection, (await ThrowsAsync(http, server.Address)).Failure);
    }

    [Fact]
    public async Task WhatIsTransientIsTriedOnceMore()
    {
        var calls = 0;
        await using var server = new RawServer(async (stream, token) =>
        {
            if (Interlocked.Increment(ref calls) == 1) return;
            await RawServer.ReadHeadAsync(stream, token);
            await RawServer.SayAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok", token);
        });
        using var http = TestHttp.Create();
        Assert.Equal("ok"u8.ToArray(), (await http.SendAsync(new OutboundRequest(server.Address), Token)).Body);
    }
}
