using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Operations.Http;

namespace NewsMonitor.Review.Keys;

/// <summary>What is shown of a key: never the key, only the prefix that tells it from others.</summary>
public sealed record KeyView(
    long Id, string Name, Role Role, string Prefix, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt)
{
    internal static KeyView Of(ApiKey key) =>
        new(key.Id, key.Name, key.Role, key.Prefix, key.CreatedAt, key.LastUsedAt, key.ExpiresAt, key.RevokedAt);
}

/// <param name="Name">Who or what will use it; history and audit name it so.</param>
/// <param name="ExpiresAt">When it stops working; never when left out.</param>
public sealed record KeyCreate(string? Name, Role? Role, DateTimeOffset? ExpiresAt);

/// <summary>A new key. <c>Secret</c> is shown here once and kept nowhere.</summary>
public sealed record KeyCreated(KeyView Key, string Secret);

/// <summary>API keys: an admin's to make, see and revoke.</summary>
static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/keys").WithTags("Operations").RequireAuthorization(Policies.Admin);
        keys.MapGet("", ListAsync).WithName("listKeys").WithSummary("API keys, newest first").WithProblems(400);
        keys.MapPost("", CreateAsync).WithName("createKey").WithSummary("Make an API key; it is shown once").WithProblems(400);
        keys.MapDelete("/{id:long}", RevokeAsync).WithName("revokeKey").WithSummary("Revoke a key at once").WithProblems(404);
    }

    static async Task<Results<Ok<Page<KeyView>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageQuery page, MonitorDbContext db, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        if (!page.TryRead(errors, 1, out var limit, out var after))
        {
            return errors.ToProblem();
        }

        var before = after?[0] ?? long.MaxValue;
        var keys = await db.Set<ApiKey>().AsNoTracking().Where(k => k.Id < before).OrderByDescending(k => k.Id).Take(limit + 1)
            .ToListAsync(cancel);
        return TypedResults.Ok(Page<KeyView>.Of(keys, limit, KeyView.Of, key => Cursors.Of(key.Id)));
    }

    static async Task<Results<Created<KeyCreated>, ProblemHttpResult>> CreateAsync(
        KeyCreate body, HttpContext http, MonitorDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var errors = new FieldErrors();
        errors.Text("name", body.Name, 100);
        if (body.Role is null)
        {
            errors.Add("role", "is missing; it may be reader, reviewer or admin.");
        }

        if (body.ExpiresAt <= now)
        {
            errors.Add("expiresAt", "has passed.");
        }

        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var (key, secret) = await ApiKeys.CreateAsync(
            db, body.Name!.Trim(), body.Role!.Value, now, http.User.Actor(), body.ExpiresAt?.ToUniversalTime(), cancel);
        return TypedResults.Created($"/api/v1/keys/{key.Id}", new KeyCreated(KeyView.Of(key), secret));
    }

    static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        long id, HttpContext http, MonitorDbContext db, TimeProvider clock, CancellationToken cancel) =>
        await ApiKeys.RevokeAsync(db, id, clock.GetUtcNow(), http.User.Actor(), cancel)
            ? TypedResults.NoContent()
            : Problems.NotFound("live key", id);
}
