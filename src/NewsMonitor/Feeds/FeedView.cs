using System.ComponentModel;

namespace NewsMonitor.Feeds;

/// <summary>A feed as the API shows it: no password, and of own headers only the names.</summary>
public sealed record FeedView(
    long Id, string Url, string? Title, string? SiteUrl, string? Description, string? Folder, string? Language, Origin Origin, bool Enabled,
    FeedState State, FeedSettingsView Settings, FeedHealthView Health, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    internal static FeedView Of(Feed feed) => new(
        feed.Id, feed.Url, feed.Title, feed.SiteUrl, feed.Description, feed.Folder, feed.Language, feed.Origin, feed.Enabled, feed.State,
        FeedSettingsView.Of(feed.Settings), FeedHealthView.Of(feed), feed.CreatedAt, feed.UpdatedAt);
}

public sealed record FeedSettingsView(
    TimeSpan? Interval, string? Cron, string? UserAgent, IReadOnlyList<string> HeaderNames, string? User, bool HasPassword, string? Proxy,
        bool FullText)
{
    internal static FeedSettingsView Of(FeedSettings settings) => new(
        settings.Interval, settings.Cron, settings.UserAgent, [.. settings.Headers?.Keys ?? []], settings.User,
            settings.Password is not null,
        Shown(settings.Proxy), settings.FullText);

    /// <summary>A proxy's address with stars for its password; written back like this, it stays as it is.</summary>
    internal static string? Shown(string? proxy) =>
        Uri.TryCreate(proxy, UriKind.Absolute, out var uri) && uri.UserInfo.Contains(':', StringComparison.Ordinal)
            ? new UriBuilder(uri) { Password = "***" }.Uri.AbsoluteUri : proxy;
}

/// <param name="Reason">What decided the time of the next look.</param>
/// <param name="Why">The same in words.</param>
/// <param name="Fault">What kind of failure the last error is.</param>
/// <param name="TypicalGap">Median time between two items.</param>
/// <param name="MovesTo">A permanent redirect that is on trial.</param>
/// <param name="PushedUntil">A hub pushes this feed until then.</param>
public sealed record FeedHealthView(
    DateTimeOffset NextFetchAt, LookReason? Reason, string? Why, DateTimeOffset? LastFetchAt, DateTimeOffset? LastSuccessAt,
    DateTimeOffset? LastItemAt, int Failures, FeedFault? Fault, string? LastError, TimeSpan? TypicalGap, string? MovesTo,
    DateTimeOffset? PushedUntil)
{
    internal static FeedHealthView Of(Feed feed) => new(
        feed.NextFetchAt, feed.Track.Reason, feed.Track.Why, feed.LastFetchAt, feed.LastSuccessAt, feed.LastItemAt, feed.Failures,
        feed.LastError is null ? null : feed.Track.Fault, feed.LastError,
        feed.Track.Rhythm.TypicalGap, feed.Track.Move?.To, feed.Track.PushedUntil);
}

/// <param name="LateMs">How long after its time the look began.</param>
public sealed record FetchView(
    DateTimeOffset At, FetchResult Result, int? HttpStatus, int DurationMs, int LateMs, int Bytes, int Items, int NewArticles,
    string? Error)
{
    internal static FetchView Of(FeedFetch fetch) => new(
        fetch.At, fetch.Result, fetch.HttpStatus, fetch.DurationMs, fetch.LateMs, fetch.Bytes, fetch.Items, fetch.NewArticles, fetch.Error);
}

/// <summary>What may be set of a feed. When changing one, what is left out stays, and an empty text clears.</summary>
public sealed record FeedBody
{
    public string? Url { get; init; }
    public string? Title { get; init; }
    public string? Folder { get; init; }
    public string? Language { get; init; }
    public bool? Enabled { get; init; }

    [Description("Replaces all settings; a password that is left out stays as it is.")]
    public FeedSettings? Settings { get; init; }
}
