using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Deliveries;
using NewsMonitor.Feeds;
using NewsMonitor.Operations;
using NewsMonitor.Tests.Database;
using NewsMonitor.Watches;

namespace NewsMonitor.Tests.EndToEnd;

/// <summary>Configuration goes in and comes out as files, through the real program.</summary>
public sealed class ConfigurationCommandTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    const string Recipients = """
        recipients:
          - id: desk
            kind: email
            to: desk@example.org
            mode: daily
            dailyAt: "07:30"
            timeZone: Asia/Baghdad
            only: {languages: [ar]}
        """;

    [Fact]
    public async Task WhatIsExportedCanBeImportedAndSaysTheSame()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        using var setting = new Setting("""watches: [{id: w, terms: ["قاآني"], context: ["فيلق القدس"], examples: {match: ["لقاآني"]}}]""",
            [new Uri("https://news.example/feed.xml")]);
        var settings = setting.Settings(database.ConnectionString);
        var folder = settings["Monitor__ConfigDirectory"];
        await File.WriteAllTextAsync(Path.Combine(folder, "recipients.yaml"), Recipients);
        foreach (var (what, file) in new[] { ("watches", "watches.yaml"), ("feeds", "feeds.opml"), ("recipients", "recipients.yaml") })
        {
            var (code, _, error) = await RunAsync(settings, "import", Path.Combine(folder, file));
            Assert.True(code == 0, error);
            var first = await RunAsync(settings, "export", what);
            var copy = Path.Combine(folder, "copy" + Path.GetExtension(file));
            await File.WriteAllTextAsync(copy, first.Output);
            (code, _, error) = await RunAsync(settings, "import", copy);
            Assert.True(code == 0, error);
            var second = await RunAsync(settings, "export", what);
            Assert.Equal(WithoutDate(first.Output), WithoutDate(second.Output));
            Assert.NotEmpty(first.Output);
        }
    }

    /// <summary>Everything that people set through the API, in an installation with another key.</summary>
    [Fact]
    public async Task TheWholeConfigurationMovesToAnotherInstallation()
    {
        await using var here = await postgres.CreateDatabaseAsync();
        await using var there = await postgres.CreateDatabaseAsync();
        using var setting = new Setting("watches: []", []);
        var (hereSettings, thereSettings) = (setting.Settings(here.ConnectionString), setting.Settings(there.ConnectionString));
        hereSettings["Monitor__SecretKey"] = Convert.ToBase64String(Enumerable.Repeat((byte)1, 32).ToArray());
        thereSettings["Monitor__SecretKey"] = Convert.ToBase64String(Enumerable.Repeat((byte)2, 32).ToArray());
        var hereSecrets = Secrets.Open(hereSettings["Monitor__SecretKey"], "", TimeProvider.System);
        var thereSecrets = Secrets.Open(thereSettings["Monitor__SecretKey"], "", TimeProvider.System);
        await FillAsync(here, hereSecrets);
        var wanted = await StateAsync(here, hereSecrets);

        // Twice, since an installation that has it all already must stay as it is, too.
        for (var time = 0; time < 2; time++)
        {
            foreach (var (what, kind) in new[] { ("recipients", "yaml"), ("watches", "yaml"), ("feeds", "opml") })
            {
                var exported = await RunAsync(hereSettings, "export", what, "--secrets");
                Assert.True(exported.Code == 0, exported.Error);
                var file = Path.Combine(hereSettings["Monitor__ConfigDirectory"], $"{what}-moved.{kind}");
                await File.WriteAllTextAsync(file, exported.Output);
                var (code, _, error) = await RunAsync(thereSettings, "import", file);
                Assert.True(code == 0, error);
            }

            Assert.Equal(wanted, await StateAsync(there, thereSecrets));
        }
    }

    [Fact]
    public async Task AnExportWithoutSecretsHasNoneAndChangesNothingWhereTheyAreStored()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        using var setting = new Setting("watches: []", []);
        var settings = setting.Settings(database.ConnectionString);
        settings["Monitor__SecretKey"] = Convert.ToBase64String(Enumerable.Repeat((byte)1, 32).ToArray());
        var secrets = Secrets.Open(settings["Monitor__SecretKey"], "", TimeProvider.System);
        await FillAsync(database, secrets);
        var before = await StateAsync(database, secrets);
        foreach (var (what, kind) in new[] { ("recipients", "yaml"), ("feeds", "opml") })
        {
            var (code, output, error) = await RunAsync(settings, "export", what);
            Assert.True(code == 0, error);
            Assert.DoesNotContain("hidden", output, StringComparison.Ordinal);
            var file = Path.Combine(settings["Monitor__ConfigDirectory"], $"{what}-again.{kind}");
            await File.WriteAllTextAsync(file, output);
            (code, _, error) = await RunAsync(settings, "import", file);
            Assert.True(code == 0, error);
        }

        Assert.Equal(before, await StateAsync(database, secrets));
    }

    static async Task FillAsync(TestDatabase database, Secrets secrets)
    {
        await using var db = database.CreateContext();
        var now = DateTimeOffset.UtcNow;
        db.AddRange(
            new Feed { Url = "https://a.example/feed", CreatedAt = now, UpdatedAt = now },
            new Feed
            {
                Url = "https://b.example/feed?x=1&y=2", Title = "ب \"b\" <b>", SiteUrl = "https://b.example/", Description = "About b",
                Folder = "العراق / صحف", Language = "ar", Enabled = false, CreatedAt = now, UpdatedAt = now,
                Settings = new()
                {
                    Cron = "0 0/10 6-22 * * ?", UserAgent = "Desk/1", User = "hidden-user", Password = secrets.Protect("hidden-password"),
                    Headers = new Dictionary<string, string> { ["Cookie"] = "session=hidden; b=\"c\"" },
                    Proxy = "http://hidden:3128", FullText = true,
                },
            },
            new Feed
            {
                Url = "https://c.example/feed", Title = "c", Folder = "العراق", CreatedAt = now, UpdatedAt = now,
                Settings = new() { Interval = TimeSpan.FromMinutes(7), Headers = new Dictionary<string, string> { ["X-Key"] = "hidden" } },
            });
        foreach (var (definition, enabled) in new (RecipientDefinition, bool)[]
        {
            (new()
            {
                Id = "desk", Kind = RecipientKind.Email, Target = "desk@example.org", Mode = DeliveryMode.Daily,
                MinSeverity = Severity.High,
                Settings = new()
                {
                    QuietHours = "22:00-06:30", Language = "ar", TimeZone = "Asia/Baghdad", Default = true, DailyAt = new(7, 30),
                    GroupSeconds = 0,
                    Only = new() { Sources = ["b.example"], Languages = ["ar"], Folders = ["العراق"], Hours = "08:00-18:00" },
                    Escalate = new("hook", 15),
                },
            }, true),
            (new() { Id = "hook", Kind = RecipientKind.Webhook, Target = "https://a.example/", Secrets = [Setting.WebhookSecret] }, false),
            (new() { Id = "slack", Kind = RecipientKind.Slack, Target = "https://hooks.slack.example/services/hidden" }, true),
            (new() { Id = "chat", Kind = RecipientKind.Telegram, Target = "-1001234567890", Secrets = ["1234:hidden-token"] }, true),
        })
        {
            var recipient = RecipientStore.Create(definition, secrets, Origin.Api, now);
            recipient.Enabled = enabled;
            db.Add(recipient);
        }

        foreach (var entry in WatchFile.Read("""
            watches:
              - {id: on, terms: ["قاآني"], context: ["فيلق القدس"], not: ["أحمر قاني"], examples: {match: ["لقاآني"]},
                 recipients: [desk, hook], crossScript: false}
              - {id: off, name: Off, severity: critical, query: 'a AND title:"b c"', enabled: false}
            """).Watches)
        {
            WatchImport.Save(db, null, entry, "test", Origin.Api, now);
            db.Set<Watch>().Local.Single(w => w.Id == entry.Definition.Id).Enabled = entry.Enabled ?? true;
        }

        await db.SaveChangesAsync();
    }

    /// <summary>What somebody set, with its secrets in the clear; without the numbers and times of the one installation.</summary>
    static async Task<string> StateAsync(TestDatabase database, Secrets secrets)
    {
        await using var db = database.CreateContext();
        var feeds = await db.Set<Feed>().OrderBy(f => f.Url).ToListAsync();
        var recipients = await db.Set<Recipient>().OrderBy(r => r.Id).ToListAsync();
        var watches = await db.Set<Watch>().OrderBy(w => w.Id).ToListAsync();
        return JsonSerializer.Serialize(
            new
            {
                Feeds = feeds.Select(f => new
                {
                    f.Url,
                    f.Title,
                    f.SiteUrl,
                    f.Description,
                    f.Folder,
                    f.Language,
                    f.Enabled,
                    Settings = f.Settings with { Password = f.Settings.Password is { } kept ? secrets.Reveal(kept) : null },
                }),
                Recipients = recipients.Select(r => new
                {
                    r.Id,
                    r.Kind,
                    r.Target,
                    r.Mode,
                    r.MinSeverity,
                    r.Settings,
                    r.Enabled,
                    Secret = RecipientSecret.Open(r, secrets) with { FormerUntil = null },
                }),
                Watches = watches.Select(w => new
                {
                    w.Id,
                    w.Name,
                    w.Severity,
                    w.Enabled,
                    w.Revision,
                    Definition = WatchEntry.FromJson(w.Definition),
                }),
            },
            new JsonSerializerOptions(JsonColumn.Options) { WriteIndented = true });
    }

    [Fact]
    public async Task AFileWithAMistakeIsRefusedByLineAndColumn()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        using var setting = new Setting("watches:\n  - id: w\n    query: 'قاآني AND ('\n", []);
        var settings = setting.Settings(database.ConnectionString);
        var (code, _, error) = await RunAsync(settings, "import", Path.Combine(settings["Monitor__ConfigDirectory"], "watches.yaml"));
        Assert.Equal(1, code);
        Assert.Matches(@"watches\.yaml: line 3, column \d+: ", error);
        Assert.Equal(0L, await database.ScalarAsync<long>("SELECT count(*) FROM watches"));
    }

    [Theory]
    [InlineData("Monitor__Fetch__DefaultInterval", "99.00:00:00", "DefaultInterval")]
    [InlineData("Monitor__Fetch__Concurrency", "many", "Monitor__Fetch__Concurrency is 'many'; it takes a number")]
    [InlineData("Monitor__Deliveries__Lanes", "0", "Lanes")]
    [InlineData("Monitor__Api__RequestsPerMinute", "0", "RequestsPerMinute")]
    public async Task ASettingOutOfItsRangeIsOneSentence(string key, string value, string named)
    {
        await using var database = await postgres.CreateDatabaseAsync();
        using var setting = new Setting("watches: []", []);
        var settings = setting.Settings(database.ConnectionString);
        (settings[key], settings["ASPNETCORE_URLS"]) = (value, "http://127.0.0.1:0");
        var (code, _, error) = await RunAsync(settings, "run");
        Assert.Equal(1, code);
        var said = Assert.Single(error.Split('\n'), line => line.StartsWith("monitor: ", StringComparison.Ordinal));
        Assert.Contains(named, said, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", error, StringComparison.Ordinal);
    }

    static string WithoutDate(string text) => string.Join('\n', text.Split('\n').Where(line => !line.Contains("dateCreated", StringComparison.Ordinal)));

    static async Task<(int Code, string Output, string Error)> RunAsync(Dictionary<string, string> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "monitor.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }
}
