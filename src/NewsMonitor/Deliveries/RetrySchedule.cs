namespace NewsMonitor.Deliveries;

/// <summary>When a failed message is tried again: the schedule that the Standard Webhooks specification recommends, for every channel.</summary>
public static class RetrySchedule
{
    static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>The first attempt and one after each wait.</summary>
    public static int MostAttempts => Waits.Length + 1;

    /// <summary>A far side may ask for patience, but not to be forgotten.</summary>
    static readonly TimeSpan LongestAskedWait = TimeSpan.FromHours(24);

    /// <summary>The wait after the <paramref name="attempts"/>-th attempt has failed; null when it was the last.</summary>
    /// <param name="jitter">0 to 1: lengthens the wait by up to a tenth, so that what failed together does not return together.</param>
    /// <param name="asked">The wait that the other side asked for: taken where it is the longer one.</param>
    public static TimeSpan? After(int attempts, double jitter, TimeSpan? asked = null)
    {
        if (attempts < 1 || attempts > Waits.Length)
        {
            return null;
        }
        var wait = Waits[attempts - 1];
        if (asked is { } a && a > wait)
        {
            wait = a < LongestAskedWait ? a : LongestAskedWait;
        }
        return wait + (wait * 0.1 * Math.Clamp(jitter, 0, 1));
    }
}
