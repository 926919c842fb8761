namespace NewsMonitor.Deliveries;

public enum VerdictKind
{
    /// <summary>The other side took it.</summary>
    Sent,

    /// <summary>It may work later.</summary>
    Retry,

    /// <summary>It will never work; the message is a dead letter with its reason.</summary>
    Dead,

    /// <summary>The recipient itself is gone: nothing more is sent there.</summary>
    Disable,
}

/// <summary>What came of one attempt. When to try again is the queue's business; a channel only passes on what the other side asked for.</summary>
/// <param name="Status">HTTP status or SMTP reply code; null where the other side was not reached.</param>
/// <param name="Said">One line for people: the other side's answer or our error. Never holds a secret.</param>
/// <param name="After">The wait that the other side asked for.</param>
public sealed record Verdict(VerdictKind Kind, int? Status, string Said, TimeSpan? After = null)
{
    public static Verdict Sent(int? status, string said) => new(VerdictKind.Sent, status, said);

    public static Verdict Retry(int? status, string said, TimeSpan? after = null) => new(VerdictKind.Retry, status, said, after);

    public static Verdict Dead(int? status, string said) => new(VerdictKind.Dead, status, said);

    public static Verdict Disable(int? status, string said) => new(VerdictKind.Disable, status, said);
}
