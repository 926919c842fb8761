namespace NewsMonitor.Deliveries;

/// <summary>Why a recipient was or was not told of an alert.</summary>
public enum RouteDecision
{
    /// <summary>A message of its own was owed at once.</summary>
    Sent,

    /// <summary>It waits a moment for others, so that a burst is one message.</summary>
    Grouped,

    /// <summary>It stands in the recipient's next hourly or daily digest.</summary>
    Digest,

    /// <summary>It stands in the summary at the end of the recipient's quiet hours.</summary>
    HeldQuietHours,

    /// <summary>Nobody reacted to it in time, so that this recipient was told as well.</summary>
    Escalated,

    /// <summary>The watch names other recipients.</summary>
    NotNamed,
    Silenced,
    BelowSeverity,

    /// <summary>The recipient's own filter does not let it pass.</summary>
    Filtered,
    RecipientDisabled,
    MutedStory,
}
