using System.Threading.Channels;
using Npgsql;

namespace NewsMonitor.Deliveries;

/// <summary>
/// Commits what came of attempts in groups: each lane waits until its own result is kept before it sends again (so that a crash repeats
/// at most one message a recipient), and lanes that wait at the same time share one commit.
/// </summary>
sealed class Recorder
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    const int Largest = 100;

    readonly Outbox _outbox;
    readonly string _worker;
    readonly TimeProvider _clock;
    readonly ILogger _log;
    readonly CancellationTokenSource _giveUp = new();
    readonly Task _running;

    readonly Channel<(Delivery Delivery, Outcome Outcome, TaskCompletionSource<bool> Kept)> _waiting =
        Channel.CreateUnbounded<(Delivery, Outcome, TaskCompletionSource<bool>)>(new() { SingleReader = true });

    public Recorder(Outbox outbox, string worker, TimeProvider clock, ILogger log)
    {
        (_outbox, _worker, _clock, _log) = (outbox, worker, clock, log);
        _running = Task.Run(RunAsync);
    }

    /// <summary>
    /// Done when the result is committed; a database that is away is waited out. False when the lane is no longer this worker's.
    /// </summary>
    public Task<bool> KeepAsync(Delivery delivery, Outcome outcome)
    {
        var kept = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _waiting.Writer.TryWrite((delivery, outcome, kept)) ? kept.Task : throw new OperationCanceledException();
    }

    /// <summary>Ends the patience with a database that is away: what waits for it longer fails, and goes again under the same id.</summary>
    public void GiveUpAfter(TimeSpan patience) => _giveUp.CancelAfter(patience);

    /// <summary>Keeps what still waits. No lane may run any more.</summary>
    public async Task CompleteAsync()
    {
        _waiting.Writer.TryComplete();
        await _running;
        _giveUp.Dispose();
    }

    async Task RunAsync()
    {
        var group = new List<(Delivery Delivery, Outcome Outcome, TaskCompletionSource<bool> Kept)>();
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (group.Count < Largest && _waiting.Reader.TryRead(out var one))
            {
                group.Add(one);
            }
            await KeepAsync(group);
            group.Clear();
        }
    }

    async Task KeepAsync(List<(Delivery Delivery, Outcome Outcome, TaskCompletionSource<bool> Kept)> group)
    {
        while (true)
        {
            try
            {
                var held = await _outbox.RecordAsync(_worker, [.. group.Select(g => (g.Delivery, g.Outcome))], _giveUp.Token);
                group.ForEach(g => g.Kept.TrySetResult(held.Contains(g.Delivery.RecipientId)));
                return;
            }
            catch (Exception e) when (IsAway(e) && !_giveUp.IsCancellationRequested)
            {
                _log.LogWarning("{Count} delivery results wait for the database: {Reason}", group.Count, e.Message);
                await Task.Delay(Pause, _clock, _giveUp.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception) when (group.Count > 1)
            {
                // What is refused may be one recipient's; alone it shows whose.
                foreach (var one in group)
                {
                    await KeepAsync([one]);
                }
                return;
            }
            catch (Exception e)
            {
                group[0].Kept.TrySetException(e);
                return;
            }
        }
    }

    /// <summary>Whether the database will be back, as opposed to refusing what was said.</summary>
    internal static bool IsAway(Exception e) => e switch
    {
        PostgresException p => p.IsTransient || p.SqlState.StartsWith("57", StringComparison.Ordinal),
        NpgsqlException or IOException or TimeoutException => true,
        InvalidOperationException { InnerException: { } inner } => IsAway(inner),
        _ => false,
    };
}
