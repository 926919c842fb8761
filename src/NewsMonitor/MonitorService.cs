using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;
using NewsMonitor.Articles;
using NewsMonitor.Database;
using NewsMonitor.Deliveries;
using NewsMonitor.Feeds;
using NewsMonitor.Operations;
using NewsMonitor.Operations.Http;
using NewsMonitor.Operations.Logs;
using NewsMonitor.Operations.Retention;
using NewsMonitor.Outbound;
using NewsMonitor.Pages;
using NewsMonitor.Review;
using NewsMonitor.Schedule;
using NewsMonitor.Stories;
using NewsMonitor.Watches;
using Npgsql;

namespace NewsMonitor;

/// <summary>The service as one object: its database, its web application, its workers. Tests start the same one.</summary>
public sealed class MonitorService : IAsyncDisposable
{
    const string DefaultUrl = "http://127.0.0.1:8080";

    static readonly Dictionary<string, string?> Defaults = new()
    {
        // One line an event: what the frameworks say about their own work is for those who ask for it.
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",
        // A failing statement is told by the exception it throws, where it is handled.
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Database.Command"] = "None",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Update"] = "None",
        // That an index is built outside of a transaction is meant so, and it is built again where it broke off.
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Migrations"] = "Error",
        ["Logging:LogLevel:Quartz"] = "Warning",
        ["Logging:LogLevel:Polly"] = "Warning",
        // The keys of cookies lie in the data folder, beside the secret key; a request without a key is told so by its answer.
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error",
        ["Logging:LogLevel:NewsMonitor.Review.ApiKeyAuthentication"] = "Warning",
    };

    readonly DatabaseStartup _database;

    MonitorService(DatabaseStartup database, WebApplication app) => (_database, App) = (database, app);

    public WebApplication App { get; }

    /// <summary>Where the service really listens, seen from this machine, after a port 0 was resolved.</summary>
    public Uri Address => AddressOf(App.Urls);

    public static async Task<int> RunAsync(string? urls, string? role, CancellationToken stop)
    {
        var settings = new Dictionary<string, string?>();
        if (urls is not null)
        {
            settings["urls"] = urls;
        }

        if (role is not null)
        {
            settings["Monitor:Role"] = role;
        }

        await using var service = await StartAsync(settings, stop);
        await service.App.WaitForShutdownAsync(stop);
        return 0;
    }

    /// <summary>Opens the database, brings it up to date, applies the configuration folder and starts everything.</summary>
    /// <exception cref="DatabaseSetupException">There is no database to work with; the message says why and how to mend it.</exception>
    public static Task<MonitorService> StartAsync(IReadOnlyDictionary<string, string?> settings, CancellationToken stop) =>
        StartAsync(settings, TimeProvider.System, stop);

    /// <inheritdoc cref="StartAsync(IReadOnlyDictionary{string, string}, CancellationToken)"/>
    /// <param name="settings">What configuration holds beside its files and the environment.</param>
    /// <param name="clock">What the service takes for now.</param>
    /// <param name="stop">Gives up.</param>
    internal static async Task<MonitorService> StartAsync(
        IReadOnlyDictionary<string, string?> settings, TimeProvider clock, CancellationToken stop)
    {
        var configuration = CreateBuilder(settings).Configuration;
        using var logs = LoggerFactory.Create(logging => logging
            .AddConfiguration(configuration.GetSection("Logging")).AddMonitorLogs(configuration));
        var database = await DatabaseStartup.OpenAsync(configuration, TimeProvider.System, logs.CreateLogger("NewsMonitor.Database"), stop);
        try
        {
            var app = await database.WhileThereAsync(() => StartAsync(CreateBuilder(settings), database, clock, stop), stop);
            app.Logger.LogInformation("News Monitor listens on {Address}", AddressOf(app.Urls));
            return new MonitorService(database, app);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    static async Task<WebApplication> StartAsync(
        WebApplicationBuilder builder, DatabaseStartup database, TimeProvider clock, CancellationToken stop)
    {
        var role = WorkerRoles.From(builder.Configuration);
        foreach (var url in (builder.Configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            AddressOf([url]);
        }

        AddServices(builder, database, clock, role);
        WebApplication? app = null;
        // What keeps the service from starting is thrown, and told once, in one sentence.
        builder.Logging.AddFilter(
            "Microsoft.Extensions.Hosting.Internal.Host",
            level => level > LogLevel.Information && app?.Lifetime.ApplicationStarted.IsCancellationRequested == true);
        app = builder.Build();
        foreach (var unread in KnownSettings.Unread(builder.Configuration))
        {
            app.Logger.LogWarning("{Setting}", unread);
        }

        try
        {
            await PrepareAsync(app, database.IsLocal, stop);
            app.UseHeadRequests();
            app.MapOperations();
            app.MapSamples(Options(app));
            if (role.ServesPeople())
            {
                app.UsePages();
                app.MapReview();
                app.MapWebSub();
                app.MapPages();
            }

            await ListenAsync(app, stop);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    // Said here, since further out a socket's error is the database's.
    static async Task ListenAsync(WebApplication app, CancellationToken stop)
    {
        try
        {
            await app.StartAsync(stop);
        }
        catch (Exception e) when (e is IOException { InnerException: AddressInUseException })
        {
            throw new SettingException(
                $"{Urls(app)} is taken by another program: stop that one, or choose another address with --urls.", e);
        }
        catch (Exception e) when (e is SocketException { SocketErrorCode: SocketError.AccessDenied or SocketError.AddressNotAvailable }
            or InvalidOperationException { Source: "Microsoft.AspNetCore.Server.Kestrel.Core" })
        {
            throw new SettingException(
                $"{Urls(app)} cannot be listened on ({e.Message.Split('\n')[0].Trim()}): choose another address with --urls.", e);
        }
    }

    static string Urls(WebApplication app) => Urls(app.Configuration);

    static string Urls(IConfiguration configuration) =>
        configuration["urls"] is { Length: > 0 } urls ? urls : $"http://127.0.0.1:{configuration["http_ports"]}";

    /// <summary>Where people reach a service of this configuration, for a command that runs beside it.</summary>
    internal static Uri PublicUrl(IConfiguration configuration) => configuration.Read<MonitorOptions>(MonitorOptions.Section).PublicAddress()
        ?? AddressOf([Urls(configuration).Split(';')[0]]);

    /// <summary>Configuration as every command reads it.</summary>
    public static WebApplicationBuilder CreateBuilder(IReadOnlyDictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        builder.Configuration.AddSecretFiles(Environment.GetEnvironmentVariables()).AddInMemoryCollection(settings);
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
        {
            builder.Configuration["urls"] = DefaultUrl;
        }

        builder.Logging.AddMonitorLogs(builder.Configuration);
        return builder;
    }

    static void AddServices(WebApplicationBuilder builder, DatabaseStartup database, TimeProvider clock, WorkerRole role)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        var options = configuration.Read<MonitorOptions>(MonitorOptions.Section);
        var publicUrl = options.PublicAddress();
        services.AddSingleton(clock);
        services.AddSingleton(Random.Shared);
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(options));
        services.AddSingleton(_ => NpgsqlDataSource.Create(database.ConnectionString));
        services.AddSingleton(_ => new WorkDatabase(database.ConnectionString));
        services.AddDbContextFactory<MonitorDbContext>((provider, context) => context.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton(_ => Secrets.Open(configuration["Monitor:SecretKey"], options.DataDirectory, TimeProvider.System));
        services.AddOutbound(configuration);
        services.AddSingleton<Leases>();
        services.AddHostedService(provider => provider.GetRequiredService<Leases>());
        services.AddFeeds(configuration);
        services.AddSingleton<CronTimes>(CronExpressions.Next);
        services.AddSingleton<FullText>();
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(configuration.Read<StoryOptions>("Monitor:Stories")));
        services.AddSingleton(provider => new WatchCatalog(
            provider.GetRequiredService<WorkDatabase>(), provider.GetRequiredService<ILogger<WatchCatalog>>()));
        services.AddSingleton<Pipeline>();
        services.AddSingleton<ConfigFolder>();
        services.AddSingleton<Func<Uri>>(provider => () => publicUrl ?? ListeningAddress(provider));
        services.AddDeliveries(configuration);
        services.AddReview(configuration);
        services.AddPages(configuration, options.DataDirectory);
        services.AddOperations(configuration);
        services.AddSchedule(configuration, Work(role));
    }

    /// <summary>Everything that the service does by itself, and when.</summary>
    static WorkPlan Work(WorkerRole role)
    {
        var plan = new WorkPlan();
        if (role.Fetches())
        {
            plan.Claim("polls", PollDueAsync);
        }

        if (role.Delivers())
        {
            plan.Claim("deliveries", (services, stop) => services.GetRequiredService<Sender>().SendDueAsync(stop));
        }

        return role == WorkerRole.Web ? plan : plan
            .Every(TimeSpan.FromHours(1), "retention", (services, stop) => services.GetRequiredService<RetentionWork>().RunAsync(stop))
            .Every(TimeSpan.FromSeconds(30), "escalations", EscalateAsync)
            .Every(TimeSpan.FromMinutes(1), "self-watch", (services, stop) => services.GetRequiredService<SelfWatch>().LookAsync(stop))
            .Every(TimeSpan.FromMinutes(1), "websub", SubscribeAsync);
    }

    static Task<bool> PollDueAsync(IServiceProvider services, CancellationToken stop)
    {
        var pipeline = services.GetRequiredService<Pipeline>();
        var wakeups = services.GetRequiredService<Wakeups>();
        return services.GetRequiredService<FeedPolls>().StartDueAsync(
            async (feed, cancel) =>
            {
                if (await pipeline.PollAsync(feed, cancel) > 0)
                {
                    await wakeups.SignalAsync("deliveries", cancel);
                }
            },
            () => wakeups.SignalHere("polls"),
            stop);
    }

    // Without an address that is reachable from outside no hub could ever call.
    static async Task SubscribeAsync(IServiceProvider services, CancellationToken stop)
    {
        if (services.GetRequiredService<IOptions<MonitorOptions>>().Value.PublicAddress() is { } publicUrl)
        {
            await services.GetRequiredService<WebSub>().RenewAsync(publicUrl, stop);
        }
    }

    static async Task EscalateAsync(IServiceProvider services, CancellationToken stop)
    {
        if (await services.GetRequiredService<Escalating>().RunAsync(stop) > 0)
        {
            await services.GetRequiredService<Wakeups>().SignalAsync("deliveries", stop);
        }
    }

    static async Task PrepareAsync(WebApplication app, bool isLocal, CancellationToken stop)
    {
        var options = Options(app);
        var clock = app.Services.GetRequiredService<TimeProvider>();
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<MonitorDbContext>>().CreateDbContextAsync(stop);
        await Migrator.MigrateAsync(db, clock, app.Logger, stop);
        if (await ApiKeys.EnsureAdminAsync(db, options.AdminKey, options.DataDirectory, clock.GetUtcNow(), stop) is { } key)
        {
            app.Logger.LogInformation("The first admin key is {Key}; it is also in {File}", key, Path.GetFullPath(Path.Combine(options.DataDirectory, "admin-key")));
        }

        if (options.Samples ?? isLocal)
        {
            await AddSamplesAsync(app, db, options, stop);
        }

        await app.Services.GetRequiredService<ConfigFolder>().ApplyAsync(options.ConfigDirectory, stop);
        await app.Services.GetRequiredService<WatchCatalog>().RefreshAsync(stop);
    }

    // The samples come from the service itself, on loopback, which the guard refuses unless it is told. A port that the system
    // chooses is not known before the start, and would be another one at the next; such a service goes without samples.
    static async Task AddSamplesAsync(WebApplication app, MonitorDbContext db, MonitorOptions options, CancellationToken stop)
    {
        var own = AddressOf(Urls(app).Split(';'));
        if (own.Port != 0)
        {
            var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
            app.Services.GetRequiredService<OutboundOptions>().AllowedHosts += $",127.0.0.1:{own.Port}";
            await SampleFeeds.AddToEmptyDatabaseAsync(db, options, own, now, app.Logger, stop);
        }
    }

    static MonitorOptions Options(WebApplication app) => app.Services.GetRequiredService<IOptions<MonitorOptions>>().Value;

    static Uri ListeningAddress(IServiceProvider services) => AddressOf(
        services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses);

    static Uri AddressOf(ICollection<string> urls)
    {
        try
        {
            var address = BindingAddress.Parse(urls.First());
            var host = address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "127.0.0.1" : address.Host;
            return new Uri($"{address.Scheme}://{host}:{address.Port}/");
        }
        catch (FormatException e)
        {
            throw new SettingException($"'{urls.First()}' is no address to listen on; write it such as http://127.0.0.1:8080.", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        await _database.DisposeAsync();
    }
}
