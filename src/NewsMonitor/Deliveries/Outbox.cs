using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using Npgsql;
using NpgsqlTypes;

namespace NewsMonitor.Deliveries;

/// <summary>What the sender says to the database: who holds which lane, what is due in it, what came of it.</summary>
public sealed class Outbox(IDbContextFactory<MonitorDbContext> databases, NpgsqlDataSource source, TimeProvider clock)
{
    /// <summary>Messages of a lane that are read at once.</summary>
    internal const int Batch = 20;

    /// <summary>Takes free lanes in which something is due. <c>SKIP LOCKED</c> lets workers choose side by side without waiting.</summary>
    /// <param name="running">Lanes that run here: a claim that ran out while the database was away does not start one of them twice.</param>
    internal async Task<List<RecipientLane>> ClaimAsync(
        string worker, int most, TimeSpan lease, IEnumerable<string> running, CancellationToken stop)
    {
        var (now, here) = (clock.GetUtcNow(), running.ToArray());
        await using var db = await databases.CreateDbContextAsync(stop);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO recipient_lanes (recipient_id)
            SELECT id FROM recipients r WHERE NOT EXISTS (SELECT FROM recipient_lanes l WHERE l.recipient_id = r.id)
            ON CONFLICT DO NOTHING
            """, stop);
        return await db.Set<RecipientLane>().FromSql($"""
            WITH free AS (
                SELECT recipient_id FROM recipient_lanes l
                WHERE (claimed_until IS NULL OR claimed_until < {now}) AND (paused_until IS NULL OR paused_until <= {now})
                    AND recipient_id <> ALL ({here})
                    AND EXISTS (SELECT FROM deliveries d
                        WHERE d.recipient_id = l.recipient_id AND d.status = 'pending' AND d.next_attempt_at <= {now})
                LIMIT {most} FOR UPDATE SKIP LOCKED)
            UPDATE recipient_lanes l SET claimed_until = {now + lease}, claimed_by = {worker}
            FROM free WHERE l.recipient_id = free.recipient_id RETURNING l.*
            """).AsNoTracking().ToListAsync(stop);
    }

    /// <summary>Prolongs every claim of this worker.</summary>
    internal async Task RenewAsync(string worker, IEnumerable<string> lanes, TimeSpan lease, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            "UPDATE recipient_lanes SET claimed_until = $1 WHERE claimed_by = $2 AND recipient_id = ANY($3)");
        command.Parameters.AddWithValue(clock.GetUtcNow() + lease);
        command.Parameters.AddWithValue(worker);
        command.Parameters.AddWithValue(lanes.ToArray());
        await command.ExecuteNonQueryAsync(stop);
    }

    internal async Task ReleaseAsync(string worker, string lane, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            "UPDATE recipient_lanes SET claimed_until = NULL, claimed_by = NULL WHERE recipient_id = $1 AND claimed_by = $2");
        command.Parameters.AddWithValue(lane);
        command.Parameters.AddWithValue(worker);
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>The next messages of a lane, in the order in which they were owed.</summary>
    internal async Task<List<Delivery>> DueAsync(MonitorDbContext db, string recipient, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        // A range of one, and ordered by it: an equal sign would let the planner walk the primary key instead, past all that others are owed.
        return await db.Set<Delivery>().AsNoTracking()
            .Where(d => string.Compare(d.RecipientId, recipient) >= 0 && string.Compare(d.RecipientId, recipient) <= 0
                && d.Status == DeliveryStatus.Pending && d.NextAttemptAt <= now)
            .OrderBy(d => d.RecipientId).ThenBy(d => d.Id).Take(Batch).ToListAsync(stop);
    }

    /// <summary>
    /// Closes gathering messages before they are read: waits for whoever is just adding an alert, and lets nobody add one after.
    /// </summary>
    internal async Task SealAsync(MonitorDbContext db, IReadOnlyList<Delivery> due, CancellationToken stop)
    {
        var gathered = due.Where(d => d is { AlertId: null, Event: MessageEvent.Digest }).Select(d => d.Id).ToArray();
        if (gathered.Length > 0)
        {
            var now = clock.GetUtcNow();
            await db.Set<Delivery>().Where(d => gathered.Contains(d.Id) && d.ClaimedUntil == null)
                .ExecuteUpdateAsync(set => set.SetProperty(d => d.ClaimedUntil, now), stop);
        }
    }

    /// <summary>Writes down what came of attempts, all in one statement. A message that somebody settled meanwhile stays as it is.</summary>
    /// <returns>Those of the lanes that <paramref name="worker"/> still holds; in the others it must send nothing more.</returns>
    internal async Task<HashSet<string>> RecordAsync(
        string worker, IReadOnlyCollection<(Delivery Delivery, Outcome Outcome)> done, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var batch = new NpgsqlBatch(connection);
        var update = new NpgsqlBatchCommand("""
            UPDATE deliveries d SET status = v.status, attempts = d.attempts + 1, next_attempt_at = v.next, last_status = v.code,
                last_response = v.said, sent_at = CASE WHEN v.status = 'sent' THEN v.at END
            FROM unnest($1, $2, $3, $4, $5, $6) AS v (id, status, at, next, code, said)
            WHERE d.id = v.id AND d.status = 'pending'
            """);
        Parameters(update, done, withStatus: true);
        batch.BatchCommands.Add(update);
        var failed = done.Where(d => d.Outcome.Status != DeliveryStatus.Sent).ToList();
        if (failed.Count > 0)
        {
            var insert = new NpgsqlBatchCommand("""
                INSERT INTO delivery_attempts (delivery_id, at, status, said)
                SELECT v.id, v.at, v.code, v.said FROM unnest($1, $2, $3, $4) AS v (id, at, code, said)
                WHERE EXISTS (SELECT FROM deliveries d WHERE d.id = v.id)
                """);
            Parameters(insert, failed, withStatus: false);
            batch.BatchCommands.Add(insert);
        }
        var held = new NpgsqlBatchCommand("SELECT recipient_id FROM recipient_lanes WHERE claimed_by = $1 AND recipient_id = ANY($2)");
        held.Parameters.Add(new() { Value = worker });
        held.Parameters.Add(new() { Value = done.Select(d => d.Delivery.RecipientId).Distinct().ToArray() });
        batch.BatchCommands.Add(held);
        // Planned once a connection, since planning costs as much as doing it.
        await batch.PrepareAsync(stop);
        await using var reader = await batch.ExecuteReaderAsync(stop);
        var lanes = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(stop))
        {
            lanes.Add(reader.GetString(0));
        }
        return lanes;
    }

    /// <summary>
    /// After an outage: what failed in it is due now and not after its own waits, so it keeps its place before what is newer. Who failed
    /// alone (every failure of the lane was its own) goes on waiting: the fault is the message's, not the receiver's.
    /// </summary>
    internal async Task BringForwardAsync(RecipientLane lane, CancellationToken stop)
    {
        await using var command = source.CreateCommand("""
            UPDATE deliveries SET next_attempt_at = $2
            WHERE recipient_id = $1 AND status = 'pending' AND attempts > 0 AND attempts < $3 AND next_attempt_at > $2
            """);
        command.Parameters.AddWithValue(lane.RecipientId);
        command.Parameters.AddWithValue(clock.GetUtcNow());
        command.Parameters.AddWithValue(lane.Failures);
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>The breaker's state, which outlives its worker.</summary>
    internal async Task RecordAsync(RecipientLane lane, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            "UPDATE recipient_lanes SET failures = $2, failing_since = $3, paused_until = $4 WHERE recipient_id = $1");
        command.Parameters.AddWithValue(lane.RecipientId);
        command.Parameters.AddWithValue(lane.Failures);
        command.Parameters.Add(Time(lane.FailingSince));
        command.Parameters.Add(Time(lane.PausedUntil));
        await command.ExecuteNonQueryAsync(stop);
    }

    static NpgsqlParameter Time(DateTimeOffset? at) =>
        new() { Value = (object?)at?.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    static void Parameters(NpgsqlBatchCommand command, IReadOnlyCollection<(Delivery Delivery, Outcome Outcome)> done, bool withStatus)
    {
        command.Parameters.Add(new() { Value = done.Select(d => d.Delivery.Id).ToArray() });
        if (withStatus)
        {
            command.Parameters.Add(new() { Value = done.Select(d => Names.Kebab(d.Outcome.Status)).ToArray() });
        }
        command.Parameters.Add(new() { Value = done.Select(d => d.Outcome.At.ToUniversalTime()).ToArray() });
        if (withStatus)
        {
            command.Parameters.Add(new() { Value = done.Select(d => d.Outcome.NextAttemptAt.ToUniversalTime()).ToArray() });
        }
        command.Parameters.Add(new() { Value = done.Select(d => d.Outcome.Verdict.Status).ToArray() });
        command.Parameters.Add(new() { Value = done.Select(d => d.Outcome.Verdict.Said).ToArray() });
    }
}
