namespace NewsMonitor.Schedule;

/// <summary>What this process does, and when. Composed once at the start; a role is a plan with less in it.</summary>
sealed class WorkPlan
{
    internal List<ClaimLoop> Loops { get; } = [];
    internal List<RecurringWork> Recurring { get; } = [];
    internal bool IsEmpty => Loops.Count + Recurring.Count == 0;

    /// <summary>
    /// Work that every worker shares by claiming rows: run at each tick of the cluster and whenever somebody signals the name, and at once
    /// again as long as it answers that more is due.
    /// </summary>
    public WorkPlan Claim(string name, Func<IServiceProvider, CancellationToken, Task<bool>> work)
    {
        Loops.Add(new(name, work));
        return this;
    }

    /// <summary>Work that one worker of the cluster does, the first time shortly after the start and then again and again.</summary>
    public WorkPlan Every(TimeSpan interval, string name, Func<IServiceProvider, CancellationToken, Task> work)
    {
        Recurring.Add(new(name, interval, null, work));
        return this;
    }

    /// <summary>Work that one worker of the cluster does at the times of a Quartz cron expression, in UTC.</summary>
    public WorkPlan At(string cron, string name, Func<IServiceProvider, CancellationToken, Task> work)
    {
        Recurring.Add(new(name, null, cron, work));
        return this;
    }
}

sealed record ClaimLoop(string Name, Func<IServiceProvider, CancellationToken, Task<bool>> Work);

sealed record RecurringWork(string Name, TimeSpan? Interval, string? Cron, Func<IServiceProvider, CancellationToken, Task> Work);
