using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Deliveries.Endpoints;

namespace NewsMonitor.Deliveries.Commands;

/// <summary><c>monitor delivery list|retry</c>, for whoever has the database. What is made due is sent by the service, within a tick.</summary>
public static class DeliveryCommand
{
    const int MostLines = 1000;

    /// <param name="open">Opens the database; the command disposes of what it gets.</param>
    public static Command Create(Func<CancellationToken, Task<MonitorDbContext>> open, TimeProvider clock) =>
        new("delivery", "Messages that are or were owed: list, retry") { List(open), Retry(open, clock) };

    static Command List(Func<CancellationToken, Task<MonitorDbContext>> open)
    {
        var status = new Option<DeliveryStatus?>("--status") { Description = "pending, sent or dead" };
        var recipient = new Option<string?>("--recipient") { Description = "Only this recipient's" };
        var command = new Command("list", $"The newest {MostLines} deliveries, with what the other side said last") { status, recipient };
        command.SetAction(async (parsed, stop) =>
        {
            await using var db = await open(stop);
            var name = parsed.GetValue(status) is { } wanted ? Names.Kebab(wanted) : null;
            var deliveries = new DeliveryQuery(parsed.GetValue(recipient), name, null, null, null).Apply(db.Set<Delivery>().AsNoTracking(), [])!;
            foreach (var d in await deliveries.OrderByDescending(d => d.Id).Take(MostLines).ToListAsync(stop))
            {
                await parsed.SayAsync(
                    $"{d.Id}\t{d.RecipientId}\t{d.Event}\t{Names.Kebab(d.Status)}\t{d.Attempts} attempts\t{d.CreatedAt:u}\t{d.LastResponse}");
            }
            return 0;
        });
        return command;
    }

    static Command Retry(Func<CancellationToken, Task<MonitorDbContext>> open, TimeProvider clock)
    {
        var ids = new Argument<long[]>("id") { Description = "Deliveries by number", Arity = ArgumentArity.ZeroOrMore };
        var recipient = new Option<string?>("--recipient") { Description = "Every dead one of this recipient" };
        var from = CommandOutput.Time("--from", "Every dead one owed at or after this time");
        var to = CommandOutput.Time("--to", "Every dead one owed before this time");
        var command = new Command("retry", "Send dead deliveries again, by number or a range") { ids, recipient, from, to };
        command.SetAction(async (parsed, stop) =>
        {
            var numbers = parsed.GetValue(ids) ?? [];
            var query = new DeliveryQuery(parsed.GetValue(recipient), null, null, parsed.GetValue(from), parsed.GetValue(to));
            if (numbers.Length == 0 && query is { Recipient: null, From: null, To: null })
            {
                await parsed.FailAsync("name deliveries, or a range by --recipient, --from, --to.");
                return 2;
            }
            await using var db = await open(stop);
            var count = await Retrying.AgainAsync(db, query, numbers, CommandOutput.Actor, clock.GetUtcNow(), stop);
            await parsed.SayAsync($"{count} retried");
            return 0;
        });
        return command;
    }
}
