using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace NewsMonitor.Database.Migrations;

/// <summary>Alerts that were raised for what was in the archive already say so.</summary>
[DbContext(typeof(MonitorDbContext))]
[Migration("20261127000800_FromArchive")]
public sealed class Migration20261127000800FromArchive : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE alerts ADD COLUMN from_archive boolean NOT NULL DEFAULT false");
}
