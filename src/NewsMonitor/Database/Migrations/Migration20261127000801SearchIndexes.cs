using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace NewsMonitor.Database.Migrations;

/// <summary>What keeps searches with filters quick, whatever words they look for.</summary>
[DbContext(typeof(MonitorDbContext))]
[Migration("20261127000801_SearchIndexes")]
public sealed class Migration20261127000801SearchIndexes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.BuildIndex("articles_of_source", "articles (source, id)");
        migrationBuilder.BuildIndex("articles_of_language", "articles (split_part(lower(language), '-', 1), id)");
        migrationBuilder.BuildIndex("alerts_by_source", "alerts (source, raised_at DESC, id DESC)");
        migrationBuilder.Sql("""
            -- The ids of all alerts with these words, by the index. The planner, left alone, walks the alerts from the newest and tests each,
            -- which is right for common words and reads everything for rare ones.
            CREATE OR REPLACE FUNCTION alerts_with(query tsquery) RETURNS SETOF bigint LANGUAGE sql STABLE
                SET enable_seqscan = off SET work_mem = '64MB' SET jit = off
                AS 'SELECT alert_id FROM alert_words WHERE words @@ query';
            """);
    }
}
