using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Operations;

namespace NewsMonitor;

/// <summary>The database for the short commands: the same one that the service with this configuration uses, brought up to date.</summary>
static class CommandDatabase
{
    static DatabaseStartup? _opened;

    /// <summary>In local mode the cluster is started for the command, or shared with the service that runs already.</summary>
    public static async Task<MonitorDbContext> OpenAsync(CancellationToken stop)
    {
        var builder = MonitorService.CreateBuilder(new Dictionary<string, string?>());
        using var logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Warning)
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        _opened ??= await DatabaseStartup.OpenAsync(builder.Configuration, TimeProvider.System, logs.CreateLogger("NewsMonitor.Database"), stop);
        var db = new MonitorDbContext(new DbContextOptionsBuilder<MonitorDbContext>().UseNpgsql(_opened.ConnectionString).Options);
        await Migrator.MigrateAsync(db, TimeProvider.System, logs.CreateLogger("NewsMonitor.Database"), stop);
        return db;
    }

    /// <summary>The key that the service with this configuration encrypts secrets with.</summary>
    public static Secrets OpenSecrets()
    {
        var configuration = Configuration();
        return Secrets.Open(configuration["Monitor:SecretKey"], configuration["Monitor:DataDirectory"] ?? "./data", TimeProvider.System);
    }

    /// <summary>The configuration that the service would read.</summary>
    public static IConfiguration Configuration() => MonitorService.CreateBuilder(new Dictionary<string, string?>()).Configuration;

    /// <summary>Lets go of local mode's cluster; whoever uses it last stops it.</summary>
    public static async Task CloseAsync()
    {
        if (_opened is not null)
        {
            await _opened.DisposeAsync();
        }
    }
}
