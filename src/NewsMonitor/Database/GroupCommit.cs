namespace NewsMonitor.Database;

/// <summary>
/// Asks the database once for what many tasks ask at about the same time: what gathers within a moment, or while the statement before is
/// under way, goes together. Nobody waits for more than that moment beyond the statements themselves.
/// </summary>
/// <param name="moment">How long the first one waits for others.</param>
/// <param name="most">Largest number that goes together.</param>
/// <param name="ask">One statement for all; its answers in the order of the questions. What it throws reaches all of them.</param>
/// <param name="atOnce">How many such statements may be under way.</param>
public sealed class GroupCommit<TQuestion, TAnswer>(
    TimeSpan moment, int most, Func<IReadOnlyList<TQuestion>, Task<IReadOnlyList<TAnswer>>> ask, int atOnce = 1)
{
    readonly Lock _lock = new();
    readonly Queue<(TQuestion Question, TaskCompletionSource<TAnswer> Answer)> _waiting = [];
    int _running;

    public Task<TAnswer> AskAsync(TQuestion question)
    {
        var answer = new TaskCompletionSource<TAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Enqueue((question, answer));
            if (_running < atOnce)
            {
                _running++;
                _ = Task.Run(RunAsync);
            }
        }
        return answer.Task;
    }

    async Task RunAsync()
    {
        await Task.Delay(moment);
        while (Next() is { Count: > 0 } together)
        {
            try
            {
                var answers = await ask(together.ConvertAll(t => t.Question));
                for (var i = 0; i < together.Count; i++) together[i].Answer.SetResult(answers[i]);
            }
            // Whatever it is, it is each asker's to deal with.
            catch (Exception cause)
            {
                foreach (var (_, answer) in together) answer.TrySetException(cause);
            }
        }
    }

    List<(TQuestion Question, TaskCompletionSource<TAnswer> Answer)> Next()
    {
        lock (_lock)
        {
            var together = new List<(TQuestion, TaskCompletionSource<TAnswer>)>(Math.Min(_waiting.Count, most));
            while (together.Count < most && _waiting.TryDequeue(out var next)) together.Add(next);
            if (together.Count == 0) _running--;
            return together;
        }
    }
}
