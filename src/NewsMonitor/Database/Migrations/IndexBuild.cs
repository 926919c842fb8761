using Microsoft.EntityFrameworkCore.Migrations;

namespace NewsMonitor.Database.Migrations;

/// <summary>
/// An index on a table that may be large already: on ten million articles a build takes minutes, and the old version works on meanwhile.
/// </summary>
static class IndexBuild
{
    /// <summary>Builds an index without holding up who writes, outside of the migration's transaction, as PostgreSQL wants it.</summary>
    /// <param name="migrationBuilder">The migration.</param>
    /// <param name="name">The index's name.</param>
    /// <param name="definition">What follows ON: the table, the columns and the rest.</param>
    public static void BuildIndex(this MigrationBuilder migrationBuilder, string name, string definition)
    {
        // A build that was ended in the middle leaves an index that nobody uses and that keeps the name.
        migrationBuilder.Sql($"DROP INDEX CONCURRENTLY IF EXISTS {name}", suppressTransaction: true);
        migrationBuilder.Sql($"CREATE INDEX CONCURRENTLY {name} ON {definition}", suppressTransaction: true);
    }
}
