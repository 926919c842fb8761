using System.Diagnostics.Metrics;
using Npgsql;

namespace NewsMonitor.Operations.Telemetry;

/// <summary>
/// How much waits in the tables, and for how long: read in the background, so that neither a scrape nor its frequency costs the database
/// more. Every worker shows the same numbers; dashboards take the maximum.
/// </summary>
sealed class QueueGauges : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    readonly NpgsqlDataSource database;
    readonly TimeProvider time;
    readonly ILogger<QueueGauges> log;
    readonly Meter meter = new(Measured.Name);
    Reading? last;

    public QueueGauges(NpgsqlDataSource database, TimeProvider time, ILogger<QueueGauges> log)
    {
        (this.database, this.time, this.log) = (database, time, log);
        meter.CreateObservableGauge(
            "monitor.feeds", () => last?.Feeds.Select(f => new Measurement<long>(f.Count, new KeyValuePair<string, object?>("state", f.State))) ?? [],
            "{feed}", "Enabled feeds, by state.");
        Gauge("monitor.feeds.due", "{feed}", "Feeds whose time has come and that no worker holds.", reading => reading.FeedsDue);
        Gauge("monitor.feeds.lag", "s", "How long the most overdue feed has waited.", reading => reading.FeedLag);
        Gauge("monitor.deliveries.pending", "{delivery}", "Deliveries still to be made.", reading => reading.Pending);
        Gauge("monitor.deliveries.lag", "s", "How long the most overdue delivery has waited.", reading => reading.DeliveryLag);
        Gauge("monitor.last.fetch.age", "s", "Time since any feed was read successfully.", reading => reading.LastFetchAge);
    }

    void Gauge(string name, string unit, string description, Func<Reading, double?> value) => meter.CreateObservableGauge(
        name, () => last is { } reading && value(reading) is { } number ? [new Measurement<double>(number)] : Array.Empty<Measurement<double>>(),
        unit, description);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                last = await ReadAsync(stoppingToken);
            }
            catch (NpgsqlException e)
            {
                // No number is better than an old one that looks like news.
                last = null;
                log.LogDebug("The queues cannot be read: {Reason}", e.Message);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
        while (await WaitAsync(timer, stoppingToken));
    }

    static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken stop)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    async Task<Reading> ReadAsync(CancellationToken stop)
    {
        var now = time.GetUtcNow();
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new("SELECT state, count(*) FROM feeds WHERE enabled GROUP BY state"));
        batch.BatchCommands.Add(new(
            """
            SELECT count(*), extract(epoch FROM $1 - min(next_fetch_at))::float8 FROM feeds
            WHERE enabled AND next_fetch_at <= $1 AND (claimed_until IS NULL OR claimed_until < $1)
            """)
        { Parameters = { new() { Value = now } } });
        batch.BatchCommands.Add(new("SELECT extract(epoch FROM $1 - max(last_success_at))::float8 FROM feeds WHERE enabled")
        { Parameters = { new() { Value = now } } });
        batch.BatchCommands.Add(new(
            """
            SELECT count(*), extract(epoch FROM $1 - min(next_attempt_at) FILTER (WHERE next_attempt_at <= $1))::float8
            FROM deliveries WHERE status = 'pending'
            """)
        { Parameters = { new() { Value = now } } });
        await using var reader = await batch.ExecuteReaderAsync(stop);
        var feeds = new List<(string, long)>();
        while (await reader.ReadAsync(stop))
            feeds.Add((reader.GetString(0), reader.GetInt64(1)));
        await reader.NextResultAsync(stop);
        await reader.ReadAsync(stop);
        var (due, lag) = (reader.GetInt64(0), Seconds(reader, 1) ?? 0);
        await reader.NextResultAsync(stop);
        await reader.ReadAsync(stop);
        var age = Seconds(reader, 0);
        await reader.NextResultAsync(stop);
        await reader.ReadAsync(stop);
        return new(feeds, due, lag, age, reader.GetInt64(0), Seconds(reader, 1) ?? 0);
    }

    static double? Seconds(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);

    public override void Dispose()
    {
        meter.Dispose();
        base.Dispose();
    }

    sealed record Reading(
        IReadOnlyList<(string State, long Count)> Feeds, long FeedsDue, double FeedLag, double? LastFetchAge, long Pending, double DeliveryLag);
}
