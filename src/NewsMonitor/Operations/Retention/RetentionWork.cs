using Microsoft.Extensions.Options;
using Npgsql;

namespace NewsMonitor.Operations.Retention;

/// <param name="Rows">That went.</param>
/// <param name="Steps">Transactions that it took.</param>
/// <param name="Longest">The longest of them, which is as long as any row was locked.</param>
readonly record struct Aged(long Rows, int Steps, TimeSpan Longest);

/// <summary>
/// Lets old rows go, a few thousand at a time in transactions of their own: no lock is held long, and what a run does not reach the next one
/// does.
/// </summary>
sealed class RetentionWork(NpgsqlDataSource database, IOptions<RetentionOptions> options, TimeProvider time, ILogger<RetentionWork> log)
{
    // Bands have no number of their own; their index on time leads to the oldest. A step goes on from the time that the last one reached,
    // in microseconds: what that one deleted may still stand in the index, and would be read again.
    const string BandsSql =
        """
        WITH step AS MATERIALIZED (
            SELECT band, article_id, seen_at FROM story_bands
            WHERE seen_at >= to_timestamp($1 / 1e6) AND seen_at < $2 ORDER BY seen_at LIMIT $3),
        gone AS (DELETE FROM story_bands t USING step WHERE t.band = step.band AND t.article_id = step.article_id RETURNING 1)
        SELECT (SELECT (extract(epoch FROM max(seen_at)) * 1000000)::bigint FROM step), (SELECT count(*) FROM gone), (SELECT count(*) FROM step)
        """;

    /// <summary>Runs every rule once through; returns what went, by table.</summary>
    public async Task<IReadOnlyDictionary<string, Aged>> RunAsync(CancellationToken stop)
    {
        var settings = options.Value;
        var started = time.GetTimestamp();
        var gone = new Dictionary<string, Aged>();
        var steps = RetentionRule.All(settings).Select(rule => (rule.Table, rule.Sql, rule.Days)).ToList();
        steps.Add(("story_bands", BandsSql, settings.Sketches));
        foreach (var (table, sql, days) in steps.Where(step => step.Days > 0))
        {
            var limit = time.GetUtcNow() - TimeSpan.FromDays(days);
            var (last, aged) = (0L, default(Aged));
            while (time.GetElapsedTime(started) < settings.Longest)
            {
                var step = time.GetTimestamp();
                var (reached, deleted, looked) = await StepAsync(sql, last, limit, settings.Step, stop);
                var took = time.GetElapsedTime(step);
                aged = new(aged.Rows + deleted, aged.Steps + 1, took > aged.Longest ? took : aged.Longest);
                if (looked < settings.Step)
                    break;
                last = reached;
                await Task.Delay(settings.Rest, time, stop);
            }
            gone[table] = aged;
            if (aged.Rows > 0)
            {
                log.LogInformation(
                    "Retention: {Rows} rows of {Table} older than {Days} days are gone, in {Steps} steps of at most {Milliseconds:0} ms",
                    aged.Rows, table, days, aged.Steps, aged.Longest.TotalMilliseconds);
            }
        }
        return gone;
    }

    async Task<(long Reached, long Deleted, long Looked)> StepAsync(string sql, long last, DateTimeOffset limit, int step, CancellationToken stop)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddWithValue(last);
        command.Parameters.AddWithValue(limit);
        command.Parameters.AddWithValue(step);
        await using var reader = await command.ExecuteReaderAsync(stop);
        await reader.ReadAsync(stop);
        return (reader.IsDBNull(0) ? last : reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
    }
}
