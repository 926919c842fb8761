using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Options;
using NewsMonitor.Database;
using NewsMonitor.Operations;
using NewsMonitor.Operations.Http;

namespace NewsMonitor.Review;

/// <summary>The answer that a POST with an Idempotency-Key got, or that it is still being worked on (no status yet).</summary>
sealed class KeptAnswer
{
    public long KeyId { get; set; }
    public required string Key { get; set; }

    /// <summary>SHA-256 of address and body: one key goes with one request.</summary>
    public required byte[] Request { get; set; }
    public int? Status { get; set; }
    public string? ContentType { get; set; }
    public string? Location { get; set; }
    public string? Etag { get; set; }

    /// <summary>Encrypted: the answer may hold a secret that is shown once, such as a new key.</summary>
    public byte[]? Body { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
}

sealed class KeptAnswerTable : IEntityTypeConfiguration<KeptAnswer>
{
    public void Configure(EntityTypeBuilder<KeptAnswer> answer)
    {
        answer.ToTable("kept_answers");
        answer.HasKey(a => new { a.KeyId, a.Key });
    }
}

/// <summary>
/// A POST that is sent again with the same Idempotency-Key gets the first answer again instead of doing its work twice. Failures of ours
/// are not kept, so that they can be tried again.
/// </summary>
sealed class Idempotency(RequestDelegate next, IOptions<ReviewOptions> options, Secrets secrets, TimeProvider clock)
{
    public const string Header = "Idempotency-Key";
    const int LongestKey = 200;
    const int LargestAnswer = 1024 * 1024;

    /// <summary>A request that is still unanswered after this long died with its worker.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public async Task InvokeAsync(HttpContext http, MonitorDbContext db)
    {
        var key = http.Request.Headers[Header].ToString();
        if (key.Length == 0 || !HttpMethods.IsPost(http.Request.Method)
            || http.User.FindFirst(ApiKeyAuthentication.KeyId)?.Value is not { } id)
        {
            await next(http);
            return;
        }

        if (key.Length > LongestKey || key.Any(c => c is < ' ' or > '~'))
        {
            await Problems.Invalid(Header, $"takes 1 to {LongestKey} printable ASCII characters.").ExecuteAsync(http);
            return;
        }

        var now = clock.GetUtcNow();
        var answer = new KeptAnswer
        {
            KeyId = long.Parse(id, CultureInfo.InvariantCulture),
            Key = key,
            Request = await DigestAsync(http.Request),
            CreatedAt = now,
        };
        if (await ClaimAsync(db, answer, now, http.RequestAborted) is { } earlier)
        {
            await RepeatAsync(http, answer, earlier);
            return;
        }

        await WorkAsync(http, db, answer);
    }

    static async Task<byte[]> DigestAsync(HttpRequest request)
    {
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Path}{request.QueryString}\n"));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer)) > 0)
        {
            hash.AppendData(buffer, 0, read);
        }

        request.Body.Position = 0;
        return hash.GetHashAndReset();
    }

    /// <summary>Null when the caller may do the work; else what an earlier request with this key left.</summary>
    async Task<KeptAnswer?> ClaimAsync(MonitorDbContext db, KeptAnswer answer, DateTimeOffset now, CancellationToken cancel)
    {
        var old = now - options.Value.IdempotencyKept;
        var dead = now - Patience;
        await db.Set<KeptAnswer>().Where(a => a.CreatedAt < old || (a.Status == null && a.CreatedAt < dead)).ExecuteDeleteAsync(cancel);
        var claimed = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO kept_answers (key_id, key, request, created_at) VALUES ({answer.KeyId}, {answer.Key}, {answer.Request}, {answer.CreatedAt})
            ON CONFLICT DO NOTHING
            """, cancel);
        return claimed == 1 ? null : await Mine(db, answer).AsNoTracking().FirstOrDefaultAsync(cancel) ?? answer;
    }

    async Task RepeatAsync(HttpContext http, KeptAnswer wanted, KeptAnswer earlier)
    {
        if (!wanted.Request.AsSpan().SequenceEqual(earlier.Request))
        {
            await Problems.Of(422, "Key used before", $"This {Header} was used for another request; take a new one.").ExecuteAsync(http);
            return;
        }

        if (earlier.Status is not { } status)
        {
            http.Response.Headers.RetryAfter = "1";
            await Problems.Conflict($"The first request with this {Header} is still being worked on.").ExecuteAsync(http);
            return;
        }

        byte[] body;
        try
        {
            body = earlier.Body is { Length: > 0 } kept ? secrets.Reveal(kept) : [];
        }
        catch (CryptographicException)
        {
            // Kept under another key, or by a version that did not encrypt.
            await Problems.Conflict($"The first answer to this {Header} can no longer be read; the request was done.").ExecuteAsync(http);
            return;
        }

        http.Response.StatusCode = status;
        http.Response.Headers["Idempotent-Replayed"] = "true";
        http.Response.ContentType = earlier.ContentType;
        http.Response.Headers.Location = earlier.Location;
        http.Response.Headers.ETag = earlier.Etag;
        await http.Response.Body.WriteAsync(body);
    }

    async Task WorkAsync(HttpContext http, MonitorDbContext db, KeptAnswer answer)
    {
        var outside = http.Response.Body;
        using var inside = new MemoryStream();
        http.Response.Body = inside;
        var kept = false;
        try
        {
            await next(http);
            kept = http.Response.StatusCode is < 500 and not (401 or 403 or 429) && inside.Length <= LargestAnswer;
        }
        finally
        {
            http.Response.Body = outside;
            if (!kept)
            {
                await Mine(db, answer).ExecuteDeleteAsync(CancellationToken.None);
            }
        }

        if (kept)
        {
            var response = http.Response;
            await Mine(db, answer).ExecuteUpdateAsync(set => set
                .SetProperty(a => a.Status, response.StatusCode)
                .SetProperty(a => a.ContentType, response.ContentType)
                .SetProperty(a => a.Location, response.Headers.Location.FirstOrDefault())
                .SetProperty(a => a.Etag, response.Headers.ETag.FirstOrDefault())
                .SetProperty(a => a.Body, secrets.Protect(inside.ToArray())), CancellationToken.None);
        }

        inside.Position = 0;
        await inside.CopyToAsync(outside);
    }

    static IQueryable<KeptAnswer> Mine(MonitorDbContext db, KeptAnswer answer) =>
        db.Set<KeptAnswer>().Where(a => a.KeyId == answer.KeyId && a.Key == answer.Key);
}
