using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Review.WatchEditing;
using NewsMonitor.Watches;
using Npgsql;

namespace NewsMonitor.Review;

/// <summary><c>monitor backtest</c>: what these watches would have raised on the stored articles, beside what today's raise.</summary>
public static class BacktestCommand
{
    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);

    public static Command Create(Func<CancellationToken, Task<MonitorDbContext>> open, TimeProvider clock)
    {
        var file = new Option<FileInfo>("--watches") { Description = "A watches.yaml", Required = true };
        var since = new Option<string?>("--since") { Description = "How far back, such as 30d or 12h; everything when left out" };
        since.Validators.Add(result =>
        {
            if (Span(result.GetValueOrDefault<string?>()) is null && result.GetValueOrDefault<string?>() is not null)
            {
                result.AddError("--since takes a number with d or h, such as 30d.");
            }
        });
        var command = new Command("backtest", "What these watches would have raised on the stored articles") { file, since };
        command.SetAction(async (parsed, stop) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var read = WatchFile.Read(await File.ReadAllTextAsync(parsed.GetValue(file)!.FullName, stop));
            foreach (var problem in read.Problems)
            {
                await error.WriteLineAsync($"monitor: {parsed.GetValue(file)!.Name}, {problem}");
            }

            if (read.Problems.Count > 0)
            {
                return 1;
            }

            await using var db = await open(stop);
            await using var database = NpgsqlDataSource.Create(db.Database.GetConnectionString()!);
            var stored = await db.Set<Watch>().AsNoTracking().Where(w => w.Enabled).ToListAsync(stop);
            var test = new Backtest(
                database, [.. read.InForce.Select(w => w.Definition)],
                [.. stored.Select(w => WatchEntry.FromJson(w.Definition).Definition)]);
            var from = Span(parsed.GetValue(since)) is { } span ? clock.GetUtcNow() - span : (DateTimeOffset?)null;
            await WriteAsync(output, await RunAsync(test, from, error, clock, stop));
            return 0;
        });
        return command;
    }

    static async Task<BacktestResult> RunAsync(Backtest test, DateTimeOffset? since, TextWriter error, TimeProvider clock,
        CancellationToken stop)
    {
        var total = await test.CountAsync(since, stop);
        var running = test.RunAsync(since, stop);
        while (!running.IsCompleted)
        {
            await Task.WhenAny(running, Task.Delay(Step, clock, stop));
            if (!Console.IsErrorRedirected && total > 0)
            {
                var share = Math.Min(1, (double)test.Read / total);
                await error.WriteAsync($"\r[{new string('#', (int)(share * 40)),-40}] {share,4:P0} {test.Read} articles");
            }
        }

        if (!Console.IsErrorRedirected)
        {
            await error.WriteLineAsync();
        }

        return await running;
    }

    static async Task WriteAsync(TextWriter output, BacktestResult result)
    {
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{result.Articles} articles over {result.Days} days in {result.Seconds} s ({result.ArticlesPerSecond} a second)"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"stories: {result.Gained} gained, {result.Kept} kept, {result.Lost} lost; {result.AlertsPerDay} alerts a day, {result.AlertsPerDayBefore} before"));
        foreach (var sample in result.Samples)
        {
            await output.WriteLineAsync($"{sample.Change}\t{sample.Watch}\t{sample.FetchedAt:yyyy-MM-dd}\t{sample.Source}\t{sample.Title}");
        }
    }

    static TimeSpan? Span(string? text) => text is { Length: > 1 }
        && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && count is > 0 and <= 100_000
            ? text[^1] switch { 'd' => TimeSpan.FromDays(count), 'h' => TimeSpan.FromHours(count), _ => null }
            : null;
}
