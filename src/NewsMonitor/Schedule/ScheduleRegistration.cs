using NewsMonitor.Operations;
using Npgsql;
using Quartz;

namespace NewsMonitor.Schedule;

/// <summary>
/// Quartz with its PostgreSQL store, clustered: more workers are more processes on one database, and each schedule fires once.
/// </summary>
static class ScheduleRegistration
{
    const string TickName = "tick";

    /// <summary>
    /// Needs a registered <c>NpgsqlDataSource</c>. Every worker of a cluster should carry the same recurring work; claiming loops may
    /// differ by role. A process with nothing to do by itself runs no scheduler, but can still signal the others.
    /// </summary>
    public static IServiceCollection AddSchedule(this IServiceCollection services, IConfiguration configuration, WorkPlan plan)
    {
        var options = configuration.Read<ScheduleOptions>("Monitor:Schedule");
        services.AddSingleton(options);
        services.AddSingleton(plan);
        services.AddSingleton<Wakeups>();
        services.AddHostedService(provider => provider.GetRequiredService<Wakeups>());
        foreach (var loop in plan.Loops)
            services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<ClaimLoopService>(provider, loop));
        if (plan.IsEmpty)
            return services;
        // A worker that stopped leaves its row behind; that the next start clears it away is no news.
        services.AddLogging(logging => logging.AddFilter("Quartz.Impl.AdoJobStore", LogLevel.Error));
        services.AddQuartz(quartz => Configure(quartz, options, plan));
        services.Configure<QuartzOptions>(quartz => quartz.Scheduling.ScheduleTriggerRelativeToReplacedTrigger = true);
        services.AddHealthChecks().AddQuartz(check =>
        {
            check.Name = "schedule";
            check.StaleFiringTolerance = 6;
        });
        services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
        services.AddHostedService<FirstRuns>();
        return services;
    }

    static void Configure(IQuartzBuilder quartz, ScheduleOptions options, WorkPlan plan)
    {
        quartz.ConfigureScheduler(scheduler =>
        {
            scheduler.InstanceName = "monitor";
            // A tick that nobody could take is worth nothing later, and a stopping worker lets go of what it runs.
            scheduler.IdleWaitTime = TimeSpan.FromSeconds(5);
            scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
        });
        quartz.UseDefaultThreadPool(Math.Max(4, plan.Recurring.Count + 1));
        quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(source => source.DataSourceFactory = services => services.GetRequiredService<NpgsqlDataSource>());
            store.UseSystemTextJsonSerializer();
            store.ProvisionSchema();
            store.UseClustering(cluster =>
            {
                cluster.CheckinInterval = options.Checkin;
                cluster.CheckinMisfireThreshold = options.Checkin * 1.5;
            });
            store.ConfigureStore(ado =>
            {
                ado.DbRetryInterval = TimeSpan.FromSeconds(2);
                ado.MisfireThreshold = TimeSpan.FromSeconds(10);
            });
        });
        quartz.ScheduleJob(
            TickName,
            (Wakeups wakeups, CancellationToken stop) => wakeups.SignalAsync(null, stop),
            trigger => trigger.WithSimpleSchedule(simple => simple.WithInterval(options.Tick).RepeatForever()
                .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount)).WithOverlapPolicy(OverlapPolicy.Skip));
        foreach (var work in plan.Recurring)
        {
            quartz.ScheduleJob(
                work.Name,
                (IServiceProvider services, CancellationToken stop) => work.Work(services, stop),
                trigger =>
                {
                    if (work.Cron is { } cron)
                        trigger.WithCronSchedule(cron, schedule => schedule.InTimeZone(TimeZoneInfo.Utc));
                    else
                        trigger.WithSimpleSchedule(simple => Recur(simple, work.Interval!.Value)).StartNow();
                    trigger.WithOverlapPolicy(OverlapPolicy.Skip);
                });
        }
    }

    // What came due while nobody could do it is done as soon as somebody can, and not an interval later: a start on a busy machine, or
    // after a wait for the database, is late for the very first time.
    static void Recur(SimpleScheduleBuilder schedule, TimeSpan interval) => schedule
        .WithInterval(interval)
        .RepeatForever()
        .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithRemainingCount);
}
