using System.Text.Json;
using NewsMonitor.Database;
using Npgsql;
using NpgsqlTypes;

namespace NewsMonitor.Feeds;

/// <summary>
/// Writes down the looks that brought nothing to carry any further, which is most of them: the feeds' states and their history, those of
/// many polls in one statement and one commit.
/// </summary>
public sealed class QuietLooks(NpgsqlDataSource database)
{
    static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);
    const int Most = 200;

    // xmin is the fence: whoever touched the row since it was claimed, be it another worker or a person, is not overwritten.
    const string Statement = """
        WITH looks AS (
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) AS l (
                id, version, state, etag, last_modified, next_fetch_at, last_fetch_at, last_success_at, last_whole_fetch_at, failures,
                last_error, track, looked_at, result, http_status, duration_ms, late_ms, bytes, error)),
        written AS (
            UPDATE feeds f SET claimed_until = NULL, state = l.state, etag = l.etag, last_modified = l.last_modified,
                next_fetch_at = l.next_fetch_at, last_fetch_at = l.last_fetch_at, last_success_at = l.last_success_at,
                last_whole_fetch_at = l.last_whole_fetch_at, failures = l.failures, last_error = l.last_error,
                track = coalesce(l.track::jsonb, f.track)
            FROM looks l WHERE f.id = l.id AND f.xmin = l.version
            RETURNING f.id, l.version),
        history AS (
            INSERT INTO feed_fetches (feed_id, at, result, http_status, duration_ms, late_ms, bytes, items, new_articles, error)
            SELECT id, looked_at, result, http_status, duration_ms, late_ms, bytes, 0, 0, error FROM looks JOIN written USING (id, version)
            WHERE looked_at IS NOT NULL)
        SELECT id, version FROM written
        """;

    readonly GroupCommit<Quiet, bool> _together = new(Moment, Most, looks => WriteAsync(database, looks));

    /// <summary>Keeps what a look made of a claimed feed, and gives up the claim.</summary>
    /// <param name="feed">With its new state and the version that it was claimed at.</param>
    /// <param name="track">What was known before; written only where it differs.</param>
    /// <param name="fetch">The history row, without items; null for none.</param>
    /// <returns>False when the row is not as it was claimed; then nothing was written.</returns>
    public Task<bool> WriteAsync(Feed feed, FeedTrack track, FeedFetch? fetch)
    {
        ArgumentNullException.ThrowIfNull(feed);
        return _together.AskAsync(new(feed, feed.Track == track ? null : JsonSerializer.Serialize(feed.Track, JsonColumn.Options), fetch));
    }

    /// <summary>Gives a claimed feed back: it is not its turn before then.</summary>
    public Task<bool> PostponeAsync(Feed claimed, DateTimeOffset until)
    {
        ArgumentNullException.ThrowIfNull(claimed);
        (claimed.NextFetchAt, claimed.ClaimedUntil) = (until, null);
        return WriteAsync(claimed, claimed.Track, null);
    }

    static async Task<IReadOnlyList<bool>> WriteAsync(NpgsqlDataSource database, IReadOnlyList<Quiet> looks)
    {
        await using var command = database.CreateCommand(Statement);
        Add(NpgsqlDbType.Bigint, l => l.Feed.Id);
        Add(NpgsqlDbType.Xid, l => l.Feed.Version);
        Add(NpgsqlDbType.Text, l => Names.Kebab(l.Feed.State));
        Add(NpgsqlDbType.Text, l => l.Feed.Etag);
        Add(NpgsqlDbType.Text, l => l.Feed.LastModified);
        Add(NpgsqlDbType.TimestampTz, l => l.Feed.NextFetchAt);
        Add(NpgsqlDbType.TimestampTz, l => l.Feed.LastFetchAt);
        Add(NpgsqlDbType.TimestampTz, l => l.Feed.LastSuccessAt);
        Add(NpgsqlDbType.TimestampTz, l => l.Feed.LastWholeFetchAt);
        Add(NpgsqlDbType.Integer, l => l.Feed.Failures);
        Add(NpgsqlDbType.Text, l => l.Feed.LastError);
        Add(NpgsqlDbType.Text, l => l.Track);
        Add(NpgsqlDbType.TimestampTz, l => l.Fetch?.At);
        Add(NpgsqlDbType.Text, l => l.Fetch is { } f ? Names.Kebab(f.Result) : null);
        Add(NpgsqlDbType.Integer, l => l.Fetch?.HttpStatus);
        Add(NpgsqlDbType.Integer, l => l.Fetch?.DurationMs);
        Add(NpgsqlDbType.Integer, l => l.Fetch?.LateMs);
        Add(NpgsqlDbType.Integer, l => l.Fetch?.Bytes);
        Add(NpgsqlDbType.Text, l => l.Fetch?.Error);
        var written = new HashSet<(long, uint)>(looks.Count);
        await using (var rows = await command.ExecuteReaderAsync())
            while (await rows.ReadAsync()) written.Add((rows.GetInt64(0), rows.GetFieldValue<uint>(1)));
        return [.. looks.Select(l => written.Contains((l.Feed.Id, l.Feed.Version)))];

        void Add<T>(NpgsqlDbType type, Func<Quiet, T> value) =>
            command.Parameters.Add(new() { Value = looks.Select(value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    sealed record Quiet(Feed Feed, string? Track, FeedFetch? Fetch);
}
