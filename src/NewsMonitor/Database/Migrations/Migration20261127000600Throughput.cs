using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace NewsMonitor.Database.Migrations;

/// <summary>What makes many new articles cheap: words that may be written before their article, and watches that are read when they change.</summary>
[DbContext(typeof(MonitorDbContext))]
[Migration("20261127000600_Throughput")]
public sealed class Migration20261127000600Throughput : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        -- The words are most of the work, and need not wait for the article's story.
        ALTER TABLE article_words ALTER CONSTRAINT article_words_article_id_fkey DEFERRABLE INITIALLY DEFERRED;

        -- Sketches are hashes: nothing in them can be compressed, so nothing should try.
        ALTER TABLE story_sketches ALTER COLUMN sketch SET STORAGE EXTERNAL;

        -- Two hundred words an article are two hundred places of the index: merged in batches they cost a quarter. What waits is read by
        -- every search, so that it stays under a megabyte (some 200 articles).
        ALTER INDEX article_words_search SET (fastupdate = on, gin_pending_list_limit = 1024);
        ALTER INDEX alert_words_search SET (fastupdate = on, gin_pending_list_limit = 1024);

        -- lz4 takes half of pglz's time; a server that was built without it keeps pglz.
        DO $$
        BEGIN
            ALTER TABLE articles ALTER COLUMN text SET COMPRESSION lz4;
            ALTER TABLE article_words ALTER COLUMN words SET COMPRESSION lz4;
            ALTER TABLE alert_words ALTER COLUMN words SET COMPRESSION lz4;
        EXCEPTION WHEN feature_not_supported THEN
            NULL;
        END $$;

        -- Counts the transactions that changed a watch, so that a worker knows with one small row whether to read the watches again.
        -- Counted at the commit, when nothing else is locked any more: two people who save watches never wait for one another crosswise.
        CREATE TABLE watches_version (version bigint NOT NULL, counted xid8 NOT NULL);
        INSERT INTO watches_version VALUES (1, '0');
        CREATE FUNCTION count_watches_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            UPDATE watches_version SET version = version + 1, counted = pg_current_xact_id() WHERE counted <> pg_current_xact_id();
            RETURN NULL;
        END $$;
        CREATE CONSTRAINT TRIGGER watches_counted AFTER INSERT OR UPDATE OR DELETE ON watches
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION count_watches_change();
        CREATE TRIGGER watches_counted_truncate AFTER TRUNCATE ON watches
            FOR EACH STATEMENT EXECUTE FUNCTION count_watches_change();
        """);
}
