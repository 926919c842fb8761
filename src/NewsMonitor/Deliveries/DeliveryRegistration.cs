using NewsMonitor.Deliveries.Email;
using NewsMonitor.Deliveries.Webhook;
using NewsMonitor.Operations;
using NewsMonitor.Outbound;

namespace NewsMonitor.Deliveries;

public static class DeliveryRegistration
{
    /// <summary>Adds everything that sends. Needs the database, <c>Secrets</c>, <c>OutboundHttp</c> and <c>Func&lt;Uri&gt;</c>, the public address.</summary>
    public static IServiceCollection AddDeliveries(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.Read<DeliveryOptions>(DeliveryOptions.Section);
        services.AddSingleton(options);
        services.AddSingleton(configuration.Read<SmtpOptions>("Monitor:Smtp"));
        services.AddSingleton<EmailChannel>();
        services.AddSingleton(provider => new HttpChannel(
            provider.GetRequiredService<OutboundHttp>(), provider.GetRequiredService<TimeProvider>(), options.TelegramApi)
        { Timeout = options.Timeout });
        services.AddSingleton<Func<RecipientKind, IChannel>>(provider => kind => kind == RecipientKind.Email
            ? provider.GetRequiredService<EmailChannel>()
            : provider.GetRequiredService<HttpChannel>());
        services.AddSingleton<Unsubscribing>();
        services.AddSingleton<MessageMaker>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<Notices>();
        services.AddSingleton<Escalating>();
        services.AddSingleton<Sender>();
        services.AddHostedService(provider => provider.GetRequiredService<Sender>());
        return services;
    }
}
