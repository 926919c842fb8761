using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace NewsMonitor.Database.Migrations;

/// <summary>
/// Large tables are vacuumed when a fiftieth of their rows is dead. By PostgreSQL's default, a fifth, a year's archive would carry 22
/// million dead rows before anything was done, and its statistics would be a month old.
/// </summary>
[DbContext(typeof(MonitorDbContext))]
[Migration("20261127001000_Vacuum")]
public sealed class Migration20261127001000Vacuum : Migration
{
    // The lock that this takes holds up neither reads nor writes.
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        DO $$
        DECLARE name text;
        BEGIN
            FOREACH name IN ARRAY ARRAY['feed_fetches', 'stories', 'articles', 'article_words', 'article_revisions', 'story_sketches',
                'story_bands', 'matches', 'alerts', 'alert_words', 'alert_history', 'alert_routes', 'deliveries', 'delivery_alerts',
                'delivery_attempts', 'audit']
            LOOP
                EXECUTE format('ALTER TABLE %I SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02)', name);
                -- Texts, words and sketches stand in a table beside it, which is counted by itself.
                IF (SELECT reltoastrelid FROM pg_class WHERE oid = name::regclass) <> 0 THEN
                    EXECUTE format('ALTER TABLE %I SET (toast.autovacuum_vacuum_scale_factor = 0.02)', name);
                END IF;
            END LOOP;
        END $$;
        """);
}
