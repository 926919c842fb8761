using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Feeds;
using NewsMonitor.Operations;

namespace NewsMonitor;

/// <summary>
/// Feeds that the service serves to itself on loopback, so that a new installation shows alerts without internet. They enter an
/// empty database once; whoever deletes them is rid of them.
/// </summary>
static class SampleFeeds
{
    const string Route = "/samples/";

    public static void MapSamples(this WebApplication app, MonitorOptions options)
    {
        var folder = Folder(options);
        app.MapGet(Route + "{name}", (string name) => Files(folder).Contains(name)
            ? Results.File(Path.Combine(folder, name), "application/xml; charset=utf-8")
            : Results.NotFound()).ExcludeFromDescription();
    }

    /// <param name="address">Where this very process listens, as seen from itself.</param>
    public static async Task AddToEmptyDatabaseAsync(
        MonitorDbContext db, MonitorOptions options, Uri address, DateTimeOffset now, ILogger log, CancellationToken stop)
    {
        var files = Files(Folder(options)).ToList();
        if (files.Count == 0 || await db.Set<Feed>().AnyAsync(stop))
        {
            return;
        }

        foreach (var file in files)
        {
            var url = new Uri(address, Route + file).AbsoluteUri;
            // Several new workers may do this at once; the address is unique. Due for a day already, so that samples come first.
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO feeds (url, folder, origin, enabled, settings, state, next_fetch_at, failures, created_at, updated_at)
                VALUES ({url}, 'Samples', 'sample', true, jsonb_build_object(), 'healthy', {now.AddDays(-1)}, 0, {now}, {now})
                ON CONFLICT (url) DO NOTHING
                """, stop);
        }

        log.LogInformation(
            "Added {Count} sample feeds from {Folder}. To be rid of them, delete them under Feeds, or start with Monitor__Samples=false",
            files.Count, Folder(options));
    }

    static string Folder(MonitorOptions options) => Path.GetFullPath(Path.Combine(options.ConfigDirectory, "samples"));

    static IEnumerable<string> Files(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.xml").Select(Path.GetFileName).OfType<string>().Order()
        : [];
}
