using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NewsMonitor.Operations.Retention;
using NewsMonitor.Tests.Database;
using Npgsql;

namespace NewsMonitor.Tests.Operations;

public sealed class RetentionTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    // Article n was fetched n days ago; each has a story, a sketch, two bands and a match. Every day the one feed was fetched.
    const string Fill =
        """
        INSERT INTO stories (id, title, first_seen_at, last_seen_at, article_count, source_count)
        SELECT 100 - n, 'story', now() - n * interval '1 day', now() - n * interval '1 day', 1, 1 FROM generate_series(0, 60) n ORDER BY n DESC;
        INSERT INTO articles (id, feed_id, item_id, title, text, source, source_host, fetched_at, updated_at, content_hash, revision, story_id)
        SELECT 100 - n, 1, n::text, 'title', 'text', 's', 'h', now() - n * interval '1 day', now(), ''::bytea, 1, 100 - n
        FROM generate_series(0, 60) n ORDER BY n DESC;
        INSERT INTO story_sketches SELECT id, story_id, ''::bytea, fetched_at FROM articles;
        INSERT INTO story_bands SELECT b, id, fetched_at FROM articles, generate_series(1, 2) b;
        INSERT INTO matches SELECT id, 'w', 1, '[]', fetched_at FROM articles;
        INSERT INTO feed_fetches (feed_id, at, result, duration_ms, bytes, items, new_articles)
        SELECT f.id, now() - n * interval '1 day', 'fetched', 1, 1, 1, 1
        FROM generate_series(60, 0, -1) n, feeds f ORDER BY n DESC;
        """;

    const string Feed =
        """
        INSERT INTO feeds (url, origin, enabled, settings, state, next_fetch_at, failures, created_at, updated_at)
        VALUES ('https://example.org/feed', 'api', true, '{}', 'healthy', now(), 0, now(), now())
        """;

    [Fact]
    public async Task WhatIsOlderThanItsTimeGoesAndAllElseStays()
    {
        await using var database = await FilledAsync();

        var gone = await RunAsync(database, new() { Articles = 30, Sketches = 7, Fetches = 3, Step = 10, Rest = TimeSpan.Zero });

        // Day 30 itself is a moment past its time when the run looks at it.
        Assert.Equal(31, gone["articles"].Rows);
        Assert.Equal(30, await CountAsync(database, "articles"));
        Assert.Equal(30, await CountAsync(database, "matches"));
        Assert.Equal(30, await CountAsync(database, "stories"));
        Assert.Equal(7, await CountAsync(database, "story_sketches"));
        Assert.Equal(14, await CountAsync(database, "story_bands"));
        Assert.Equal(3, await CountAsync(database, "feed_fetches"));
        Assert.Equal(29L, await database.ScalarAsync<long>("SELECT (extract(epoch FROM now() - min(fetched_at)) / 86400)::bigint FROM articles"));
    }

    [Fact]
    public async Task AnAlertUnderReviewStaysWithItsArticleAndStory()
    {
        await using var database = await FilledAsync();
        string[] open = ["new", "acknowledged", "investigating"];
        for (var i = 0; i < open.Length; i++)
            await AlertAsync(database, id: i + 1, article: 40 + i, open[i], days: 60);
        await AlertAsync(database, id: 4, article: 50, "dismissed", days: 60);

        await RunAsync(database, new() { Articles = 10, Alerts = 30, Step = 10, Rest = TimeSpan.Zero });

        Assert.Equal(3, await CountAsync(database, "alerts"));
        Assert.Equal(3, await CountAsync(database, "articles WHERE id IN (40, 41, 42)"));
        Assert.Equal(3, await CountAsync(database, "stories WHERE id IN (40, 41, 42)"));
        Assert.Equal(0, await CountAsync(database, "articles WHERE id = 50"));
        Assert.Equal(13, await CountAsync(database, "articles"));
    }

    [Fact]
    public async Task AnAlertWhoseArticleIsGoneCanStillBeRead()
    {
        await using var database = await FilledAsync();
        await AlertAsync(database, id: 1, article: 40, "confirmed", days: 60);

        await RunAsync(database, new() { Articles = 10, Alerts = 0, Step = 10, Rest = TimeSpan.Zero });

        Assert.Equal(0, await CountAsync(database, "articles WHERE id = 40"));
        Assert.Equal(1, await CountAsync(database, "alerts WHERE title = 'title'"));
        Assert.Equal(1, await CountAsync(database, "stories WHERE id = 40"));
    }

    [Fact]
    public async Task ADeliveryThatIsStillOwedNeverGoes()
    {
        await using var database = await FilledAsync();
        await AlertAsync(database, id: 1, article: 40, "dismissed", days: 60);
        await AlertAsync(database, id: 2, article: 41, "dismissed", days: 60);
        await DeliveryAsync(database, id: 1, alert: 1, "pending");
        await DeliveryAsync(database, id: 2, alert: 1, "sent");
        await DeliveryAsync(database, id: 3, alert: 2, "dead");

        await RunAsync(database, new() { Alerts = 30, Deliveries = 30, Step = 10, Rest = TimeSpan.Zero });

        Assert.Equal(1, await CountAsync(database, "deliveries"));
        Assert.Equal(1, await CountAsync(database, "deliveries WHERE status = 'pending'"));
        Assert.Equal(1, await CountAsync(database, "alerts"));
    }

    [Fact]
    public async Task ZeroKeepsThingsForEver()
    {
        await using var database = await FilledAsync();

        var gone = await RunAsync(database, new() { Articles = 0, Sketches = 0, Fetches = 0, Alerts = 0, Deliveries = 0, Audit = 0 });

        Assert.Empty(gone);
        Assert.Equal(61, await CountAsync(database, "articles"));
    }

    [Fact]
    public async Task TheSettingsOfARunAreBoundedAndTheNextRunGoesOn()
    {
        await using var database = await FilledAsync();
        var none = await RunAsync(database, new() { Articles = 30, Sketches = 30, Step = 10, Longest = TimeSpan.Zero });
        Assert.All(none.Values, aged => Assert.Equal(0, aged.Rows));

        var rest = await RunAsync(database, new() { Articles = 30, Sketches = 30, Step = 10, Rest = TimeSpan.Zero });
        Assert.Equal(31, rest["articles"].Rows);
        Assert.Equal(4, rest["articles"].Steps);
        Assert.InRange(rest["articles"].Longest, TimeSpan.FromTicks(1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task AStepPassesOverNothingThatAnEarlierOneDeleted()
    {
        await using var database = await FilledAsync();
        await database.ExecuteAsync(
            """
            INSERT INTO story_bands SELECT b, 1, now() - interval '30 days' + b * interval '1 s' FROM generate_series(1, 3000) b;
            ANALYZE story_bands
            """);
        // As long as an older transaction may still see them, deleted rows stay in the index, and whoever comes by reads them again.
        await using var reader = new NpgsqlConnection(database.ConnectionString);
        await reader.OpenAsync();
        await using var old = await reader.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await using (var look = new NpgsqlCommand("SELECT count(*) FROM story_bands", reader, old))
            await look.ExecuteNonQueryAsync();

        var gone = await RunAsync(database, new() { Sketches = 7, Step = 10, Rest = TimeSpan.Zero });

        Assert.True(gone["story_bands"].Rows > 3000);
        // A connection tells what it read when it has been idle for a while.
        var read = 0L;
        for (var tries = 0; read < 3000 && tries < 300; tries++)
        {
            await Task.Delay(100);
            read = await database.ScalarAsync<long>("SELECT idx_tup_read FROM pg_stat_user_indexes WHERE indexrelname = 'story_bands_seen'");
        }

        Assert.InRange(read, 3000, 10_000);
    }

    [Fact]
    public async Task WhatRetentionDeletesFromIsVacuumedLongBeforeAFifthIsDead()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        // A row takes with it what refers to it.
        var tables = RetentionRule.All(new()).Select(rule => rule.Table).Append("story_bands");
        var late = await database.ScalarAsync<string>(
            $$"""
            WITH RECURSIVE deleted (table_id) AS (
                SELECT unnest('{{{string.Join(',', tables)}}}'::regclass[]::oid[])
                UNION SELECT conrelid FROM pg_constraint JOIN deleted ON confrelid = table_id WHERE contype = 'f' AND confdeltype = 'c'),
            stored AS (
                SELECT table_id FROM deleted
                UNION SELECT reltoastrelid FROM deleted JOIN pg_class ON oid = table_id WHERE reltoastrelid <> 0)
            SELECT string_agg(relname, ', ') FROM stored JOIN pg_class ON oid = table_id
            WHERE NOT coalesce(reloptions, '{}') @> '{autovacuum_vacuum_scale_factor=0.02}'
            """);
        Assert.Null(late);
    }

    // A vacuum that pauses while it merges what waits for such an index lets it grow until somebody's COPY has to merge it all.
    [Fact]
    public async Task TablesWhoseIndexesGatherAreVacuumedWithoutPauses()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        const string gathering = """
            SELECT string_agg(DISTINCT t.relname, ', ') FROM pg_class i JOIN pg_index ON indexrelid = i.oid JOIN pg_class t ON t.oid = indrelid
            WHERE i.relam = (SELECT oid FROM pg_am WHERE amname = 'gin') AND NOT coalesce(i.reloptions, '{}') && '{fastupdate=off,fastupdate=false}'
            """;
        Assert.Contains("article_words", await database.ScalarAsync<string>(gathering), StringComparison.Ordinal);
        Assert.Null(await database.ScalarAsync<string>(
            gathering + " AND NOT coalesce(t.reloptions, '{}') @> '{autovacuum_vacuum_cost_delay=0}'"));
    }

    async Task<TestDatabase> FilledAsync()
    {
        var database = await postgres.CreateDatabaseAsync();
        await database.ExecuteAsync(Feed);
        await database.ExecuteAsync(Fill);
        return database;
    }

    static async Task<IReadOnlyDictionary<string, Aged>> RunAsync(TestDatabase database, RetentionOptions options)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        return await new RetentionWork(source, Options.Create(options), TimeProvider.System, NullLogger<RetentionWork>.Instance)
            .RunAsync(CancellationToken.None);
    }

    static async Task<long> CountAsync(TestDatabase database, string from) => await database.ScalarAsync<long>($"SELECT count(*) FROM {from}");

    static Task AlertAsync(TestDatabase database, int id, int article, string status, int days) => database.ExecuteAsync(
        $"""
        INSERT INTO alerts (id, watch_id, watch_revision, story_id, article_id, severity, status, title, source, raised_at, updated_at, hits, excerpt)
        VALUES ({id}, 'w', 1, {article}, {article}, 'high', '{status}', 'title', 's', now() - interval '{days} days',
                now() - interval '{days} days', '[]', '[]')
        """);

    static Task DeliveryAsync(TestDatabase database, int id, int alert, string status) => database.ExecuteAsync(
        $"""
        INSERT INTO deliveries (id, recipient_id, alert_id, event, message_id, key, status, attempts, next_attempt_at, created_at)
        VALUES ({id}, 'desk', {alert}, 'alert.raised', '{id}', '{id}', '{status}', 1, now() - interval '60 days', now() - interval '60 days')
        """);
}
