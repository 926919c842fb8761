using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;

namespace NewsMonitor.Stories;

/// <summary>Another account of the same matter. <c>Likeness</c> is the share of telling words in common, from 0 to 1.</summary>
public sealed record RelatedStory(long Id, string Title, DateTimeOffset FirstSeenAt, int ArticleCount, int SourceCount, double Likeness);

/// <summary>
/// Stories that share telling words (names, words of the headline, words said more than once) within a few days: shown beside a story,
/// never joined with it. A word that many stories of those days share tells little, so each word weighs by its rarity. Only so many stories
/// on either side are looked at, the nearest in time, so that it costs the same however large the archive is.
/// </summary>
public static class RelatedStories
{
    const int MostLookedAt = 10_000, MostCompared = 3_000;

    static readonly TimeSpan Around = TimeSpan.FromDays(4);

    public static async Task<IReadOnlyList<RelatedStory>> OfAsync(MonitorDbContext db, long story, int most, CancellationToken stop)
        => await db.Database.SqlQuery<RelatedStory>($"""
            WITH me AS (SELECT id, terms, first_seen_at FROM stories WHERE id = {story}),
            looked_at AS (
                (SELECT s.* FROM stories s WHERE s.last_seen_at >= (SELECT first_seen_at FROM me)
                 ORDER BY s.last_seen_at, s.id LIMIT {MostLookedAt})
                UNION ALL
                (SELECT s.* FROM stories s WHERE s.last_seen_at < (SELECT first_seen_at FROM me)
                 ORDER BY s.last_seen_at DESC, s.id DESC LIMIT {MostLookedAt})),
            near AS (
                SELECT s.* FROM looked_at s, me
                WHERE s.terms && me.terms AND s.id <> me.id AND s.merged_into IS NULL
                    AND s.first_seen_at BETWEEN me.first_seen_at - {Around} AND me.first_seen_at + {Around}
                ORDER BY abs(extract(epoch FROM s.first_seen_at - me.first_seen_at)), s.id LIMIT {MostCompared}),
            shared AS (
                SELECT n.id, t AS term FROM near n, me, unnest(n.terms) t WHERE t = ANY(me.terms)),
            weights AS (SELECT term, 1.0 / (1 + ln(count(*))) AS weight FROM shared GROUP BY term),
            scored AS (
                SELECT s.id, count(*) AS words, sum(w.weight) / cardinality((SELECT terms FROM me)) AS likeness
                FROM shared s JOIN weights w USING (term) GROUP BY s.id)
            SELECT n.id AS "Id", n.title AS "Title", n.first_seen_at AS "FirstSeenAt", n.article_count AS "ArticleCount",
                n.source_count AS "SourceCount", round(s.likeness::numeric, 4)::double precision AS "Likeness"
            FROM scored s JOIN near n USING (id)
            WHERE s.words >= 5
            ORDER BY s.likeness DESC, n.id LIMIT {most}
            """).ToListAsync(stop);
}
