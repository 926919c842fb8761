using NewsMonitor.Alerts;
using TextEngine.Normalisation;

namespace NewsMonitor.Deliveries;

/// <summary>What routing must know of an alert beyond the alert itself.</summary>
sealed record Routed(Alert Alert, string? SourceHost, string? Folder)
{
    string? _words;

    /// <summary>Title and excerpt folded, with a space at both ends.</summary>
    public string Words => _words ??= $" {NormalisedText.Of(Alert.Title + "\n" + Alert.ReadExcerpt().Text).Text} ";
}

/// <summary>Where one alert goes for one recipient: pure, one decision for every pair.</summary>
/// <param name="Silence">What kept it back.</param>
/// <param name="Due">When the gathered message that it stands in is sent.</param>
sealed record Route(RouteDecision Decision, Silence? Silence = null, DateTimeOffset? Due = null)
{
    /// <param name="silences">Those in force.</param>
    /// <param name="now">When the alert is raised, or told of again.</param>
    public static Route Of(
        Routed routed, Recipient recipient, bool named, IReadOnlyList<Silence> silences, DateTimeOffset now)
    {
        var zone = RecipientSecret.Zone(recipient.Settings);
        if (!named)
        {
            return new(RouteDecision.NotNamed);
        }
        if (!recipient.Enabled)
        {
            return new(RouteDecision.RecipientDisabled);
        }
        if (routed.Alert.Severity < recipient.MinSeverity)
        {
            return new(RouteDecision.BelowSeverity);
        }
        if (recipient.Settings.Only is { } only && !Passes(only, routed, now, zone))
        {
            return new(RouteDecision.Filtered);
        }
        if (silences.FirstOrDefault(s => Covers(s, routed)) is { } silence)
        {
            return new(IsStoryAlone(silence) ? RouteDecision.MutedStory : RouteDecision.Silenced, silence);
        }
        var quiet = recipient.Settings.QuietHours is { } hours ? QuietHours.Parse(hours) : (QuietHours?)null;
        if (recipient.Mode != DeliveryMode.Instant)
        {
            var due = DigestTimes.Next(now, recipient.Mode, recipient.Settings.DailyAt ?? DigestTimes.DefaultDailyTime, zone);
            return new(RouteDecision.Digest, Due: quiet?.QuietUntil(due, zone) ?? due);
        }
        if (quiet?.QuietUntil(now, zone) is { } end)
        {
            return new(RouteDecision.HeldQuietHours, Due: end);
        }
        return recipient.Settings.GroupSeconds is > 0 and var wait
            ? new(RouteDecision.Grouped, Due: now.AddSeconds(wait))
            : new(RouteDecision.Sent);
    }

    /// <summary>Whether the recipient is told, now or later.</summary>
    public bool IsTold => Decision == RouteDecision.Sent || Due is not null;

    static bool Passes(RecipientFilter only, Routed routed, DateTimeOffset now, TimeZoneInfo zone) =>
        (only.Sources.Count == 0 || only.Sources.Any(s => IsSource(s, routed)))
        && (only.Languages.Count == 0 || only.Languages.Any(l => IsLanguage(l, routed.Alert.Language)))
        && (only.Folders.Count == 0 || only.Folders.Any(f => IsBelow(f, routed.Folder)))
        && (only.Hours is null || QuietHours.Parse(only.Hours).QuietUntil(now, zone) is not null);

    /// <summary>Every field that is set must fit; a silence without any covers everything.</summary>
    public static bool Covers(Silence silence, Routed routed) =>
        (silence.WatchId is null || silence.WatchId == routed.Alert.WatchId)
        && (silence.StoryId is null || silence.StoryId == routed.Alert.StoryId)
        && (silence.Source is null || IsSource(silence.Source, routed))
        && (silence.Phrase is null || routed.Words.Contains($" {NormalisedText.Of(silence.Phrase).Text} ", StringComparison.Ordinal));

    static bool IsStoryAlone(Silence s) => s is { StoryId: not null, WatchId: null, Source: null, Phrase: null };

    static bool IsSource(string wanted, Routed routed) =>
        string.Equals(wanted, routed.Alert.Source, StringComparison.OrdinalIgnoreCase)
        || string.Equals(wanted, routed.SourceHost, StringComparison.OrdinalIgnoreCase)
        || routed.SourceHost?.EndsWith("." + wanted, StringComparison.OrdinalIgnoreCase) == true;

    static bool IsLanguage(string wanted, string? language) => language is not null
        && (language.Equals(wanted, StringComparison.OrdinalIgnoreCase) || language.StartsWith(wanted + "-", StringComparison.OrdinalIgnoreCase));

    static bool IsBelow(string wanted, string? folder) => folder is not null
        && (folder.Equals(wanted, StringComparison.OrdinalIgnoreCase)
            || folder.StartsWith(wanted + " / ", StringComparison.OrdinalIgnoreCase)
            || folder.StartsWith(wanted + "/", StringComparison.OrdinalIgnoreCase));
}
