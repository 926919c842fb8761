using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Database;
using NewsMonitor.Operations;
using NewsMonitor.Operations.Http;
using TextEngine.Normalisation;

namespace NewsMonitor.Deliveries.Endpoints;

/// <summary>A silence as it is written. Alerts that fit every given field are kept but not sent; without an end it lasts until it is removed.</summary>
public sealed record SilenceBody(
    string? WatchId, long? StoryId, string? Source, string? Phrase, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, string? Reason)
{
    internal bool Check(FieldErrors errors, DateTimeOffset startsAt)
    {
        errors.Text("reason", Reason, 1000);
        errors.Text("watchId", WatchId, 100, required: false);
        errors.Text("source", Source, 300, required: false);
        errors.Text("phrase", Phrase, 300, required: false);
        if (Phrase is { Length: > 0 } && NormalisedText.Of(Phrase).Text.Length == 0)
        {
            errors.Add("phrase", "holds no word, so no alert would ever fit it.");
        }
        if (StoryId is null && string.IsNullOrWhiteSpace(WatchId) && string.IsNullOrWhiteSpace(Source) && string.IsNullOrWhiteSpace(Phrase))
        {
            errors.Add("watchId", "is missing, as are storyId, source and phrase: name at least one, or nothing would be sent at all.");
        }
        if (EndsAt <= startsAt)
        {
            errors.Add("endsAt", "lies before its start.");
        }
        return !errors.Any;
    }
}

public sealed record SilenceView(
    long Id, string? WatchId, long? StoryId, string? Source, string? Phrase, DateTimeOffset StartsAt, DateTimeOffset? EndsAt, string Reason,
    string CreatedBy, DateTimeOffset CreatedAt, bool Active)
{
    internal static SilenceView Of(Silence s, DateTimeOffset now) => new(
        s.Id, s.WatchId, s.StoryId, s.Source, s.Phrase, s.StartsAt, s.EndsAt, s.Reason, s.CreatedBy, s.CreatedAt,
        s.StartsAt <= now && (s.EndsAt is null || s.EndsAt > now));
}

/// <param name="Until">When the story may be told of again; never when left out.</param>
public sealed record MuteBody(DateTimeOffset? Until, string? Reason);

/// <summary>What is deliberately not told.</summary>
public static class SilenceEndpoints
{
    public static void MapSilenceEndpoints(this IEndpointRouteBuilder api)
    {
        var silences = api.MapGroup("/silences").WithTags("Delivery");
        silences.MapGet("", ListAsync).WithName("listSilences").WithSummary("Silences, newest first").WithProblems(400);
        silences.MapGet("/{id:long}", GetAsync).WithName("getSilence").WithSummary("One silence").WithProblems(404);
        silences.MapPost("", CreateAsync).WithName("createSilence").WithSummary("Keep alerts from being sent, from a time to a time, with a reason")
            .RequireAuthorization(Policies.Admin).WithProblems(400);
        silences.MapPut("/{id:long}", ReplaceAsync).WithName("updateSilence").WithSummary("Change a silence")
            .RequireAuthorization(Policies.Admin).WithProblems(400, 404, 412);
        silences.MapDelete("/{id:long}", DeleteAsync).WithName("deleteSilence").WithSummary("End a silence")
            .RequireAuthorization(Policies.Admin).WithProblems(404);
        api.MapPost("/alerts/{id:long}/mute", MuteAsync).WithTags("Alerts").WithName("muteStory")
            .WithSummary("Send nothing more of this alert's story").RequireAuthorization(Policies.Reviewer).WithProblems(400, 404, 409);
    }

    static async Task<Results<Ok<Page<SilenceView>>, ProblemHttpResult>> ListAsync(
        [Description("Only those that are in force now.")] bool? active, [AsParameters] PageQuery page, MonitorDbContext db, TimeProvider clock,
        CancellationToken cancel)
    {
        var errors = new FieldErrors();
        if (!page.TryRead(errors, 1, out var limit, out var after))
        {
            return errors.ToProblem();
        }
        var (now, before) = (clock.GetUtcNow(), after?[0] ?? long.MaxValue);
        var silences = db.Set<Silence>().AsNoTracking().Where(s => s.Id < before);
        silences = active == true ? silences.Where(s => s.StartsAt <= now && (s.EndsAt == null || s.EndsAt > now)) : silences;
        var rows = await silences.OrderByDescending(s => s.Id).Take(limit + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page<SilenceView>.Of(rows, limit, s => SilenceView.Of(s, now), s => Cursors.Of(s.Id)));
    }

