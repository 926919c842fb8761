using System.Diagnostics;
using NewsMonitor.Tests.Database;

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
