using System.Collections.Concurrent;

namespace NewsMonitor.Feeds;

/// <summary>
/// Politeness towards hosts: so many requests at once, so much time between two starts, and none while a host asked to be left alone.
/// Waiting here costs a task and nothing else, so one slow host never holds up another.
/// </summary>
public sealed class HostGate(int atOnce, TimeSpan spacing, TimeProvider time)
{
    readonly ConcurrentDictionary<string, DateTimeOffset> _pauses = new(StringComparer.Ordinal);
    readonly Dictionary<string, Host> _hosts = new(StringComparer.Ordinal);

    /// <summary>How many requests to this host are under way or waiting.</summary>
    public int Load(string host)
    {
        lock (_hosts) return _hosts.TryGetValue(host, out var known) ? known.Users : 0;
    }

    public void Pause(string host, TimeSpan wait) => _pauses[host] = time.GetUtcNow() + wait;

    public DateTimeOffset? PausedUntil(string host)
    {
        if (!_pauses.TryGetValue(host, out var until)) return null;
        if (until > time.GetUtcNow()) return until;
        _pauses.TryRemove(new(host, until));
        return null;
    }

    /// <summary>Waits for this host's turn; disposing the result gives it back.</summary>
    public async ValueTask<IDisposable> EnterAsync(string key, CancellationToken cancellationToken)
    {
        Host host;
        lock (_hosts)
        {
            if (!_hosts.TryGetValue(key, out host!)) _hosts[key] = host = new Host(new SemaphoreSlim(atOnce));
            host.Users++;
        }
        try
        {
            await host.Slots.WaitAsync(cancellationToken);
        }
        catch
        {
            Leave(key, host);
            throw;
        }
        var turn = new Turn(this, key, host);
        try
        {
            var wait = host.Take(time, spacing);
            if (wait > TimeSpan.Zero) await Task.Delay(wait, time, cancellationToken);
            return turn;
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    void Leave(string key, Host host)
    {
        lock (_hosts)
        {
            host.Users--;
            // Kept until its spacing is over, or the next request would not know of this one.
            if (host.Users == 0 && host.IsRested(time, spacing)) _hosts.Remove(key);
            if (_hosts.Count > 20_000)
                foreach (var (name, idle) in _hosts)
                    if (idle.Users == 0 && idle.IsRested(time, spacing)) _hosts.Remove(name);
        }
    }

    sealed class Turn(HostGate gate, string key, Host host) : IDisposable
    {
        int _given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _given, 1) == 1) return;
            host.Slots.Release();
            gate.Leave(key, host);
        }
    }

    sealed class Host(SemaphoreSlim slots)
    {
        readonly Lock _lock = new();
        long? _lastStart;

        public SemaphoreSlim Slots => slots;
        public int Users { get; set; }

        public bool IsRested(TimeProvider time, TimeSpan spacing) => _lastStart is null || time.GetElapsedTime(_lastStart.Value) >= spacing;

        /// <summary>Takes the next start and says how long it is until then.</summary>
        public TimeSpan Take(TimeProvider time, TimeSpan spacing)
        {
            lock (_lock)
            {
                var now = time.GetTimestamp();
                var step = (long)(spacing.TotalSeconds * time.TimestampFrequency);
                var start = _lastStart is { } last ? Math.Max(now, last + step) : now;
                _lastStart = start;
                return time.GetElapsedTime(now, start);
            }
        }
    }
}
