using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NewsMonitor.Database;

namespace NewsMonitor.Review;

/// <summary><c>Authorization: Bearer KEY</c>. The key is looked up on every request, so that a revoked one stops at once.</summary>
sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, MonitorDbContext db,
    KeyGuesses guesses,
    TimeProvider clock) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";

    /// <summary>Claim with the id of the key, what rate limits and idempotency keys are counted by.</summary>
    public const string KeyId = "key";
    const string Bearer = "Bearer ";
    const int LongestKey = 200;
    static readonly TimeSpan LastUsedStep = TimeSpan.FromMinutes(1);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        var secret = header[Bearer.Length..].Trim();
        var from = Context.Connection.RemoteIpAddress;
        if (guesses.RefusedUntil(from, secret) is { } until)
        {
            Context.Items[nameof(KeyGuesses)] = until;
            return AuthenticateResult.Fail("This address has sent too many wrong keys.");
        }

        var now = clock.GetUtcNow();
        var key = secret.Length is 0 or > LongestKey ? null : await ApiKeys.FindAsync(db, secret, now, Context.RequestAborted);
        if (key is null)
        {
            guesses.Wrong(from);
            return AuthenticateResult.Fail("The key is unknown, expired or revoked.");
        }

        guesses.Right(secret);
        if (key.LastUsedAt is null || key.LastUsedAt < now - LastUsedStep)
        {
            await db.Set<ApiKey>().Where(k => k.Id == key.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedAt, now), Context.RequestAborted);
        }

        var identity = new ClaimsIdentity(
            [
                new Claim(ClaimTypes.Name, key.Name),
                new Claim(ClaimTypes.Role, Names.Kebab(key.Role)),
                new Claim(KeyId, key.Id.ToString(CultureInfo.InvariantCulture)),
            ],
            SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Context.Items[nameof(KeyGuesses)] is DateTimeOffset until)
        {
            var seconds = Math.Max(1, (int)Math.Ceiling((until - clock.GetUtcNow()).TotalSeconds));
            Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return Task.CompletedTask;
        }

        Response.Headers.WWWAuthenticate = Request.Headers.Authorization.Count == 0
            ? "Bearer realm=\"News Monitor\""
            : "Bearer realm=\"News Monitor\", error=\"invalid_token\"";
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }
}
