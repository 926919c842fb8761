using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Feeds;
using NewsMonitor.Operations;

namespace NewsMonitor;

/// <summary>
/// Feeds that the service serves to itself on loopback, so that a new installation shows alerts without internet. They enter an
/// empty database once; whoever deletes them is rid of them.
/// </summary>
static partial class SampleFeeds
{
    const string Route = "/samples/";

    // The day of the newest sample, as the files have it.
    static readonly DateOnly Newest = new(2026, 11, 20);

    public static void MapSamples(this WebApplication app, MonitorOptions options)
    {
        var folder = Folder(options);
        app.MapGet(Route + "{name}", async (string name, DateOnly? until, CancellationToken stop) =>
            Files(folder).Contains(name) && until is null or { Year: > 1 and < 9999 }
            ? Results.Text(Until(until ?? Newest, await File.ReadAllTextAsync(Path.Combine(folder, name), stop)), "application/xml; charset=utf-8")
            : Results.NotFound()).ExcludeFromDescription();
    }

    /// <summary>The feed with its dates moved by whole days, so that the newest of all samples is of the given day.</summary>
    public static string Until(DateOnly day, string feed) => Dates().Replace(feed, date => DateTimeOffset
        .Parse(date.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
        .AddDays(day.DayNumber - Newest.DayNumber).ToString(date.Value.Contains(',') ? "r" : "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    /// <param name="address">Where this very process listens, as seen from itself.</param>
    public static async Task AddToEmptyDatabaseAsync(
        MonitorDbContext db, MonitorOptions options, Uri address, DateTimeOffset now, ILogger log, CancellationToken stop)
    {
        var files = Files(Folder(options)).ToList();
        if (files.Count == 0 || await db.Set<Feed>().AnyAsync(stop))
        {
            return;
        }

        // The day stands in the address, so that a sample keeps its date over restarts.
        var yesterday = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-1).ToString("o", CultureInfo.InvariantCulture);
        foreach (var file in files)
        {
            var url = new Uri(address, $"{Route}{file}?until={yesterday}").AbsoluteUri;
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

    [GeneratedRegex(@"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ|\b[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000")]
    private static partial Regex Dates();
}
