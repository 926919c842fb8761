using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Operations;
using NewsMonitor.Operations.Http;

namespace NewsMonitor.Feeds;

/// <summary>Creates or updates the feeds that an OPML file declares. A feed is known by its address; what is not declared stays.</summary>
public static class FeedImport
{
    public static async Task<(string? Done, IReadOnlyList<string> Problems)> ApplyAsync(
        MonitorDbContext db, Secrets secrets, string opml, Origin origin, CronTimes cron, DateTimeOffset now, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        ArgumentNullException.ThrowIfNull(cron);
        var file = OpmlFile.Read(opml);
        string[] problems = [.. file.Problems.Concat(file.Feeds.SelectMany(f => OfSettings(f, cron, now))).Select(p => p.ToString())];
        if (problems.Length > 0)
        {
            return (null, problems);
        }

        var feeds = await db.Set<Feed>().ToListAsync(stop);
        var known = feeds.ToDictionary(f => f.Url);
        foreach (var (former, feed) in feeds.SelectMany(f => f.Track.Former.Select(former => (former, f)))) known.TryAdd(former, feed);
        var added = 0;
        foreach (var each in file.Feeds)
        {
            var (url, declared) = (FeedEdit.WithoutUser(each.Url), each with { Settings = FeedEdit.WithUserOf(each.Url, each.Settings) });
            if (!known.TryGetValue(url.AbsoluteUri, out var feed) && !known.TryGetValue(each.Url.AbsoluteUri, out feed))
            {
                feed = new Feed { Url = url.AbsoluteUri, Origin = origin, NextFetchAt = now, CreatedAt = now, UpdatedAt = now };
                db.Add(feed);
                known.Add(feed.Url, feed);
                added++;
            }

            feed.Title = declared.Title ?? feed.Title;
            feed.SiteUrl = declared.SiteUrl ?? feed.SiteUrl;
            feed.Description = declared.Description ?? feed.Description;
            feed.Folder = declared.Folder ?? feed.Folder;
            feed.Language = declared.Language ?? feed.Language;
            feed.Enabled = declared.Enabled ?? feed.Enabled;
            if (Merged(feed.Settings, declared, secrets) is var settings && settings != feed.Settings)
            {
                (feed.Settings, feed.NextFetchAt) = (settings, now < feed.NextFetchAt ? now : feed.NextFetchAt);
            }
        }

        return ($"{file.Feeds.Count} feeds, {added} new", []);
    }

    static IEnumerable<OpmlProblem> OfSettings(OpmlFeed feed, CronTimes cron, DateTimeOffset now)
    {
        var errors = new FieldErrors();
        FeedEdit.Check(feed.Settings, cron, now, errors);
        return errors.SelectMany(field => field.Value.Select(message =>
            new OpmlProblem(feed.Line, feed.Column, $"{field.Key["settings.".Length..]} {message}")));
    }

    // What a file does not say stays as people set it.
    static FeedSettings Merged(FeedSettings known, OpmlFeed feed, Secrets secrets)
    {
        var declared = feed.Settings;
        return known with
        {
            Interval = declared.Interval ?? (declared.Cron is null ? known.Interval : null),
            Cron = declared.Cron ?? (declared.Interval is null ? known.Cron : null),
            UserAgent = declared.UserAgent ?? known.UserAgent,
            Headers = declared.Headers is null || IsSame(declared.Headers, known.Headers) ? known.Headers : declared.Headers,
            User = declared.User ?? known.User,
            Password = declared.Password is { } password && !IsKept(password) ? secrets.Protect(password) : known.Password,
            Proxy = declared.Proxy ?? known.Proxy,
            FullText = feed.FullText ?? known.FullText,
        };

        // Each encryption reads differently: the same password again is no change.
        bool IsKept(string password)
        {
            try
            {
                return known.Password is { Length: > 0 } kept && secrets.Reveal(kept) == password;
            }
            catch (CryptographicException)
            {
                // Encrypted with a key that is gone: the file brings it back.
                return false;
            }
        }
    }

    static bool IsSame(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string>? other) =>
        other is not null
            && one.OrderBy(h => h.Key, StringComparer.Ordinal).SequenceEqual(other.OrderBy(h => h.Key, StringComparer.Ordinal));
}
