using NewsMonitor.Database;

namespace NewsMonitor.Feeds;

public static class FeedRegistration
{
    /// <summary>
    /// Everything that looks at feeds. Needs the database, the outbound place, secrets, a clock, a <see cref="Random"/> and
    /// <see cref="CronTimes"/>.
    /// </summary>
    public static IServiceCollection AddFeeds(this IServiceCollection services, IConfiguration configuration)
    {
        var options = FetchOptions.From(configuration);
        services.AddSingleton(options);
        services.AddSingleton<HostLocks>();
        services.AddSingleton(provider => new HostGate(
            options.PerHost, options.PerHostSpacing, provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<HostLocks>()));
        services.AddSingleton<HostTurns>();
        services.AddSingleton<NetworkHealth>();
        services.AddSingleton<FeedFetcher>();
        services.AddSingleton<FeedVisits>();
        services.AddSingleton(provider => new DueFeeds(
            provider.GetRequiredService<WorkDatabase>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new QuietLooks(provider.GetRequiredService<WorkDatabase>().Source));
        services.AddSingleton<FeedPolls>();
        services.AddHostedService(provider => provider.GetRequiredService<FeedPolls>());
        services.AddSingleton<FeedRecord>();
        services.AddSingleton<WebSub>();
        services.AddSingleton<FeedDiscoverer>();
        services.AddSingleton<FeedEdit>();
        return services;
    }
}

/// <summary>
/// The next time of a cron expression after a moment, in UTC; null for one that never comes. Quartz knows, feeds need not.
/// </summary>
public delegate DateTimeOffset? CronTimes(string expression, DateTimeOffset after);
