using NewsMonitor.Feeds;
using NewsMonitor.Outbound;
using NewsMonitor.Tests.Outbound;

namespace NewsMonitor.Tests.Feeds;

public class HostGateTests
{
    static readonly CancellationToken Token = CancellationToken.None;

    [Fact]
    public async Task NoMoreThanTwoAreInsideAtOnceAndOtherHostsDoNotWait()
    {
        var gate = new HostGate(2, TimeSpan.Zero, TimeProvider.System);
        var (first, second) = (await gate.EnterAsync("a", Token), await gate.EnterAsync("a", Token));
        var third = gate.EnterAsync("a", Token).AsTask();
        using (await gate.EnterAsync("b", Token)) Assert.False(third.IsCompleted);
        Assert.Equal(3, gate.Load("a"));
        first.Dispose();
        first.Dispose();
        (await third).Dispose();
        second.Dispose();
        Assert.Equal(0, gate.Load("a"));
    }

    [Fact]
    public async Task StartsAreSpacedAlsoWhenTheHostWasLeftMeanwhile()
    {
        var gate = new HostGate(2, TimeSpan.FromMilliseconds(300), TimeProvider.System);
        var started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 3; i++) (await gate.EnterAsync("a", Token)).Dispose();
        Assert.True(TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(590));
    }

    [Fact]
    public async Task WhoGivesUpWaitingTakesNoTurn()
    {
        var gate = new HostGate(1, TimeSpan.Zero, TimeProvider.System);
        var inside = await gate.EnterAsync("a", Token);
        using var stop = new CancellationTokenSource();
        var waiting = gate.EnterAsync("a", stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        inside.Dispose();
        (await gate.EnterAsync("a", Token)).Dispose();
        Assert.Equal(0, gate.Load("a"));
    }

    [Fact]
    public void APauseEndsByItself()
    {
        var time = new ManualTime();
        var gate = new HostGate(2, TimeSpan.Zero, time);
        gate.Pause("a", TimeSpan.FromMinutes(10));
        Assert.Equal(time.GetUtcNow().AddMinutes(10), gate.PausedUntil("a"));
        Assert.Null(gate.PausedUntil("b"));
        time.Advance(TimeSpan.FromMinutes(11));
        Assert.Null(gate.PausedUntil("a"));
    }

    [Fact]
    public async Task NamesOfOneAddressAreOneHost()
    {
        using var http = TestHttp.Create();
        var one = await HostKey.OfAsync(http, new Uri("http://www.news.example/"), false, Token);
        Assert.Equal(one, await HostKey.OfAsync(http, new Uri("http://feeds.example/"), false, Token));
        Assert.Equal("news.example", await HostKey.OfAsync(http, new Uri("http://news.example/"), true, Token));
        using var nowhere = TestHttp.Create(TestHttp.Options(""));
        Assert.Equal("news.example", await HostKey.OfAsync(nowhere, new Uri("http://news.example/"), false, Token));
        Assert.Equal(OutboundFailure.Refused, (await Assert.ThrowsAsync<OutboundException>(
            () => nowhere.SendAsync(new OutboundRequest(new Uri("http://news.example/")) { Retry = false }, Token))).Failure);
    }
}
