using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Operations;

namespace NewsMonitor.Review;

/// <summary>Makes, checks and revokes API keys. A key is <c>nm_</c> and 32 random bytes in base64url, shown once.</summary>
public static class ApiKeys
{
    const string Mark = "nm_";
    const int PrefixLength = 11;

    public static async Task<(ApiKey Key, string Secret)> CreateAsync(
        MonitorDbContext db, string name, Role role, DateTimeOffset now, string actor, DateTimeOffset? expiresAt = null,
        CancellationToken cancel = default)
    {
        var secret = NewSecret();
        var key = Of(name, role, secret, now, expiresAt);
        db.Add(key);
        db.Audited(now, actor, "key.create", key.Prefix, after: new { key.Name, key.Role, key.Prefix, key.ExpiresAt });
        await db.SaveChangesAsync(cancel);
        return (key, secret);
    }

    /// <summary>The live key that <paramref name="secret"/> is, or null. Every candidate is compared in constant time.</summary>
    public static async Task<ApiKey?> FindAsync(MonitorDbContext db, string secret, DateTimeOffset now, CancellationToken cancel = default)
    {
        // Configured admin keys may have any shape, so the prefix is all that is known of a key before its hash is compared.
        var prefix = Prefix(secret);
        var hash = Hash(secret);
        ApiKey? found = null;
        foreach (var key in await db.Set<ApiKey>().AsNoTracking().Where(k => k.Prefix == prefix).ToListAsync(cancel))
        {
            if (CryptographicOperations.FixedTimeEquals(key.Hash, hash) && key.RevokedAt is null && !(key.ExpiresAt <= now))
            {
                found = key;
            }
        }

        return found;
    }

    /// <summary>Whether a key still lets in.</summary>
    public static Task<bool> IsLiveAsync(MonitorDbContext db, long id, DateTimeOffset now, CancellationToken cancel) => db.Set<ApiKey>()
        .AnyAsync(k => k.Id == id && k.RevokedAt == null && (k.ExpiresAt == null || k.ExpiresAt > now), cancel);

    /// <summary>Revokes a key; false when there is none with this id, or it is revoked already.</summary>
    public static async Task<bool> RevokeAsync(MonitorDbContext db, long id, DateTimeOffset now, string actor,
        CancellationToken cancel = default)
    {
        if (await db.Set<ApiKey>().FirstOrDefaultAsync(k => k.Id == id && k.RevokedAt == null, cancel) is not { } key)
        {
            return false;
        }

        key.RevokedAt = now;
        db.Audited(now, actor, "key.revoke", key.Prefix, before: new { key.Name, key.Role, key.Prefix, key.ExpiresAt });
        await db.SaveChangesAsync(cancel);
        return true;
    }

    /// <summary>
    /// Sees to it that somebody can get in. The configured key always works as an admin. Without one, and while no admin key exists, a key
    /// is generated, written to <c>admin-key</c> in the data folder (readable by its owner alone) and returned, so that it can be logged
    /// once.
    /// </summary>
    public static async Task<string?> EnsureAdminAsync(
        MonitorDbContext db, string? configuredKey, string dataDirectory, DateTimeOffset now, CancellationToken cancel = default)
    {
        if (!string.IsNullOrWhiteSpace(configuredKey))
        {
            var hash = Hash(configuredKey);
            if (!await db.Set<ApiKey>().AnyAsync(k => k.Hash == hash, cancel))
            {
                db.Add(Of("configured admin", Role.Admin, configuredKey, now, null));
                await SaveUnlessRacedAsync(db, cancel);
            }

            return null;
        }

        if (await db.Set<ApiKey>()
            .AnyAsync(k => k.Role == Role.Admin && k.RevokedAt == null && (k.ExpiresAt == null || k.ExpiresAt > now), cancel))
        {
            return null;
        }

        // Both or neither: a key that stands in no file would keep the next start from making one.
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var (_, secret) = await CreateAsync(db, "first admin", Role.Admin, now, "service", cancel: cancel);
        var file = Path.GetFullPath(Path.Combine(dataDirectory, "admin-key"));
        try
        {
            await WriteAsync(file, secret, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException(
                $"The first admin key cannot be kept in {file} ({e.Message.TrimEnd('.')}): set Monitor__DataDirectory to a folder "
                + "that this user can write, or Monitor__AdminKey.", e);
        }

        await transaction.CommitAsync(cancel);
        return secret;
    }

    static async Task WriteAsync(string file, string secret, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var stream = new FileStream(file, options);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(secret + "\n"), cancel);
    }

    // Secrets are not drawn from an injected source: a test that could foresee them would be a hole.
    static string NewSecret() => Mark + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    static ApiKey Of(string name, Role role, string secret, DateTimeOffset now, DateTimeOffset? expiresAt) => new()
    {
        Name = name,
        Role = role,
        Prefix = Prefix(secret),
        Hash = Hash(secret),
        CreatedAt = now,
        ExpiresAt = expiresAt,
    };

    /// <summary>Eight characters after the mark: enough to tell keys apart, 208 bits remain secret. Short configured keys show
    /// less.</summary>
    static string Prefix(string secret) => secret[..Math.Min(PrefixLength, secret.Length / 3)];

    internal static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Two workers that start together both see no key; the unique hash lets one of them in, and that is enough.</summary>
    static async Task SaveUnlessRacedAsync(MonitorDbContext db, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException e) when (e.InnerException
            is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation })
        {
            db.ChangeTracker.Clear();
        }
    }
}
