using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace NewsMonitor.Database.Migrations;

/// <summary>
/// Words are vacuumed without pauses. While a vacuum merges the words that wait for their index, nobody else does: with PostgreSQL's pauses
/// 32 MB gathered meanwhile, and whoever stored articles next merged them all, for longer than a statement may take.
/// </summary>
[DbContext(typeof(MonitorDbContext))]
[Migration("20261127001001_VacuumOfWords")]
public sealed class Migration20261127001001VacuumOfWords : Migration
{
    // The lock that this takes holds up neither reads nor writes.
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        ALTER TABLE article_words SET (autovacuum_vacuum_cost_delay = 0);
        ALTER TABLE alert_words SET (autovacuum_vacuum_cost_delay = 0);
        ALTER TABLE stories SET (autovacuum_vacuum_cost_delay = 0);
        """);
}
