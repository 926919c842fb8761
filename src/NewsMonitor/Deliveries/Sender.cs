using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Operations;
using NewsMonitor.Operations.Telemetry;

namespace NewsMonitor.Deliveries;

/// <summary>
/// Sends what the outbox owes: claims lanes, and runs each one on its own until nothing in it is due. A worker that dies leaves its claims
/// to run out, and what it was sending goes again under the same id.
/// </summary>
public sealed class Sender : IHostedService
{
    readonly IDbContextFactory<MonitorDbContext> _databases;
    readonly Outbox _outbox;
    readonly MessageMaker _messages;
    readonly Notices _notices;
    readonly Func<RecipientKind, IChannel> _channels;
    readonly Secrets _secrets;
    readonly DeliveryOptions _options;
    readonly TimeProvider _clock;
    readonly Random _random;
    readonly ILogger<Sender> _log;
    readonly Recorder _recorder;
    readonly string _worker;
    readonly ConcurrentDictionary<string, Task> _lanes = new(StringComparer.Ordinal);
    readonly CancellationTokenSource _stopping = new();
    readonly CancellationTokenSource _interrupt = new();
    readonly SemaphoreSlim _claiming = new(1);
    ITimer? _renewal;
    int _signals;
    bool _stopped;

    public Sender(
        IDbContextFactory<MonitorDbContext> databases, Outbox outbox, MessageMaker messages, Notices notices, Func<RecipientKind, IChannel> channels,
        Secrets secrets, DeliveryOptions options, TimeProvider clock, Random random, ILogger<Sender> log)
    {
        (_databases, _outbox, _messages, _notices, _channels) = (databases, outbox, messages, notices, channels);
        (_secrets, _options, _clock, _random, _log) = (secrets, options, clock, random, log);
        _worker = $"{Environment.MachineName}:{Environment.ProcessId}:{random.NextInt64().ToString("x", CultureInfo.InvariantCulture)}";
        _recorder = new Recorder(outbox, _worker, clock, log);
    }

    /// <summary>Lanes that are being served here.</summary>
    public int Active => _lanes.Count;

    /// <summary>Takes up every lane in which something is due, and returns while they run. Call it whenever there may be work.</summary>
    public async Task<bool> SendDueAsync(CancellationToken stop)
    {
        Interlocked.Increment(ref _signals);
        await ClaimAsync(stop);
        return false;
    }

    /// <summary>Waits until no lane runs here any more.</summary>
    internal async Task IdleAsync()
    {
        while (_lanes.Values.ToArray() is { Length: > 0 } running)
        {
            await Task.WhenAll(running);
        }
    }

    async Task ClaimAsync(CancellationToken stop)
    {
        // Whoever finds another one claiming leaves it to that one, which looks again when a signal came while it looked.
        for (var seen = -1; !_stopping.IsCancellationRequested && seen != Volatile.Read(ref _signals) && await _claiming.WaitAsync(0, stop);)
        {
            try
            {
                seen = Volatile.Read(ref _signals);
                _renewal ??= _clock.CreateTimer(_ => _ = RenewAsync(), null, _options.Lease / 4, _options.Lease / 4);
                var free = _options.Lanes - _lanes.Count;
                foreach (var lane in free > 0 ? await _outbox.ClaimAsync(_worker, free, _options.Lease, _lanes.Keys, stop) : [])
                {
                    var begun = new TaskCompletionSource<Task>();
                    var running = Task.Run(async () => await RunAsync(lane, await begun.Task), CancellationToken.None);
                    _lanes[lane.RecipientId] = running;
                    begun.SetResult(running);
                }
            }
            finally
            {
                _claiming.Release();
            }
        }
    }

    /// <param name="running">The task that this is, by which the lane is known here.</param>
    async Task RunAsync(RecipientLane lane, Task running)
    {
        var seen = 0;
        try
        {
            while (!_stopping.IsCancellationRequested)
            {
                seen = Volatile.Read(ref _signals);
                if (!await RoundAsync(lane, seen))
                {
                    break;
                }
            }
            await _outbox.ReleaseAsync(_worker, lane.RecipientId, CancellationToken.None);
        }
        catch (OperationCanceledException) when (_interrupt.IsCancellationRequested)
        {
            _log.LogInformation("Stopped in the middle of a message to {Recipient}; it goes again under the same id", lane.RecipientId);
            await ReleaseQuietlyAsync(lane);
        }
        catch (Exception e)
        {
            // The claim runs out by itself, which is also the pause before the next try.
            _log.LogError(e, "The lane of {Recipient} broke off; it is taken up again", lane.RecipientId);
        }
        // Released, it may have been claimed again meanwhile: that run stays.
        _lanes.TryRemove(KeyValuePair.Create(lane.RecipientId, running));
        // What was owed after the last look and before the release would otherwise wait for the next tick.
        if (seen != Volatile.Read(ref _signals) && !_stopping.IsCancellationRequested)
        {
            await ClaimQuietlyAsync();
        }
    }

