using System.Text.Unicode;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Deliveries;
using NewsMonitor.Feeds;
using NewsMonitor.Operations;
using NewsMonitor.Schedule;
using NewsMonitor.Watches;

namespace NewsMonitor;

/// <summary>
/// Watches, feeds and recipients from files: those of the configuration folder at every start, and any that are imported. What a
/// file declares is created or updated; what people made elsewhere stays. A file with a mistake is refused as a whole.
/// </summary>
public sealed class ConfigFolder(IDbContextFactory<MonitorDbContext> databases, Secrets secrets, TimeProvider clock, ILogger<ConfigFolder> log)
{
    /// <summary>What was wrong at the last start, for the status of the service: a line for each file and problem.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    /// <summary>Applies the files that are there. A refused file is logged, and everything else goes on.</summary>
    public async Task ApplyAsync(string folder, CancellationToken stop)
    {
        if (!Directory.Exists(folder))
        {
            log.LogWarning(
                "There is no configuration folder {Folder}: nothing is applied from files. Monitor__ConfigDirectory names it",
                Path.GetFullPath(folder));
        }

        var problems = new List<string>();
        // Recipients first, so that a watch's alerts find theirs.
        foreach (var name in new[] { "recipients.yaml", "watches.yaml", "feeds.opml" })
        {
            var file = Path.Combine(folder, name);
            if (!File.Exists(file))
            {
                continue;
            }

            var (done, refused) = await ImportAsync(file, "file", Origin.File, stop);
            problems.AddRange(refused);
            if (done is not null)
            {
                log.LogInformation("Applied {File}: {Done}", file, done);
            }

            foreach (var problem in refused)
            {
                log.LogError("{Problem}. Nothing of this file was applied", problem);
            }
        }

        Problems = problems;
    }

    /// <summary>Imports one file, by its extension and content. Returns what was done, or what is wrong with it.</summary>
    public async Task<(string? Done, IReadOnlyList<string> Problems)> ImportAsync(
        string file, string actor, Origin origin, CancellationToken stop)
    {
        byte[] bytes;
        try
        {
            bytes = await File.ReadAllBytesAsync(file, stop);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, [$"{file} cannot be read: {e.Message}"]);
        }

        var isOpml = Path.GetExtension(file).ToLowerInvariant() is ".opml" or ".xml";
        if (!isOpml && NotUtf8(bytes) is { } line)
        {
            return (null, [$"{file}: line {line} is not UTF-8; save the file as UTF-8."]);
        }

        var text = OpmlFile.Decode(bytes);
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        // Several workers start at once with the same folder: one applies it, the others find it applied.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({0x4e4d_434f_4e46})", stop);
        var now = clock.GetUtcNow();
        var (done, problems) = Path.GetExtension(file).ToLowerInvariant() switch
        {
            _ when isOpml => await FeedImport.ApplyAsync(db, secrets, text, origin, CronExpressions.Next, now, stop),
            ".yaml" or ".yml" when IsRecipients(text) => await RecipientImport.ApplyAsync(db, secrets, text, origin, now, stop),
            ".yaml" or ".yml" => await WatchImport.ApplyAsync(db, text, actor, origin, now, stop),
            var other => ((string?)null, (IReadOnlyList<string>)[$"'{other}' is no kind of file that can be imported: use .yaml or .opml."]),
        };
        if (problems.Count > 0)
        {
            return (null, [.. problems.Select(p => $"{file}: {p}")]);
        }

        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return (done, []);
    }

    /// <summary>The first line that is no UTF-8; UTF-16 tells itself by its mark.</summary>
    static int? NotUtf8(byte[] bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) return null;
        var line = 0;
        foreach (var range in bytes.AsSpan().Split((byte)'\n'))
        {
            line++;
            if (!Utf8.IsValid(bytes.AsSpan(range))) return line;
        }

        return null;
    }

    static bool IsRecipients(string yaml) => yaml.Split('\n').Any(line => line.StartsWith("recipients:", StringComparison.Ordinal));
}
