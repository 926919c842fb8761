namespace NewsMonitor.Feeds;

/// <summary>What decided when a feed is looked at next.</summary>
public enum LookReason
{
    PublicationRate,
    RhythmUnknown,
    OwnSchedule,
    OwnInterval,

    /// <summary>The publisher's wishes: RSS ttl, sy:updatePeriod, Cache-Control or Expires.</summary>
    Ttl,
    UpdatePeriod,
    Freshness,

    /// <summary>The feed visibly publishes more often than the publisher's wish says.</summary>
    RateAgainstTtl,
    RateAgainstUpdatePeriod,
    ItemsWouldScrollOut,
    ItemsMissed,
    HubPushes,
    SkippedTimes,
    Failures,
    HostAskedToWait,
    NetworkInDoubt,
    AskedFor,
}

static class LookReasons
{
    /// <summary>The reason in a few English words; <paramref name="failures"/> in a row.</summary>
    public static string Sentence(this LookReason reason, int failures) => reason switch
    {
        LookReason.PublicationRate => "publication rate",
        LookReason.RhythmUnknown => "rhythm not known yet",
        LookReason.OwnSchedule => "own schedule",
        LookReason.OwnInterval => "own interval",
        LookReason.Ttl => "ttl",
        LookReason.UpdatePeriod => "sy:updatePeriod",
        LookReason.Freshness => "Cache-Control or Expires",
        LookReason.RateAgainstTtl => "publication rate, against its ttl",
        LookReason.RateAgainstUpdatePeriod => "publication rate, against its sy:updatePeriod",
        LookReason.ItemsWouldScrollOut => "items would scroll out unseen",
        LookReason.ItemsMissed => "items were missed, so faster",
        LookReason.HubPushes => "a hub pushes, polling is a safety net",
        LookReason.SkippedTimes => "the feed skips these hours or days",
        LookReason.Failures => $"failure {failures} in a row",
        LookReason.HostAskedToWait => "the host asked to wait",
        LookReason.NetworkInDoubt => "no answer; the network is in doubt",
        _ => "asked for meanwhile",
    };
}
