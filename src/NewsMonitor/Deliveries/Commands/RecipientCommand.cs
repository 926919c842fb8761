using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Deliveries.Endpoints;
using NewsMonitor.Operations;
using NewsMonitor.Outbound;

namespace NewsMonitor.Deliveries.Commands;

/// <summary><c>monitor recipient list|test|replay</c>, for whoever has the database.</summary>
public static class RecipientCommand
{
    /// <param name="open">Opens the database; the command disposes of what it gets.</param>
    /// <param name="secrets">Opens the key that the service encrypts secrets with.</param>
    /// <param name="configuration">Reads the service's own configuration.</param>
    /// <param name="publicUrl">Where the service is reached by that configuration.</param>
    public static Command Create(
        Func<CancellationToken, Task<MonitorDbContext>> open, Func<Secrets> secrets, Func<IConfiguration> configuration,
        Func<IConfiguration, Uri> publicUrl, TimeProvider clock) =>
        new("recipient", "Who is told: list, test, replay")
        {
            List(open), Test(open, secrets, configuration, publicUrl, clock), Replay(open, clock),
        };

    static Command List(Func<CancellationToken, Task<MonitorDbContext>> open)
    {
        var command = new Command("list", "Recipients by id, without their secrets");
        command.SetAction(async (parsed, stop) =>
        {
            await using var db = await open(stop);
            foreach (var r in await db.Set<Recipient>().AsNoTracking().OrderBy(r => r.Id).ToListAsync(stop))
            {
                var state = r.Enabled ? "enabled" : $"disabled: {r.DisabledReason ?? "by hand"}";
                await parsed.SayAsync($"{r.Id}\t{Names.Kebab(r.Kind)}\t{r.Target}\t{Names.Kebab(r.Mode)}\t{state}");
            }
            return 0;
        });
        return command;
    }

    static Command Test(
        Func<CancellationToken, Task<MonitorDbContext>> open, Func<Secrets> secrets, Func<IConfiguration> configuration,
        Func<IConfiguration, Uri> publicUrl, TimeProvider clock)
    {
        var id = Id();
        var command = new Command("test", "Send a real test message now and say what the other side said") { id };
        command.SetAction(async (parsed, stop) =>
        {
            await using var db = await open(stop);
            if (await FindAsync(db, parsed.GetValue(id)!, stop) is not { } recipient)
            {
                return await parsed.FailAsync($"there is no recipient {parsed.GetValue(id)}; `monitor recipient list` shows them all.");
            }
            var settings = configuration();
            var address = publicUrl(settings);
            await using var services = new ServiceCollection().AddLogging().AddSingleton(clock).AddSingleton(secrets())
                .AddSingleton<Func<Uri>>(() => address)
                .AddOutbound(settings).AddDeliveries(settings).BuildServiceProvider();
            var result = await RecipientTest.SendAsync(
                db, recipient, services.GetRequiredService<Secrets>(), services.GetRequiredService<MessageMaker>(),
                services.GetRequiredService<Func<RecipientKind, IChannel>>(), CommandOutput.Actor, clock, stop);
            await parsed.SayAsync($"{Names.Kebab(result.Verdict)}: {result.Said}");
            return result.Verdict == VerdictKind.Sent ? 0 : 1;
        });
        return command;
    }

    static Command Replay(Func<CancellationToken, Task<MonitorDbContext>> open, TimeProvider clock)
    {
        var id = Id();
        var since = CommandOutput.Time("--since", "A time, such as 2026-03-01T00:00Z");
        since.Required = true;
        var command = new Command("replay", "Owe a recipient again everything that it missed since a time") { id, since };
        command.SetAction(async (parsed, stop) =>
        {
            await using var db = await open(stop);
            if (await FindAsync(db, parsed.GetValue(id)!, stop) is not { Enabled: true } recipient)
            {
                return await parsed.FailAsync($"there is no enabled recipient {parsed.GetValue(id)}; `monitor recipient list` shows them all.");
            }
            var (retried, owed) = await Replaying.AgainAsync(
                db, recipient, parsed.GetValue(since)!.Value, CommandOutput.Actor, clock.GetUtcNow(), stop);
            await parsed.SayAsync($"{retried} retried, {owed} owed for the first time");
            return 0;
        });
        return command;
    }

    static Argument<string> Id() => new("id") { Description = "The recipient, by id" };

    static Task<Recipient?> FindAsync(MonitorDbContext db, string id, CancellationToken stop) =>
        db.Set<Recipient>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, stop);
}
