namespace NewsMonitor.Deliveries;

/// <summary>What an attempt means for its message and for its lane: the queue's one decision, apart from all that sends and stores.</summary>
/// <param name="NextAttemptAt">When it is tried again; for one that is done, the time of the attempt.</param>
/// <param name="PausedUntil">Until then the lane sends nothing at all.</param>
/// <param name="DisabledReason">Why the recipient gets nothing more.</param>
sealed record Outcome(
    DeliveryStatus Status, DateTimeOffset At, DateTimeOffset NextAttemptAt, DateTimeOffset? PausedUntil, string? DisabledReason, Verdict Verdict)
{
    /// <summary>
    /// A lane whose head fails again is probed this often with whatever is due, so that one message that its receiver cannot take holds up
    /// the others for half a minute and not for its own waits of minutes and hours.
    /// </summary>
    static readonly TimeSpan Probe = TimeSpan.FromSeconds(30);

    /// <summary>The first retry, seconds later, keeps the order strictly: over a short trouble nothing is overtaken.</summary>
    const int AttemptsInOrder = 1;

    /// <param name="attempts">Attempts of this message, this one included.</param>
    /// <param name="failingSince">Since when the lane has not succeeded.</param>
    public static Outcome Of(
        Verdict verdict, int attempts, DateTimeOffset? failingSince, DateTimeOffset now, double jitter, TimeSpan disableAfter)
    {
        switch (verdict.Kind)
        {
            case VerdictKind.Sent:
                return new(DeliveryStatus.Sent, now, now, null, null, verdict);
            case VerdictKind.Dead:
                return new(DeliveryStatus.Dead, now, now, null, null, verdict);
            case VerdictKind.Disable:
                return new(DeliveryStatus.Dead, now, now, null, verdict.Said, verdict);
        }
        if (failingSince is { } since && now - since >= disableAfter)
        {
            return new(DeliveryStatus.Dead, now, now, null, $"nothing arrived for {(now - since).TotalDays:0.#} days; last: {verdict.Said}", verdict);
        }
        var wait = RetrySchedule.After(attempts, jitter, verdict.After);
        var next = now + (wait ?? TimeSpan.Zero);
        var asked = now + (verdict.After ?? TimeSpan.Zero);
        var pause = wait is not null && attempts <= AttemptsInOrder ? next : now + Probe;
        return new(wait is null ? DeliveryStatus.Dead : DeliveryStatus.Pending, now, next, pause > asked ? pause : asked, null, verdict);
    }
}
