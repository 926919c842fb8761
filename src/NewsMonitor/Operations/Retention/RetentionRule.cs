namespace NewsMonitor.Operations.Retention;

/// <summary>
/// What ages out of one table. Rows are walked in the order of their number, which is the order of their time, so a step costs the same
/// however large the table is and stops at the first row that is too young.
/// </summary>
/// <param name="Table">Whose rows go.</param>
/// <param name="Number">The ascending key.</param>
/// <param name="Time">The column that says when the row was made; what is walked ends where it is younger than the limit.</param>
/// <param name="Only">A further condition on the row <c>t</c>; <c>$2</c> is the limit.</param>
sealed record RetentionRule(string Table, string Number, string Time, int Days, string Only = "true")
{
    /// <summary>Every rule, children before parents where no cascade does it.</summary>
    public static IEnumerable<RetentionRule> All(RetentionOptions options) =>
    [
        new("feed_fetches", "id", "at", options.Fetches),
        new("story_sketches", "article_id", "seen_at", options.Sketches),
        new("deliveries", "id", "created_at", options.Deliveries, "t.status <> 'pending' AND coalesce(t.sent_at, t.next_attempt_at) < $2"),
        new("alerts", "id", "raised_at", options.Alerts,
            """
            t.status IN ('confirmed', 'dismissed') AND t.updated_at < $2
            AND NOT EXISTS (SELECT FROM deliveries d WHERE d.alert_id = t.id AND d.status = 'pending')
            """),
        new("articles", "id", "fetched_at", options.Articles,
            """
            NOT EXISTS (SELECT FROM alerts a WHERE a.story_id = t.story_id AND a.article_id = t.id AND a.status NOT IN ('confirmed', 'dismissed'))
            """),
        new("stories", "id", "first_seen_at", options.Articles,
            """
            t.last_seen_at < $2 AND NOT EXISTS (SELECT FROM articles a WHERE a.story_id = t.id)
            AND NOT EXISTS (SELECT FROM alerts a WHERE a.story_id = t.id)
            """),
        new("audit", "id", "at", options.Audit),
    ];

    /// <summary>One step: $1 the number to go on from, $2 the limit, $3 how many rows to look at.</summary>
    public string Sql =>
        $"""
        WITH step AS MATERIALIZED (SELECT {Number} AS n, {Time} AS made FROM {Table} WHERE {Number} > $1 ORDER BY {Number} LIMIT $3),
        gone AS (DELETE FROM {Table} t USING step WHERE t.{Number} = step.n AND step.made < $2 AND {Only} RETURNING 1)
        SELECT (SELECT max(n) FROM step WHERE made < $2), (SELECT count(*) FROM gone), (SELECT count(*) FROM step WHERE made < $2)
        """;
}
