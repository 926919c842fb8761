namespace NewsMonitor.Feeds;

/// <summary>What the service has learned of a feed beside its state; kept as one value, since nothing is searched by it.</summary>
public sealed record FeedTrack
{
    public Rhythm Rhythm { get; init; } = Rhythm.Unknown;

    /// <summary>ttl or sy:update*, as the document says.</summary>
    public TimeSpan? UpdateInterval { get; init; }
    public IReadOnlyList<int> SkipHours { get; init; } = [];
    public IReadOnlyList<DayOfWeek> SkipDays { get; init; } = [];

    /// <summary>What the last document was made of (<see cref="FeedLook.Body"/>), so that the same body is not read again.</summary>
    public string? Body { get; init; }

    /// <summary>A permanent redirect on trial.</summary>
    public FeedMove? Move { get; init; }

    /// <summary>Addresses that the feed has moved away from: a file that still declares one of them means this feed.</summary>
    public IReadOnlyList<string> Former { get; init; } = [];

    /// <summary>Items were missed: when that was seen, and the time between the two polls.</summary>
    public DateTimeOffset? GapAt { get; init; }
    public TimeSpan? GapAfter { get; init; }

    /// <summary>No answer came since then, and it is not yet known whose fault that is.</summary>
    public DateTimeOffset? DoubtSince { get; init; }
    public int Doubts { get; init; }

    /// <summary>The hub that the feed names and the topic it knows the feed by.</summary>
    public string? Hub { get; init; }
    public string? Topic { get; init; }

    /// <summary>A hub pushes this feed until then.</summary>
    public DateTimeOffset? PushedUntil { get; init; }

    /// <summary>What decided the next look, and the same in words.</summary>
    public LookReason? Reason { get; init; }
    public string? Why { get; init; }

    /// <summary>What kind of failure the feed's last error was.</summary>
    public FeedFault? Fault { get; init; }
}

/// <param name="To">Where 301 or 308 lead.</param>
/// <param name="Days">Different days (UTC) on which a fetch was led there.</param>
/// <param name="LastDay">The latest of them.</param>
public sealed record FeedMove(string To, int Days, DateOnly LastDay)
{
    /// <summary>A redirect that held on so many days is meant.</summary>
    public const int DaysToAdopt = 3;

    public bool IsProven => Days >= DaysToAdopt;

    /// <summary>What today's answer makes of it; another target starts anew, none ends the trial.</summary>
    public static FeedMove? Seen(FeedMove? before, Uri? to, DateTimeOffset now)
    {
        if (to is null) return null;
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (before is null || before.To != to.AbsoluteUri) return new FeedMove(to.AbsoluteUri, 1, today);
        return before.LastDay == today ? before : before with { Days = before.Days + 1, LastDay = today };
    }
}
