using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Npgsql;

namespace NewsMonitor.Operations;

/// <summary>Settings under <c>Monitor:SelfWatch</c>.</summary>
sealed class SelfWatchOptions : IValidatableObject
{
    /// <summary>Asked with GET every minute while all is well: a dead man's switch, such as a healthchecks.io check. None unless set.</summary>
    public Uri? HeartbeatUrl { get; set; }

    /// <summary>When no feed could be read for so long, a notice goes out and the heartbeat stops.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan SilentAfter { get; set; } = TimeSpan.FromHours(1);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        HeartbeatUrl is null or { IsAbsoluteUri: true, Scheme: "http" or "https" } ? []
            : [new("it is written in full, such as https://hc-ping.com/….", [nameof(HeartbeatUrl)])];
}

/// <summary>
/// Watches the service itself: scheduled on one worker of the cluster, so that its heartbeat proves database, schedule and fetching at once.
/// </summary>
sealed class SelfWatch(
    NpgsqlDataSource database, IOptions<SelfWatchOptions> options, HttpClient http, TimeProvider time, ILogger<SelfWatch> log)
{
    /// <summary>The last success of any feed, when that is too long ago; told again as long as it stays so.</summary>
    public async Task<DateTimeOffset?> LookAsync(CancellationToken stop)
    {
        var silent = await SilentSinceAsync(stop);
        if (silent is { } since)
            log.LogError("No feed could be read since {Since:u}: see the feeds' last errors, the network and the outbound settings", since);
        else if (options.Value.HeartbeatUrl is { } url)
            await BeatAsync(url, stop);
        return silent;
    }

    async Task<DateTimeOffset?> SilentSinceAsync(CancellationToken stop)
    {
        // A feed that was never read counts from the time when it was added.
        await using var command = database.CreateCommand(
            "SELECT max(coalesce(last_success_at, created_at)) FROM feeds WHERE enabled");
        return await command.ExecuteScalarAsync(stop) is DateTime last && time.GetUtcNow() - last > options.Value.SilentAfter
            ? new DateTimeOffset(last)
            : null;
    }

    async Task BeatAsync(Uri url, CancellationToken stop)
    {
        try
        {
            using var answer = await http.GetAsync(url, stop);
            if (!answer.IsSuccessStatusCode)
                log.LogWarning("The heartbeat's address answers {Status}", (int)answer.StatusCode);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            log.LogWarning("The heartbeat's address cannot be reached: {Reason}", e.Message);
        }
    }
}
