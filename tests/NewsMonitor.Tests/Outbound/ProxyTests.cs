using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using NewsMonitor.Outbound;

namespace NewsMonitor.Tests.Outbound;

public class ProxyTests
{
    static readonly CancellationToken Token = CancellationToken.None;

    [Fact]
    public async Task AnHttpProxyIsAskedForTheWholeAddress()
    {
        string? asked = null;
        await using var proxy = new RawServer(async (stream, token) =>
        {
            asked = (await RawServer.ReadHeadAsync(stream, token)).Split("\r\n")[0];
            await RawServer.SayAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", token);
        });
        var options = TestHttp.Options("");
        options.Proxy = $"http://127.0.0.1:{proxy.Port}";
        using var http = TestHttp.Create(options, (_, _) => throw new SocketException((int)SocketError.HostNotFound));
        var response = await http.SendAsync(new OutboundRequest(new Uri("http://far.example/feed")), Token);
        Assert.Equal("ok"u8.ToArray(), response.Body);
        Assert.Equal("GET http://far.example/feed HTTP/1.1", asked);
    }

    [Fact]
    public async Task ASocksProxyCarriesTheRequestByName()
    {
        await using var server = await LoopbackServer.StartAsync(context => context.Response.WriteAsync("behind socks"));
        string? name = null;
        await using var proxy = new RawServer((stream, token) => SocksAsync(stream, server.Port, n => name = n, token));
        using var http = TestHttp.Create(TestHttp.Options($"socks.example:{proxy.Port},far.example"));
        var response = await http.SendAsync(
            new OutboundRequest(new Uri("http://far.example/feed")) { Proxy = new Uri($"socks5://socks.example:{proxy.Port}") }, Token);
        Assert.Equal("behind socks", Encoding.UTF8.GetString(response.Body));
        Assert.Equal("far.example", name);
    }

    [Fact]
    public async Task AFeedsOwnProxyMayNotBePrivateUnlessNamed()
    {
        await using var proxy = await LoopbackServer.StartAsync(_ => Task.CompletedTask);
        using var http = TestHttp.Create(TestHttp.Options("far.example"));
        var request = new OutboundRequest(new Uri("http://far.example/feed")) { Proxy = proxy.Address, Retry = false };
        Assert.Equal(OutboundFailure.Refused, (await Assert.ThrowsAsync<OutboundException>(() => http.SendAsync(request, Token))).Failure);
        Assert.Equal(0, proxy.Requests);
    }

    [Fact]
    public async Task WhatIsKnownToBePrivateIsRefusedThroughAProxyToo()
    {
        await using var proxy = await LoopbackServer.StartAsync(_ => Task.CompletedTask);
        var options = TestHttp.Options("");
        options.Proxy = proxy.Address.AbsoluteUri;
        using var http = TestHttp.Create(options);
        var request = new OutboundRequest(new Uri("http://inside.example/feed")) { Retry = false };
        Assert.Equal(OutboundFailure.Refused, (await Assert.ThrowsAsync<OutboundException>(() => http.SendAsync(request, Token))).Failure);
        Assert.Equal(0, proxy.Requests);
    }

    [Theory]
    [InlineData("ftp://proxy:21")]
    [InlineData("proxy:3128")]
    [InlineData("")]
    public void AProxyOfAnotherKindIsNamed(string text) => Assert.Throws<FormatException>(() => OutboundHttp.ProxyUri(text));

    // RFC 1928 without authentication, just enough to carry one connection.
    static async Task SocksAsync(Stream stream, int port, Action<string> name, CancellationToken token)
    {
        var greeting = new byte[2];
        await stream.ReadExactlyAsync(greeting, token);
        await stream.ReadExactlyAsync(new byte[greeting[1]], token);
        await stream.WriteAsync(new byte[] { 5, 0 }, token);
        var head = new byte[5];
        await stream.ReadExactlyAsync(head, token);
        var host = new byte[head[4]];
        await stream.ReadExactlyAsync(host, token);
        await stream.ReadExactlyAsync(new byte[2], token);
        name(Encoding.ASCII.GetString(host));
        await stream.WriteAsync(new byte[] { 5, 0, 0, 1, 127, 0, 0, 1, 0, 0 }, token);
        using var onward = new TcpClient();
        await onward.ConnectAsync(IPAddress.Loopback, port, token);
        await Task.WhenAny(stream.CopyToAsync(onward.GetStream(), token), onward.GetStream().CopyToAsync(stream, token));
    }
}
