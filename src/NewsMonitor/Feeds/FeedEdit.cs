using NewsMonitor.Operations;
using NewsMonitor.Operations.Http;
using NewsMonitor.Outbound;

namespace NewsMonitor.Feeds;

/// <summary>Checks what somebody wants of a feed and applies it; everything wrong is named at once.</summary>
public sealed class FeedEdit(OutboundHttp http, CronTimes cron, FetchOptions options, Secrets secrets, TimeProvider time)
{
    const int LongestText = 500;

    public Uri? Check(FeedBody body, FieldErrors errors, bool urlIsRequired)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(errors);
        Uri? url = null;
        if (body.Url is null ? urlIsRequired : !Uri.TryCreate(body.Url.Trim(), UriKind.Absolute, out url))
            errors.Add("url", "is no address; write it in full, such as https://news.example/feed.");
        else if (url is not null && http.Guard.Refuse(url) is { } reason) errors.Add("url", reason);
        errors.Text("title", body.Title, LongestText, required: false);
        errors.Text("folder", body.Folder, LongestText, required: false);
        errors.Text("language", body.Language, 35, required: false);
        if (body.Settings is { } settings) Check(settings, errors);
        return url is null ? null : WithoutUser(url);
    }

    /// <summary>
    /// An address without the user and password that may stand in it: addresses are shown, logged and exported, so these two are kept as
    /// settings.
    /// </summary>
    internal static Uri WithoutUser(Uri url) => url.UserInfo.Length == 0 ? url : new UriBuilder(url) { UserName = "", Password = "" }.Uri;

    internal static FeedSettings WithUserOf(Uri url, FeedSettings settings)
    {
        if (url.UserInfo.Length == 0 || settings.User is { Length: > 0 }) return settings;
        var parts = url.UserInfo.Split(':', 2);
        var password = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "";
        return settings with { User = Uri.UnescapeDataString(parts[0]), Password = password };
    }

    void Check(FeedSettings settings, FieldErrors errors)
    {
        if (settings.Interval is { } interval && (interval < options.MinInterval || interval > options.MaxInterval))
            errors.Add("settings.interval", $"is {interval}; it may be {options.MinInterval} to {options.MaxInterval}.");
        Check(settings, cron, time.GetUtcNow(), errors);
    }

    /// <summary>What no feed can have, whoever declares it.</summary>
    internal static void Check(FeedSettings settings, CronTimes cron, DateTimeOffset now, FieldErrors errors)
    {
        if (settings.Cron is { Length: > 0 } expression && cron(expression, now) is null)
            errors.Add("settings.cron",
                $"'{expression}' never comes; write it as Quartz does, such as 0 0/10 6-22 * * ?.");
        if (settings.Interval is not null && settings.Cron is { Length: > 0 })
            errors.Add("settings.cron", "stands beside an interval; choose one.");
        if (settings.Proxy is { Length: > 0 } proxy)
        {
            try
            {
                OutboundHttp.ProxyUri(proxy);
            }
            catch (FormatException cause)
            {
                errors.Add("settings.proxy", cause.Message);
            }
        }
        foreach (var (name, value) in settings.Headers ?? new Dictionary<string, string>())
            if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c))
                || value is null || value.Any(c => char.IsControl(c) || c > '\u00FF'))
                errors.Add($"settings.headers.{name}", "is no header that can be sent.");
    }

    public void Apply(FeedBody body, Uri? url, Feed feed)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(feed);
        var now = time.GetUtcNow();
        if (url is not null && url.AbsoluteUri != feed.Url)
        {
            // Another address knows nothing of the old one's validators, and its links may lead elsewhere.
            (feed.Url, feed.Etag, feed.LastModified, feed.LastWholeFetchAt) = (url.AbsoluteUri, null, null, null);
            feed.Track = feed.Track with { Body = null };
            (feed.Failures, feed.LastError, feed.State, feed.NextFetchAt) = (0, null, FeedState.Healthy, now);
        }
        feed.Title = Text(body.Title, feed.Title);
        feed.Folder = Text(body.Folder, feed.Folder);
        feed.Language = Text(body.Language, feed.Language);
        if (body.Enabled is true && !feed.Enabled)
            (feed.State, feed.Failures, feed.LastError, feed.NextFetchAt) = (FeedState.Healthy, 0, null, now);
        feed.Enabled = body.Enabled ?? feed.Enabled;
        var given = body.Settings;
        if (body.Url is { } written && new Uri(written.Trim()) is { UserInfo.Length: > 0 } named)
            given = WithUserOf(named, given ?? feed.Settings with { User = null, Password = null });
        if (given is { } settings)
        {
            feed.Settings = settings with
            {
                Cron = Text(settings.Cron, null),
                Proxy = settings.Proxy == FeedSettingsView.Shown(feed.Settings.Proxy) ? feed.Settings.Proxy : Text(settings.Proxy, null),
                User = Text(settings.User, null),
                UserAgent = Text(settings.UserAgent, null),
                Password = settings.Password switch { null => feed.Settings.Password, "" => null, var plain => secrets.Protect(plain) },
            };
            if (feed.NextFetchAt > now) feed.NextFetchAt = now;
        }
        feed.UpdatedAt = now;
    }

    static string? Text(string? given, string? before) => given is null ? before : given.Trim() is { Length: > 0 } text ? text : null;
}
