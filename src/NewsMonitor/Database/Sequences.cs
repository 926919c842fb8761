using Microsoft.EntityFrameworkCore;

namespace NewsMonitor.Database;

/// <summary>Ids taken before the rows are written, so that rows which name one another are saved in one step.</summary>
public static class Sequences
{
    /// <param name="table">A table whose <c>id</c> is an identity column.</param>
    public static async Task<long[]> NextIdsAsync(this MonitorDbContext db, string table, int count, CancellationToken stop) => count == 0
        ? []
        : await db.Database
            .SqlQuery<long>($"SELECT nextval(pg_get_serial_sequence({table}, 'id')) AS \"Value\" FROM generate_series(1, {count})")
            .ToArrayAsync(stop);
}
