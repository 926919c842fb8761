using NewsMonitor.Feeds;
using NewsMonitor.Tests.Outbound;

namespace NewsMonitor.Tests.Feeds;

public class NetworkHealthTests
{
    readonly ManualTime _time = new();
    readonly NetworkHealth _network;

    public NetworkHealthTests() => _network = new NetworkHealth(_time);

    [Fact]
    public void AFirstUnansweredRequestIsOnlyDoubt() => Assert.Equal(NetworkVerdict.Doubt, _network.Unanswered("a", null, 0));

    [Fact]
    public void AHostIsDownWhenOthersAreReachedMeanwhile()
    {
        var since = _time.GetUtcNow();
        _network.Unanswered("a", null, 0);
        _time.Advance(TimeSpan.FromSeconds(30));
        _network.Reached("b");
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(NetworkVerdict.Feed, _network.Unanswered("a", since, 1));
        Assert.False(_network.IsDown);
    }

    [Fact]
    public void WhenMostHostsFailAtOnceTheNetworkIsDownForAsLongAsItLasts()
    {
        for (var i = 0; i < 20; i++) _network.Reached($"host{i}");
        _time.Advance(TimeSpan.FromMinutes(1));
        var since = _time.GetUtcNow();
        for (var i = 0; i < 20; i++) Assert.Equal(NetworkVerdict.Doubt, _network.Unanswered($"host{i}", null, 0));
        for (var minute = 1; minute < 100; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            for (var i = 0; i < 20; i++) Assert.NotEqual(NetworkVerdict.Feed, _network.Unanswered($"host{i}", since, minute));
            Assert.True(_network.IsDown);
        }
        for (var i = 0; i < 19; i++) _network.Reached($"host{i}");
        Assert.False(_network.IsDown);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(NetworkVerdict.Feed, _network.Unanswered("host19", since, 100));
    }

    [Fact]
    public void AnOutageThatSparesAFewHostsIsAnOutage()
    {
        var since = _time.GetUtcNow();
        for (var i = 0; i < 20; i++) _network.Unanswered($"host{i}", null, 0);
        _time.Advance(TimeSpan.FromMinutes(1));
        _network.Reached("inside1");
        _network.Reached("inside2");
        Assert.Equal(NetworkVerdict.Down, _network.Unanswered("host0", since, 1));
    }

    [Fact]
    public void ASingleFeedIsNotDoubtedForever()
    {
        var since = _time.GetUtcNow();
        _network.Unanswered("only", null, 0);
        Assert.Equal(NetworkVerdict.Doubt, _network.Unanswered("only", since, 1));
        Assert.Equal(NetworkVerdict.Doubt, _network.Unanswered("only", since, 2));
        Assert.Equal(NetworkVerdict.Feed, _network.Unanswered("only", since, 3));
    }
}
