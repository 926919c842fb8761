using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace NewsMonitor.Database.Migrations;

/// <summary>An alert keeps the reason of the silence that held it back: silences come and go.</summary>
[DbContext(typeof(MonitorDbContext))]
[Migration("20261127000700_SilenceReasons")]
public sealed class Migration20261127000700SilenceReasons : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        ALTER TABLE alert_routes ADD silence_reason text;
        UPDATE alert_routes r SET silence_reason = s.reason FROM silences s WHERE s.id = r.silence_id;
        """);
}
