using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace NewsMonitor.Database;

/// <summary>Brings a database up to date. Any number of workers may start at once: one migrates, the others wait and find nothing to do.</summary>
static class Migrator
{
    // Advisory locks share one space of numbers per database; this one spells "migrate" in ASCII.
    const long Lock = 0x6d696772617465;
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Applies what is missing and returns its names. A database that is newer than this program is left as it is: during a rolling
    /// upgrade the old version works on.
    /// </summary>
    public static async Task<IReadOnlyList<string>> MigrateAsync(DbContext db, TimeProvider time, ILogger log, CancellationToken stop)
    {
        await db.Database.OpenConnectionAsync(stop);
        var limit = db.Database.GetCommandTimeout();
        // An index over a year's articles takes as long as it takes; half an index helps nobody.
        db.Database.SetCommandTimeout(0);
        try
        {
            // Asked again and again rather than waited for in one statement: a waiting statement holds a snapshot, and a migration that
            // builds an index concurrently would wait for that snapshot forever.
            while (!await TryLockAsync(db, stop))
                await Task.Delay(Pause, time, stop);
            try
            {
                var unknown = (await db.Database.GetAppliedMigrationsAsync(stop)).Except(db.Database.GetMigrations()).ToList();
                if (unknown.Count > 0)
                    log.LogWarning("The database is newer than this program: {Migrations}", unknown);
                var pending = (await db.Database.GetPendingMigrationsAsync(stop)).ToList();
                if (pending.Count == 0)
                    return pending;
                log.LogInformation("Migrating the database: {Migrations}", pending);
                await ApplyAsync(db, pending, (await db.Database.GetAppliedMigrationsAsync(stop)).LastOrDefault(), stop);
                return pending;
            }
            finally
            {
                await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({Lock})", CancellationToken.None);
            }
        }
        finally
        {
            db.Database.SetCommandTimeout(limit);
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>One by one, each in its own transaction, so that the one that fails is known by name and the earlier ones stay.</summary>
    static async Task ApplyAsync(DbContext db, IReadOnlyList<string> pending, string? newest, CancellationToken stop)
    {
        // EF takes a target as the newest that shall be there and would undo what has a higher number. Where work on several matters came
        // together, a lower number may come later: then all that is missing is asked for, without a target.
        string?[] targets = string.CompareOrdinal(newest, pending[0]) > 0 ? [null] : [.. pending];
        foreach (var target in targets)
        {
            var migration = target ?? string.Join(", ", pending);
            try
            {
                await db.GetService<IMigrator>().MigrateAsync(target, stop);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
            {
                throw new DatabaseSetupException(
                    $"The database user may not change the schema ({e.MessageText}): make it the owner of the database, "
                    + "or run `monitor migrate` as a user that may.", e);
            }
            catch (PostgresException e)
            {
                throw new DatabaseSetupException($"The migration {migration} failed: {e.MessageText} ({e.SqlState}).", e);
            }
        }
    }

    static async Task<bool> TryLockAsync(DbContext db, CancellationToken stop) =>
        await db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_lock({Lock}) AS \"Value\"").SingleAsync(stop);
}
