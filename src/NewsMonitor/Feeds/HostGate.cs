namespace NewsMonitor.Feeds;

/// <param name="Turn">To be disposed of after the request; null where it is not this request's turn.</param>
/// <param name="Later">Then: when to ask again.</param>
public readonly record struct HostEntry(IDisposable? Turn, DateTimeOffset Later);

/// <summary>
/// Politeness towards hosts: so many requests at once, so much time between two starts, and none while a host asked to be left alone or
/// another worker looks after it. A short wait is waited here, where it costs a task and nothing else; who would wait longer is told when
/// to come back, so that a host with very many feeds never takes up the places of others.
/// </summary>
/// <param name="atOnce">Requests at once to one host.</param>
/// <param name="spacing">Time between two starts at one host.</param>
/// <param name="time">The clock.</param>
/// <param name="locks">What other workers share; null for a worker that is alone.</param>
public sealed class HostGate(int atOnce, TimeSpan spacing, TimeProvider time, HostLocks? locks = null) : IDisposable
{
    /// <summary>What a look at a feed waits for its host's turn.</summary>
    public static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(3);
    static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    readonly Lock _lock = new();
    readonly Dictionary<string, Host> _hosts = new(StringComparer.Ordinal);
    readonly Dictionary<string, DateTimeOffset> _pauses = new(StringComparer.Ordinal);
    ITimer? _sweeps;

    /// <summary>How many requests to this host are under way or waiting.</summary>
    public int Load(string host)
    {
        lock (_lock) return _hosts.TryGetValue(host, out var known) ? known.Users : 0;
    }

    /// <summary>Nobody asks this host for so long, in no worker.</summary>
    public async Task PauseAsync(string host, TimeSpan wait)
    {
        var until = time.GetUtcNow() + wait;
        lock (_lock) _pauses[host] = until;
        if (locks is not null) await locks.PauseAsync(host, until);
    }

    /// <summary>Waits for this host's turn, where it seems to come within <paramref name="patience"/>.</summary>
    public async ValueTask<HostEntry> EnterAsync(string key, TimeSpan patience, CancellationToken cancellationToken)
    {
        Turn turn;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_pauses.TryGetValue(key, out var pause) && pause > now) return new(null, pause);
            if (!_hosts.TryGetValue(key, out var host))
            {
                _hosts[key] = host = new Host(new SemaphoreSlim(atOnce), locks?.TakeAsync(key), now);
                _sweeps ??= time.CreateTimer(_ => Sweep(), null, Moment, Moment);
            }
            var start = (host.NextStart > now ? host.NextStart : now) + host.Waiting * spacing;
            // Behind slow answers the number of starts ahead says too little; who waits is bounded too.
            if (start - now > patience || host.Users >= atOnce + patience / Moment)
                return new(null, host.Promise(start > now + Moment ? start : now + Moment, spacing));
            host.Users++;
            host.Waiting++;
            turn = new Turn(this, host);
        }
        try
        {
            if (turn.Host.Lock is { } shared && await shared.WaitAsync(cancellationToken) is { IsMine: false } taken)
            {
                Forget(key, turn.Host);
                turn.Dispose();
                return new(null, taken.PausedUntil ?? time.GetUtcNow() + Moment * 2);
            }
            // The place first, the time after it: two that wait for places which fall free together must not start together.
            await turn.Host.Places.WaitAsync(cancellationToken);
            var wait = Start(turn);
            if (wait > TimeSpan.Zero) await Task.Delay(wait, time, cancellationToken);
            return new(turn, default);
        }
        catch
        {
            if (turn.Host.Lock is { IsFaulted: true }) Forget(key, turn.Host);
            turn.Dispose();
            throw;
        }
    }

    /// <summary>Takes the next start, and says how long it is until then.</summary>
    TimeSpan Start(Turn turn)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var start = turn.Host.NextStart > now ? turn.Host.NextStart : now;
            turn.Host.NextStart = start + spacing;
            turn.Host.Waiting--;
            turn.HasStart = true;
            return start - now;
        }
    }

    /// <summary>A host that this worker does not look after; the next request asks for it anew.</summary>
    void Forget(string key, Host host)
    {
        lock (_lock)
            if (_hosts.TryGetValue(key, out var known) && known == host) _hosts.Remove(key);
    }

    /// <summary>
    /// Lets go of hosts with nothing under way, but not before their spacing is over: the next request must know of the last.
    /// </summary>
    void Sweep()
    {
        List<string> rested;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            rested = [.. _hosts.Where(h => h.Value.IsRested(now)).Select(h => h.Key)];
            foreach (var host in rested) _hosts.Remove(host);
            foreach (var (host, until) in _pauses) if (until <= now) _pauses.Remove(host);
            if (_hosts.Count == 0)
            {
                _sweeps?.Dispose();
                _sweeps = null;
            }
        }
        if (rested.Count > 0 && locks is not null) _ = locks.ReleaseAsync(rested);
    }

    public void Dispose() => _sweeps?.Dispose();

    sealed class Turn(HostGate gate, Host host) : IDisposable
    {
        bool _given;

        public Host Host => host;

        /// <summary>Has a place and a start.</summary>
        public bool HasStart { get; set; }

        public void Dispose()
        {
            lock (gate._lock)
            {
                if (_given) return;
                _given = true;
                host.Users--;
                if (HasStart) host.Places.Release();
                else host.Waiting--;
            }
        }
    }

    sealed class Host(SemaphoreSlim places, Task<HostLock>? shared, DateTimeOffset now)
    {
        DateTimeOffset _promised = now;

        public SemaphoreSlim Places => places;
        public Task<HostLock>? Lock => shared;

        /// <summary>Waiting or under way.</summary>
        public int Users { get; set; }

        /// <summary>Those of them that have not taken a start.</summary>
        public int Waiting { get; set; }
        public DateTimeOffset NextStart { get; set; } = now;

        /// <summary>A start for somebody who is sent away; each gets another one.</summary>
        public DateTimeOffset Promise(DateTimeOffset earliest, TimeSpan spacing)
        {
            var at = _promised > earliest ? _promised : earliest;
            _promised = at + spacing;
            return at;
        }

        public bool IsRested(DateTimeOffset now) =>
            Users == 0 && NextStart <= now && _promised <= now && shared is not { IsCompleted: false };
    }
}
