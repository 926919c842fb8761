using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace NewsMonitor.Database;

/// <summary>
/// The workers' own connections. They ask the same few things again and again, so PostgreSQL keeps these statements parsed and planned;
/// what people ask goes elsewhere and is planned anew each time, by its values.
/// </summary>
public sealed class WorkDatabase : IDbContextFactory<MonitorDbContext>, IAsyncDisposable
{
    const int MostStatements = 100;
    const int Fewest = 6;

    readonly DbContextOptions<MonitorDbContext> _options;

    public WorkDatabase(string connectionString)
    {
        var connect = new NpgsqlConnectionStringBuilder(connectionString);
        connect.MaxPoolSize = Math.Max(Fewest, connect.MaxPoolSize / 4);
        connect.MaxAutoPrepare = MostStatements;
        // No work leaves anything behind in its session that the next one would have to be saved from.
        connect.NoResetOnClose = true;
        // All of it looks up by keys. A plan that is kept may have been made while a table was small, and must serve when it is large.
        connect.Options = $"{connect.Options} -c enable_seqscan=off";
        Source = NpgsqlDataSource.Create(connect);
        _options = new DbContextOptionsBuilder<MonitorDbContext>().UseNpgsql(Source).Options;
    }

    public NpgsqlDataSource Source { get; }

    public MonitorDbContext CreateDbContext() => new(_options);

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
