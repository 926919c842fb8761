using Microsoft.Extensions.DependencyInjection.Extensions;

namespace NewsMonitor.Outbound;

public static class OutboundRegistration
{
    /// <summary>
    /// Adds <see cref="OutboundHttp"/> as a singleton; a <see cref="HostResolver"/> registered before replaces the system's DNS.
    /// </summary>
    public static IServiceCollection AddOutbound(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(DnsCache.System);
        services.TryAddSingleton(Random.Shared);
        services.AddSingleton(OutboundOptions.From(configuration));
        services.AddSingleton(s => new OutboundHttp(
            s.GetRequiredService<OutboundOptions>(), s.GetRequiredService<HostResolver>(), s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<Random>()));
        return services;
    }
}
