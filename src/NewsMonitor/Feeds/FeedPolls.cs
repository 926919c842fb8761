using System.Collections.Concurrent;

namespace NewsMonitor.Feeds;

/// <summary>
/// Keeps feeds under way, up to a number at once. A round claims as many as there is room for and does not wait for them, so that a slow
/// feed holds up nothing but its own place.
/// </summary>
public sealed class FeedPolls(
    DueFeeds due, QuietLooks quiet, FetchOptions options, TimeProvider time, ILogger<FeedPolls> log) : IHostedService
{
    const int LargestClaim = 100;

    /// <summary>What a poll that is told to end has for it; after that its place is another's, whatever it does.</summary>
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    readonly ConcurrentDictionary<long, Task> _running = new();

    public int Running => _running.Count;

    int Handful => Math.Max(1, options.Concurrency / 4);

    /// <param name="poll">Polls one feed to its end.</param>
    /// <param name="freed">Told when there is room again after there was none.</param>
    /// <param name="stop">Ends what is under way.</param>
    /// <returns>True when more is due and there is room for it.</returns>
    public async Task<bool> StartDueAsync(Func<Feed, CancellationToken, Task> poll, Action freed, CancellationToken stop)
    {
        // Claiming one feed for every one that ends would cost a search each time; a worker that is full claims by the handful.
        var room = Math.Min(options.Concurrency - Running, LargestClaim);
        if (room < Handful) return false;
        var feeds = await due.ClaimAsync(room, stop);
        foreach (var feed in feeds)
        {
            var started = new TaskCompletionSource();
            _running[feed.Id] = RunAsync(started.Task, feed, poll, freed, stop);
            started.SetResult();
        }
        return feeds.Count == room;
    }

    async Task RunAsync(Task started, Feed feed, Func<Feed, CancellationToken, Task> poll, Action freed, CancellationToken stop)
    {
        await started;
        using var limit = new CancellationTokenSource(options.PollTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            await Task.Run(() => poll(feed, both.Token), stop).WaitAsync(options.PollTimeout + Grace, time, CancellationToken.None);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nothing was stored; without the claim another worker goes on at once.
            await quiet.PostponeAsync(feed, feed.NextFetchAt);
        }
        catch (Exception e) when (limit.IsCancellationRequested && e is OperationCanceledException or TimeoutException)
        {
            log.LogError(
                "Polling {Feed} was given up after {Minutes:0.#} min; it is looked at again", feed.Url, options.PollTimeout.TotalMinutes);
        }
        // One feed's fault never ends the others; its claim runs out and it is looked at again.
        catch (Exception e)
        {
            log.LogError(e, "Polling {Feed} failed; it is looked at again in {Seconds:0} s", feed.Url, DueFeeds.Claim.TotalSeconds);
        }
        finally
        {
            _running.TryRemove(feed.Id, out _);
            if (Running == options.Concurrency - Handful) freed();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits for what is under way to let go.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(_running.Values).WaitAsync(cancellationToken);
}
