using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;

namespace NewsMonitor.Feeds;

/// <summary>Creates or updates the feeds that an OPML file declares. A feed is known by its address.</summary>
public static class FeedImport
{
    public static async Task<(string? Done, IReadOnlyList<string> Problems)> ApplyAsync(
        MonitorDbContext db, string opml, Origin origin, CronTimes cron, DateTimeOffset now, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(cron);
        var file = OpmlFile.Read(opml);
        string[] problems = [.. file.Problems.Concat(file.Feeds.SelectMany(f => OfSchedule(f, cron, now))).Select(p => p.ToString())];
        if (problems.Length > 0)
        {
            return (null, problems);
        }

        var known = await db.Set<Feed>().ToDictionaryAsync(f => f.Url, stop);
        var added = 0;
        foreach (var declared in file.Feeds)
        {
            if (!known.TryGetValue(declared.Url.AbsoluteUri, out var feed))
            {
                feed = new Feed { Url = declared.Url.AbsoluteUri, Origin = origin, NextFetchAt = now, CreatedAt = now, UpdatedAt = now };
                db.Add(feed);
                known.Add(feed.Url, feed);
                added++;
            }

            feed.Title = declared.Title ?? feed.Title;
            feed.SiteUrl = declared.SiteUrl ?? feed.SiteUrl;
            feed.Description = declared.Description ?? feed.Description;
            feed.Folder = declared.Folder ?? feed.Folder;
            feed.Language = declared.Language ?? feed.Language;
            feed.Enabled &= declared.Enabled;
            if (Merged(feed.Settings, declared.Settings) is var settings && settings != feed.Settings)
            {
                (feed.Settings, feed.NextFetchAt) = (settings, now < feed.NextFetchAt ? now : feed.NextFetchAt);
            }
        }

        return ($"{file.Feeds.Count} feeds, {added} new", []);
    }

    // What a file does not say, and credentials, headers and proxy, which it never says, stay as people set them.
    static FeedSettings Merged(FeedSettings known, FeedSettings declared) => known with
    {
        Interval = declared.Interval ?? (declared.Cron is null ? known.Interval : null),
        Cron = declared.Cron ?? (declared.Interval is null ? known.Cron : null),
        UserAgent = declared.UserAgent ?? known.UserAgent,
        FullText = declared.FullText || known.FullText,
    };

    static IEnumerable<OpmlProblem> OfSchedule(OpmlFeed feed, CronTimes cron, DateTimeOffset now)
    {
        if (feed.Settings.Cron is not { } expression) yield break;
        if (cron(expression, now) is null)
            yield return new OpmlProblem(feed.Line, feed.Column,
                $"cron '{expression}' never comes; write it as Quartz does, such as 0 0/10 6-22 * * ?.");
        if (feed.Settings.Interval is not null)
            yield return new OpmlProblem(feed.Line, feed.Column, "cron and interval stand side by side; choose one.");
    }
}
