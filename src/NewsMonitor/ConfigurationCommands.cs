using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;
using NewsMonitor.Database;
using NewsMonitor.Deliveries;
using NewsMonitor.Feeds;
using NewsMonitor.Watches;

namespace NewsMonitor;

/// <summary><c>monitor import</c> and <c>monitor export</c>: watches, feeds and recipients as files, in and out.</summary>
static class ConfigurationCommands
{
    const string Actor = "command line";

    public static Command Import(TimeProvider clock)
    {
        var files = new Argument<string[]>("files") { Description = "watches.yaml, feeds.opml, recipients.yaml", Arity = ArgumentArity.OneOrMore };
        var command = new Command("import", "Create or update watches, feeds and recipients from files; a file with a mistake is refused whole") { files };
        command.SetAction(async (parsed, stop) =>
        {
            await using var db = await CommandDatabase.OpenAsync(stop);
            var options = new DbContextOptionsBuilder<MonitorDbContext>().UseNpgsql(db.Database.GetConnectionString()).Options;
            var folder = new ConfigFolder(new PooledDbContextFactory<MonitorDbContext>(options), CommandDatabase.OpenSecrets(), clock,
                NullLogger<ConfigFolder>.Instance);
            var refused = false;
            foreach (var file in parsed.GetValue(files)!)
            {
                var (done, problems) = await folder.ImportAsync(file, Actor, Origin.Api, stop);
                refused |= problems.Count > 0;
                if (done is not null)
                {
                    await parsed.InvocationConfiguration.Output.WriteLineAsync($"{file}: {done}");
                }

                foreach (var problem in problems)
                {
                    await parsed.InvocationConfiguration.Error.WriteLineAsync($"monitor: {problem}");
                }
            }

            return refused ? 1 : 0;
        });
        return command;
    }

    public static Command Export(TimeProvider clock)
    {
        var what = new Argument<string>("what") { Description = "watches, feeds or recipients" };
        what.AcceptOnlyFromAmong("watches", "feeds", "recipients");
        var withSecrets = new Option<bool>("--secrets")
        {
            Description = "With recipients' secrets and whole addresses, feeds' headers, users, passwords and proxies: keep the file safe",
        };
        var command = new Command("export", "Write watches (YAML), feeds (OPML) or recipients (YAML) to standard output")
        {
            what,
            withSecrets,
        };
        command.SetAction(async (parsed, stop) =>
        {
            await using var db = await CommandDatabase.OpenAsync(stop);
            var secrets = parsed.GetValue(withSecrets) ? CommandDatabase.OpenSecrets() : null;
            var text = parsed.GetValue(what) switch
            {
                "watches" => WatchFileWriter.Write(
                    (await db.Set<Watch>().AsNoTracking().OrderBy(w => w.Id).ToListAsync(stop)).Select(w => w.ToEntry())),
                "feeds" => OpmlFile.Write("News Monitor", clock.GetUtcNow(),
                    await db.Set<Feed>().AsNoTracking().Where(f => f.Origin != Origin.Sample).ToListAsync(stop),
                    secrets is null ? null : secrets.Reveal),
                _ => RecipientFileWriter.Write(await db.Set<Recipient>().AsNoTracking().OrderBy(r => r.Id).ToListAsync(stop), secrets),
            };
            await parsed.InvocationConfiguration.Output.WriteLineAsync(text.TrimEnd());
            return 0;
        });
        return command;
    }
}
