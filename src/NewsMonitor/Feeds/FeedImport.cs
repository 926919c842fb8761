using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;

namespace NewsMonitor.Feeds;

/// <summary>Creates or updates the feeds that an OPML file declares. A feed is known by its address.</summary>
public static class FeedImport
{
    public static async Task<(string? Done, IReadOnlyList<string> Problems)> ApplyAsync(
        MonitorDbContext db, string opml, Origin origin, DateTimeOffset now, CancellationToken stop)
    {
        var file = OpmlFile.Read(opml);
        if (file.Problems.Count > 0)
        {
            return (null, [.. file.Problems.Select(p => p.ToString())]);
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
            feed.Settings = declared.Settings == new FeedSettings() ? feed.Settings : declared.Settings;
        }

        return ($"{file.Feeds.Count} feeds, {added} new", []);
    }
}
