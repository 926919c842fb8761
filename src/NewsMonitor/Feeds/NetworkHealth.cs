namespace NewsMonitor.Feeds;

/// <summary>Whose fault it is that no answer came.</summary>
public enum NetworkVerdict
{
    /// <summary>The feed's: others were reached meanwhile, or an answer did come.</summary>
    Feed,

    /// <summary>Not known yet: look again soon and count nothing.</summary>
    Doubt,

    /// <summary>The service's own: most hosts fail at once. Nothing is counted.</summary>
    Down,
}

/// <summary>
/// Tells an outage of a host from an outage of the service's own network. A first unanswered request is only doubt; a second look a
/// minute later decides it by what happened to other hosts in between.
/// </summary>
public sealed class NetworkHealth(TimeProvider time)
{
    static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);
    const int MostDoubts = 3;
    const int FewestHosts = 5;

    readonly Lock _lock = new();
    readonly Dictionary<string, DateTimeOffset> _reached = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, DateTimeOffset> _failed = new(StringComparer.OrdinalIgnoreCase);
    DateTimeOffset _swept;

    /// <summary>More hosts fail than answer, at least five of them, judged by the last outcome of each in the last minutes.</summary>
    public bool IsDown
    {
        get
        {
            lock (_lock)
            {
                var since = time.GetUtcNow() - Memory;
                var failing = _failed.Count(f => f.Value > since);
                return failing >= FewestHosts && _reached.Count(r => r.Value > LastFailure() - TimeSpan.FromSeconds(30)) < failing;
            }
        }
    }

    public void Reached(string host)
    {
        lock (_lock)
        {
            _reached[host] = time.GetUtcNow();
            _failed.Remove(host);
        }
    }

    /// <param name="host">Where no answer came from.</param>
    /// <param name="doubtSince">Since when this feed is in doubt; null at the first time.</param>
    /// <param name="doubts">How often it has been doubted since.</param>
    public NetworkVerdict Unanswered(string host, DateTimeOffset? doubtSince, int doubts)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            Sweep(now);
            _failed[host] = now;
            if (doubtSince is not { } since) return NetworkVerdict.Doubt;
            var reached = _reached.Count(r => r.Value > since && !r.Key.Equals(host, StringComparison.OrdinalIgnoreCase));
            var failing = _failed.Count(f => f.Value >= since);
            if (failing >= FewestHosts && failing > reached) return NetworkVerdict.Down;
            return reached > 0 || doubts >= MostDoubts ? NetworkVerdict.Feed : NetworkVerdict.Doubt;
        }
    }

    DateTimeOffset LastFailure() => _failed.Count == 0 ? default : _failed.Values.Max();

    void Sweep(DateTimeOffset now)
    {
        if (now - _swept < TimeSpan.FromMinutes(1)) return;
        _swept = now;
        foreach (var (host, at) in _failed) if (now - at > Memory * 12) _failed.Remove(host);
        foreach (var (host, at) in _reached) if (now - at > Memory * 12) _reached.Remove(host);
    }
}
