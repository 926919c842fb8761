using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace NewsMonitor.Database.Migrations;

/// <summary>Whose text an article is, which longer article speaks for it, and the words by which related stories are found.</summary>
[DbContext(typeof(MonitorDbContext))]
[Migration("20261122000600_Stories")]
public sealed class Migration20261122000600Stories : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        ALTER TABLE story_sketches ADD COLUMN whole_id bigint, ADD COLUMN origin text NOT NULL DEFAULT '';
        CREATE INDEX story_sketches_of_story ON story_sketches (story_id);
        CREATE INDEX story_sketches_of_whole ON story_sketches (whole_id) WHERE whole_id IS NOT NULL;

        ALTER TABLE stories ADD COLUMN terms integer[] NOT NULL DEFAULT '{}';
        CREATE INDEX stories_terms ON stories USING gin (terms);
        CREATE INDEX stories_merged ON stories (merged_into) WHERE merged_into IS NOT NULL;
        """);
}
