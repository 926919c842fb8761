using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace NewsMonitor.Database.Migrations;

/// <summary>How late a look came, and the pauses that hosts ask for, which hold for all workers.</summary>
[DbContext(typeof(MonitorDbContext))]
[Migration("20261127000400_Looks")]
public sealed class Migration20261127000400Looks : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        ALTER TABLE feed_fetches ADD COLUMN late_ms integer NOT NULL DEFAULT 0;

        CREATE TABLE host_pauses (host text PRIMARY KEY, until timestamptz NOT NULL);

        -- Every look writes its feed's row twice; room on the page lets the claim do so without touching an index.
        ALTER TABLE feeds SET (fillfactor = 70);
        """);
}
