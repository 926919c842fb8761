using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Deliveries.Endpoints;
using NewsMonitor.Operations;
using NewsMonitor.Operations.Http;

namespace NewsMonitor.Deliveries.Commands;

/// <summary><c>monitor silence list|add|end</c>, for whoever has the database.</summary>
public static class SilenceCommand
{
    /// <param name="open">Opens the database; the command disposes of what it gets.</param>
    public static Command Create(Func<CancellationToken, Task<MonitorDbContext>> open, TimeProvider clock) =>
        new("silence", "What is deliberately not told: list, add, end") { List(open, clock), Add(open, clock), End(open, clock) };

    static Command List(Func<CancellationToken, Task<MonitorDbContext>> open, TimeProvider clock)
    {
        var command = new Command("list", "Silences that are in force");
        command.SetAction(async (parsed, stop) =>
        {
            await using var db = await open(stop);
            var now = clock.GetUtcNow();
            var silences = db.Set<Silence>().AsNoTracking().Where(s => s.EndsAt == null || s.EndsAt > now);
            foreach (var s in await silences.OrderBy(s => s.Id).ToListAsync(stop))
            {
                (string Field, object? Value)[] fields = [("watch", s.WatchId), ("story", s.StoryId), ("source", s.Source), ("phrase", s.Phrase)];
                var what = string.Join(", ", fields.Where(f => f.Value is not null).Select(f => $"{f.Field} {f.Value}"));
                await parsed.SayAsync($"{s.Id}\t{what}\t{s.StartsAt:u}\t{(s.EndsAt is { } end ? $"{end:u}" : "until ended")}\t{s.Reason}\t{s.CreatedBy}");
            }
            return 0;
        });
        return command;
    }

    static Command Add(Func<CancellationToken, Task<MonitorDbContext>> open, TimeProvider clock)
    {
        var watch = new Option<string?>("--watch") { Description = "Alerts of this watch" };
        var story = new Option<long?>("--story") { Description = "Alerts of this story" };
        var source = new Option<string?>("--source") { Description = "Alerts from this newsroom, by name or host" };
        var phrase = new Option<string?>("--phrase") { Description = "Alerts whose title or excerpt has this phrase" };
        var from = CommandOutput.Time("--from", "From this time; now when left out");
        var to = CommandOutput.Time("--to", "Until this time; until it is ended when left out");
        var reason = new Option<string>("--reason") { Description = "Why; it stands in the alerts", Required = true };
        var command = new Command("add", "Keep alerts from being sent; every given field must fit") { watch, story, source, phrase, from, to, reason };
        command.SetAction(async (parsed, stop) =>
        {
            var (now, errors) = (clock.GetUtcNow(), new FieldErrors());
            var body = new SilenceBody(
                parsed.GetValue(watch), parsed.GetValue(story), parsed.GetValue(source), parsed.GetValue(phrase), parsed.GetValue(from),
                parsed.GetValue(to), parsed.GetValue(reason));
            if (!body.Check(errors, body.StartsAt ?? now))
            {
                await parsed.FailAsync(errors.ToString());
                return 2;
            }
            await using var db = await open(stop);
            var silence = SilenceEndpoints.Make(body, CommandOutput.Actor, now);
            await SilenceEndpoints.AddAsync(db, silence, now, stop);
            await parsed.SayAsync($"{silence.Id}");
            return 0;
        });
        return command;
    }

    static Command End(Func<CancellationToken, Task<MonitorDbContext>> open, TimeProvider clock)
    {
        var id = new Argument<long>("id") { Description = "The number that `monitor silence list` shows first" };
        var command = new Command("end", "End a silence now") { id };
        command.SetAction(async (parsed, stop) =>
        {
            await using var db = await open(stop);
            var now = clock.GetUtcNow();
            if (await db.Set<Silence>().FirstOrDefaultAsync(s => s.Id == parsed.GetValue(id), stop) is not { } silence)
            {
                return await parsed.FailAsync($"there is no silence {parsed.GetValue(id)}; `monitor silence list` shows them all.");
            }
            db.Remove(silence);
            var name = silence.Id.ToString(CultureInfo.InvariantCulture);
            db.Audited(now, CommandOutput.Actor, "silence.delete", name, before: SilenceView.Of(silence, now));
            await db.SaveChangesAsync(stop);
            return 0;
        });
        return command;
    }
}