    static async Task<Results<Ok<SilenceView>, ProblemHttpResult>> GetAsync(
        long id, HttpContext http, MonitorDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Set<Silence>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel) is not { } silence)
        {
            return Problems.NotFound("silence", id);
        }
        http.Tag(silence.Version);
        return TypedResults.Ok(SilenceView.Of(silence, clock.GetUtcNow()));
    }

    static async Task<Results<Created<SilenceView>, ProblemHttpResult>> CreateAsync(
        SilenceBody body, HttpContext http, MonitorDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        var now = clock.GetUtcNow();
        if (!body.Check(errors, body.StartsAt ?? now))
        {
            return errors.ToProblem();
        }
        var silence = Make(body, http.User.Actor(), now);
        await AddAsync(db, silence, now, cancel);
        http.Tag(silence.Version);
        return TypedResults.Created($"/api/v1/silences/{silence.Id}", SilenceView.Of(silence, now));
    }

    static async Task<Results<Created<SilenceView>, ProblemHttpResult>> MuteAsync(
        long id, MuteBody body, HttpContext http, MonitorDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Set<Alert>().AsNoTracking().FirstOrDefaultAsync(a => a.Id == id, cancel) is not { } alert)
        {
            return Problems.NotFound("alert", id);
        }
        var now = clock.GetUtcNow();
        if (body.Until <= now)
        {
            return Problems.Invalid("until", "has passed.");
        }
        var made = await Muting.MuteAsync(db, [alert], body.Reason, body.Until, http.User.Actor(), now, cancel);
        if (made is not [var silence])
        {
            return Problems.Conflict($"The story of alert {id.ToString(CultureInfo.InvariantCulture)} is muted already.");
        }
        await db.SaveChangesAsync(cancel);
        http.Tag(silence.Version);
        return TypedResults.Created($"/api/v1/silences/{silence.Id}", SilenceView.Of(silence, now));
    }

    /// <summary>Keeps a new silence, which gets its number by that, and the audit's line of it.</summary>
    internal static async Task AddAsync(MonitorDbContext db, Silence silence, DateTimeOffset now, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        db.Add(silence);
        await db.SaveChangesAsync(cancel);
        var name = silence.Id.ToString(CultureInfo.InvariantCulture);
        db.Audited(now, silence.CreatedBy, "silence.create", name, after: SilenceView.Of(silence, now));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    static async Task<Results<Ok<SilenceView>, ProblemHttpResult>> ReplaceAsync(
        long id, SilenceBody body, HttpContext http, MonitorDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Set<Silence>().FirstOrDefaultAsync(s => s.Id == id, cancel) is not { } silence)
        {
            return Problems.NotFound("silence", id);
        }
        if (http.Refusal(silence.Version) is { } refusal)
        {
            return refusal;
        }
        var errors = new FieldErrors();
        if (!body.Check(errors, body.StartsAt ?? silence.StartsAt))
        {
            return errors.ToProblem();
        }
        var (now, before) = (clock.GetUtcNow(), SilenceView.Of(silence, clock.GetUtcNow()));
        Apply(silence, body, silence.StartsAt);
        db.Audited(now, http.User.Actor(), "silence.update", id.ToString(CultureInfo.InvariantCulture), before, SilenceView.Of(silence, now));
        await db.SaveChangesAsync(cancel);
        return await GetAsync(id, http, db, clock, cancel);
    }

    static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        long id, HttpContext http, MonitorDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Set<Silence>().FirstOrDefaultAsync(s => s.Id == id, cancel) is not { } silence)
        {
            return Problems.NotFound("silence", id);
        }
        var now = clock.GetUtcNow();
        db.Remove(silence);
        db.Audited(now, http.User.Actor(), "silence.delete", id.ToString(CultureInfo.InvariantCulture), before: SilenceView.Of(silence, now));
        await db.SaveChangesAsync(cancel);
        return TypedResults.NoContent();
    }

    internal static Silence Make(SilenceBody body, string actor, DateTimeOffset now)
    {
        var silence = new Silence { Reason = "", CreatedBy = actor, CreatedAt = now };
        Apply(silence, body, now);
        return silence;
    }

    static void Apply(Silence silence, SilenceBody body, DateTimeOffset start)
    {
        // A field left blank, as forms send it, is no field.
        (silence.WatchId, silence.StoryId) = (Given(body.WatchId), body.StoryId);
        (silence.Source, silence.Phrase) = (Given(body.Source), Given(body.Phrase));
        (silence.StartsAt, silence.EndsAt) = ((body.StartsAt ?? start).ToUniversalTime(), body.EndsAt?.ToUniversalTime());
        silence.Reason = body.Reason!;
    }

    static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