    /// <summary>Sends the next few messages of a lane. False when no more are due, or the lane must pause.</summary>
    /// <param name="seen">The signals that had come before the lane was looked at.</param>
    async Task<bool> RoundAsync(RecipientLane lane, int seen)
    {
        await using var db = await _databases.CreateDbContextAsync(_interrupt.Token);
        var due = await _outbox.DueAsync(db, lane.RecipientId, _interrupt.Token);
        if (due.Count == 0)
        {
            return false;
        }
        var recipient = await db.Set<Recipient>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == lane.RecipientId, _interrupt.Token);
        if (recipient is not { Enabled: true })
        {
            var why = recipient is null ? "the recipient was deleted" : $"the recipient is disabled: {recipient.DisabledReason ?? "by hand"}";
            await Task.WhenAll(due.Select(d => KeepAsync(lane, recipient, d, null, Verdict.Dead(null, why))));
            return true;
        }
        await _outbox.SealAsync(db, due, _interrupt.Token);
        var messages = await _messages.MakeAsync(db, recipient, due, _interrupt.Token);
        foreach (var delivery in due)
        {
            if (_stopping.IsCancellationRequested)
            {
                return false;
            }
            var message = messages[delivery.Id];
            var verdict = await AttemptAsync(recipient, delivery, message);
            var wasFailing = lane.Failures > 0;
            if (!await KeepAsync(lane, recipient, delivery, message, verdict))
            {
                return false;
            }
            if (wasFailing)
            {
                // What waited is due by now, and goes before the rest of what was read.
                return true;
            }
        }
        // A round that was not full has sent all there was: only a new signal is worth another look.
        return due.Count == Outbox.Batch || seen != Volatile.Read(ref _signals);
    }

    async Task<Verdict> AttemptAsync(Recipient recipient, Delivery delivery, Message message)
    {
        using var span = Measured.Traces.StartActivity("deliver");
        span?.SetTag("delivery", delivery.Id);
        return message.Alerts.Count + message.Omitted == 0 && message.Notice is null && message.Event != MessageEvent.Test
            ? Verdict.Dead(null, "its alerts have aged out")
            : await _channels.SendAsync(message, recipient, _secrets, _clock.GetUtcNow(), _interrupt.Token);
    }

    /// <summary>Keeps what came of an attempt. False when the lane must pause, or is another worker's by now.</summary>
    async Task<bool> KeepAsync(RecipientLane lane, Recipient? recipient, Delivery delivery, Message? message, Verdict verdict)
    {
        var outcome = Outcome.Of(
            verdict, delivery.Attempts + 1, lane.FailingSince, _clock.GetUtcNow(), _random.NextDouble(), _options.DisableAfter);
        var held = await _recorder.KeepAsync(delivery, outcome);
        Measured.DeliveryAttempted(
            recipient is null ? "none" : Names.Kebab(recipient.Kind),
            outcome.Status == DeliveryStatus.Pending ? "retried" : Names.Kebab(outcome.Status));
        if (outcome.Status == DeliveryStatus.Sent)
        {
            if (delivery.AlertId is not null)
            {
                Measured.Took("alerted_to_delivered", outcome.At - delivery.CreatedAt);
            }
            if (delivery.AlertId is not null && message?.Alerts is [{ Alert.PublishedAt: { } published }])
            {
                Measured.Took("published_to_delivered", outcome.At - published);
            }
            _log.LogInformation("Delivery {Delivery} reached {Recipient}", delivery.Id, lane.RecipientId);
        }
        else
        {
            _log.LogWarning("Delivery {Delivery} to {Recipient}: {Said}; {Next}", delivery.Id, lane.RecipientId, verdict.Said,
                outcome.Status == DeliveryStatus.Dead ? "given up" : $"again at {outcome.NextAttemptAt:u}");
        }
        if (!held)
        {
            _log.LogWarning("The lane of {Recipient} was taken over while it could not be prolonged; it goes on elsewhere", lane.RecipientId);
            return false;
        }
        await BreakerAsync(lane, outcome);
        if (outcome.DisabledReason is { } reason)
        {
            await _notices.DisableAsync(lane.RecipientId, reason, _interrupt.Token);
        }
        return outcome.PausedUntil is null && outcome.DisabledReason is null;
    }

    async Task BreakerAsync(RecipientLane lane, Outcome outcome)
    {
        if (outcome.Verdict.Kind == VerdictKind.Retry)
        {
            (lane.Failures, lane.FailingSince, lane.PausedUntil) = (lane.Failures + 1, lane.FailingSince ?? outcome.At, outcome.PausedUntil);
        }
        else if (lane.Failures > 0)
        {
            // Even a refusal shows that somebody is there.
            if (lane.Failures > 1)
            {
                await _outbox.BringForwardAsync(lane, _interrupt.Token);
            }
            (lane.Failures, lane.FailingSince, lane.PausedUntil) = (0, null, null);
        }
        else
        {
            return;
        }
        await _outbox.RecordAsync(lane, _interrupt.Token);
    }

    async Task RenewAsync()
    {
        try
        {
            await _outbox.RenewAsync(_worker, _lanes.Keys, _options.Lease, _interrupt.Token);
        }
        catch (Exception e) when (Recorder.IsAway(e) || e is OperationCanceledException or ObjectDisposedException)
        {
            _log.LogDebug("Claims were not renewed: {Reason}", e.Message);
        }
    }

    async Task ClaimQuietlyAsync()
    {
        try
        {
            await ClaimAsync(_stopping.Token);
        }
        catch (Exception e) when (Recorder.IsAway(e) || e is OperationCanceledException)
        {
            _log.LogDebug("The next tick looks again: {Reason}", e.Message);
        }
    }

    async Task ReleaseQuietlyAsync(RecipientLane lane)
    {
        try
        {
            await _outbox.ReleaseAsync(_worker, lane.RecipientId, CancellationToken.None);
        }
        catch (Exception e) when (Recorder.IsAway(e))
        {
            _log.LogDebug("The claim of {Recipient} runs out by itself: {Reason}", lane.RecipientId, e.Message);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Lets attempts that are under way finish for a while, then interrupts them and gives back what is held.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _stopped, true))
        {
            return;
        }
        await _stopping.CancelAsync();
        _interrupt.CancelAfter(_options.Grace);
        _recorder.GiveUpAfter(_options.Grace * 2);
        await IdleAsync();
        await _recorder.CompleteAsync();
        if (_renewal is not null)
        {
            await _renewal.DisposeAsync();
        }
    }
}
