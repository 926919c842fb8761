using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;

namespace NewsMonitor.Review;

/// <summary><c>monitor key create|list|revoke</c>: API keys from the command line, for whoever has the database.</summary>
public static class KeyCommand
{
    const string Actor = "command line";

    /// <param name="open">Opens the database; the command disposes of what it gets.</param>
    public static Command Create(Func<CancellationToken, Task<MonitorDbContext>> open, TimeProvider clock) => new("key", "API keys")
    {
        CreateKey(open, clock),
        ListKeys(open),
        RevokeKey(open, clock),
    };

    static Command CreateKey(Func<CancellationToken, Task<MonitorDbContext>> open, TimeProvider clock)
    {
        var name = new Option<string>("--name") { Description = "Who or what will use it", Required = true };
        var role = new Option<Role>("--role")
        {
            Description = "reader, reviewer or admin",
            Required = true,
            CustomParser = given =>
            {
                if (!Names.TryParse<Role>(given.Tokens[0].Value, out var read))
                {
                    given.AddError($"--role is reader, reviewer or admin, not '{given.Tokens[0].Value}'.");
                }

                return read;
            },
        };
        var days = new Option<int?>("--days") { Description = "Days until it expires; never when left out" };
        name.Validators.Add(result =>
            Refuse(result, result.GetValueOrDefault<string>() is { Length: > 0 and <= 100 }, "--name takes 1 to 100 characters."));
        days.Validators.Add(result =>
            Refuse(result, result.GetValueOrDefault<int?>() is null or (> 0 and <= 36_500), "--days takes 1 to 36500."));
        var command = new Command("create", "Make a key; it is printed once") { name, role, days };
        command.SetAction(async (parsed, stop) =>
        {
            await using var db = await open(stop);
            var now = clock.GetUtcNow();
            var expires = parsed.GetValue(days) is { } count ? now.AddDays(count) : (DateTimeOffset?)null;
            var (_, secret) = await ApiKeys.CreateAsync(db, parsed.GetValue(name)!, parsed.GetValue(role), now, Actor, expires, stop);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(secret);
            return 0;
        });
        return command;
    }

    static Command ListKeys(Func<CancellationToken, Task<MonitorDbContext>> open)
    {
        var command = new Command("list", "Keys by prefix, with role and last use");
        command.SetAction(async (parsed, stop) =>
        {
            await using var db = await open(stop);
            foreach (var key in await db.Set<ApiKey>().AsNoTracking().OrderBy(k => k.Id).ToListAsync(stop))
            {
                var state = key.RevokedAt is { } revoked ? $"revoked {revoked:u}" : key.ExpiresAt is { } expires ? $"expires {expires:u}"
                    : "live";
                var used = key.LastUsedAt is { } last ? $"used {last:u}" : "never used";
                await parsed.InvocationConfiguration.Output.WriteLineAsync(
                    $"{key.Id}\t{key.Prefix}…\t{Names.Kebab(key.Role)}\t{key.Name}\t{state}\t{used}");
            }

            return 0;
        });
        return command;
    }

    static Command RevokeKey(Func<CancellationToken, Task<MonitorDbContext>> open, TimeProvider clock)
    {
        var id = new Argument<long>("id") { Description = "The number that `monitor key list` shows first" };
        var command = new Command("revoke", "Stop a key at once") { id };
        command.SetAction(async (parsed, stop) =>
        {
            await using var db = await open(stop);
            if (await ApiKeys.RevokeAsync(db, parsed.GetValue(id), clock.GetUtcNow(), Actor, stop))
            {
                return 0;
            }

            await parsed.InvocationConfiguration.Error.WriteLineAsync(
                $"monitor: there is no live key {parsed.GetValue(id)}; `monitor key list` shows them all.");
            return 1;
        });
        return command;
    }

    static void Refuse(System.CommandLine.Parsing.OptionResult result, bool good, string message)
    {
        if (!good)
        {
            result.AddError(message);
        }
    }
}
