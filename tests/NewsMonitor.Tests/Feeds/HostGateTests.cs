using NewsMonitor.Feeds;
using NewsMonitor.Outbound;
using NewsMonitor.Tests.Outbound;

namespace NewsMonitor.Tests.Feeds;

public class HostGateTests
{
    static readonly CancellationToken Token = CancellationToken.None;

    static async Task<IDisposable> EnterAsync(HostGate gate, string host, CancellationToken? stop = null) =>
        (await gate.EnterAsync(host, TimeSpan.FromMinutes(1), stop ?? Token)).Turn ?? throw new InvalidOperationException("sent away");

    [Fact]
    public async Task NoMoreThanTwoAreInsideAtOnceAndOtherHostsDoNotWait()
    {
        using var gate = new HostGate(2, TimeSpan.Zero, TimeProvider.System);
        var (first, second) = (await EnterAsync(gate, "a"), await EnterAsync(gate, "a"));
        var third = EnterAsync(gate, "a");
        using (await EnterAsync(gate, "b")) Assert.False(third.IsCompleted);
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
        using var gate = new HostGate(2, TimeSpan.FromMilliseconds(300), TimeProvider.System);
        var started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 3; i++) (await EnterAsync(gate, "a")).Dispose();
        Assert.True(TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(590));
    }

    [Fact]
    public async Task TwoThatWaitForPlacesWhichFallFreeTogetherDoNotStartTogether()
    {
        using var gate = new HostGate(2, TimeSpan.FromMilliseconds(300), TimeProvider.System);
        var (first, second) = (await EnterAsync(gate, "a"), await EnterAsync(gate, "a"));
        var (third, fourth) = (EnterAsync(gate, "a"), EnterAsync(gate, "a"));
        await Task.Delay(900);
        var started = TimeProvider.System.GetTimestamp();
        first.Dispose();
        second.Dispose();
        (await third).Dispose();
        (await fourth).Dispose();
        Assert.True(TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(290));
    }

    [Fact]
    public async Task WhoWouldWaitLongIsToldWhenToComeBackEachAtAnotherTime()
    {
        var time = new ManualTime();
        using var gate = new HostGate(2, TimeSpan.FromSeconds(1), time);
        using var inside = await EnterAsync(gate, "a");
        var patient = Enumerable.Range(0, 3).Select(_ => gate.EnterAsync("a", HostGate.ShortWait, Token).AsTask()).ToList();
        var sentAway = new List<TimeSpan>();
        for (var i = 0; i < 10; i++)
        {
            var (turn, later) = await gate.EnterAsync("a", HostGate.ShortWait, Token);
            Assert.Null(turn);
            sentAway.Add(later - time.GetUtcNow());
        }
        Assert.Equal(Enumerable.Range(4, 10).Select(s => TimeSpan.FromSeconds(s)), sentAway);
        using (await EnterAsync(gate, "b")) Assert.Equal(4, gate.Load("a"));
    }

    [Fact]
    public async Task WhoGivesUpWaitingTakesNoTurn()
    {
        using var gate = new HostGate(1, TimeSpan.Zero, TimeProvider.System);
        var inside = await EnterAsync(gate, "a");
        using var stop = new CancellationTokenSource();
        var waiting = EnterAsync(gate, "a", stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        inside.Dispose();
        (await EnterAsync(gate, "a")).Dispose();
        Assert.Equal(0, gate.Load("a"));
    }

    [Fact]
    public async Task APauseEndsByItself()
    {
        var time = new ManualTime();
        using var gate = new HostGate(2, TimeSpan.Zero, time);
        await gate.PauseAsync("a", TimeSpan.FromMinutes(10));
        var (turn, later) = await gate.EnterAsync("a", HostGate.ShortWait, Token);
        Assert.Equal((null, time.GetUtcNow().AddMinutes(10)), (turn, later));
        (await EnterAsync(gate, "b")).Dispose();
        time.Advance(TimeSpan.FromMinutes(11));
        (await EnterAsync(gate, "a")).Dispose();
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
