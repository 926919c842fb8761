using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NewsMonitor.Database;
using NewsMonitor.Deliveries;
using NewsMonitor.Deliveries.Webhook;
using NewsMonitor.Operations;
using NewsMonitor.Outbound;
using Npgsql;

namespace NewsMonitor.Benchmarks;

/// <summary>
/// The outbox under fire: many alerts to many recipients, some of which fail, stall, answer 429 or 410, while the sending process is killed
/// with SIGKILL and PostgreSQL is restarted. Every delivery must end sent or dead, and every id must reach each healthy recipient. Without
/// kills and restarts it measures deliveries a second, beside a bare loop of requests to the same server.
/// </summary>
static class DeliveryBenchmark
{
    /// <summary>The workers' clock runs faster than ours, so that waits of hours pass within the run.</summary>
    const int Speed = 200;

    public static async Task<int> RunAsync(string[] args)
    {
        var (alerts, recipients) = (Number(args, "--alerts", 10_000), Number(args, "--recipients", 20));
        var (kills, restarts) = (Number(args, "--kills", 30), Number(args, "--restarts", 3));
        var troubled = kills + restarts > 0;
        var folder = Directory.CreateTempSubdirectory("monitor-bench-");
        var cluster = await OpenAsync(folder);
        var arrivals = new ConcurrentDictionary<(int Recipient, string Id), int>();
        await using var far = await FarSideAsync(arrivals, troubled);
        Process? worker = null;
        try
        {
            await using (var db = Context(cluster.ConnectionString))
            {
                await Migrator.MigrateAsync(db, TimeProvider.System, NullLogger.Instance, CancellationToken.None);
                await FillAsync(db, new Uri(far.Urls.First()), alerts, recipients);
            }
            var bare = troubled ? 0 : await BareAsync(new Uri(far.Urls.First()));
            var clock = Stopwatch.StartNew();
            var (killed, restarted) = (0, 0);
            worker = StartWorker(folder, cluster.ConnectionString);
            while (await PendingAsync(cluster.ConnectionString) is > 0 and var left)
            {
                if (worker.HasExited)
                {
                    worker = StartWorker(folder, cluster.ConnectionString);
                }
                await Task.Delay(troubled ? 1500 : 100);
                var share = 1 - (left / (double)(alerts * recipients));
                if (killed < kills && share >= killed / (kills + 1.0))
                {
                    worker.Kill();
                    await worker.WaitForExitAsync();
                    killed++;
                }
                if (restarted < restarts && share >= (restarted + 0.5) / (restarts + 1.0))
                {
                    await cluster.DisposeAsync();
                    cluster = await OpenAsync(folder);
                    NpgsqlConnection.ClearAllPools();
                    restarted++;
                }
            }
            return await ReportAsync(cluster.ConnectionString, arrivals, clock.Elapsed, bare, $"{killed} kills, {restarted} restarts");
        }
        finally
        {
            if (worker is { HasExited: false })
            {
                worker.Kill();
            }
            await cluster.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The process that is killed: a sender and nothing else.</summary>
    public static async Task<int> WorkAsync(string connectionString, string folder)
    {
        var clock = new FastTime();
        var services = new ServiceCollection();
        services.AddDbContextFactory<MonitorDbContext>(o => o.UseNpgsql(connectionString));
        await using var provider = services.BuildServiceProvider();
        var databases = provider.GetRequiredService<IDbContextFactory<MonitorDbContext>>();
        await using var source = NpgsqlDataSource.Create(connectionString);
        var secrets = Secrets.Open(null, folder);
        using var http = new OutboundHttp(new OutboundOptions { AllowedHosts = "127.0.0.0/8" }, DnsCache.System, TimeProvider.System, new Random(1));
        var outbox = new Outbox(databases, source, clock);
        var channel = new HttpChannel(http, TimeProvider.System) { Timeout = TimeSpan.FromSeconds(2) };
        var sender = new Sender(
            databases, outbox, new MessageMaker(() => new Uri("http://127.0.0.1/"), new Unsubscribing(secrets)),
            new Notices(databases, clock, NullLogger<Notices>.Instance), _ => channel, secrets,
            new DeliveryOptions { Lease = TimeSpan.FromSeconds(2 * Speed) }, clock, new Random(), NullLogger<Sender>.Instance);
        while (true)
        {
            try
            {
                await sender.SendDueAsync(CancellationToken.None);
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
            {
                await Console.Error.WriteLineAsync($"The database is away: {e.GetBaseException().Message}");
            }
            await Task.Delay(100);
        }
    }

    static async Task<WebApplication> FarSideAsync(ConcurrentDictionary<(int, string), int> arrivals, bool troubled)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapPost("/{recipient:int}", async (int recipient, HttpContext http) =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null);
            var trouble = troubled && Random.Shared.Next(100) == 0 ? recipient % 10 : 0;
            if (troubled && recipient == 9)
            {
                return Results.StatusCode(410);
            }
            if (trouble == 8)
            {
                await Task.Delay(4000, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            }
            if (trouble is 6 or 7 or 8)
            {
                return Results.StatusCode(trouble == 7 ? 429 : 503);
            }
            arrivals.AddOrUpdate((recipient, http.Request.Headers["webhook-id"].ToString()), 1, (_, n) => n + 1);
            return Results.Ok();
        });
        await app.StartAsync();
        return app;
    }

    static async Task FillAsync(MonitorDbContext db, Uri server, int alerts, int recipients)
    {
        await db.Database.ExecuteSqlRawAsync("""
            INSERT INTO recipients (id, kind, target, mode, min_severity, settings, enabled, origin, created_at, updated_at)
            SELECT 'r' || n, 'webhook', {0} || n, 'instant', 'low', '{{}}', true, 'api', now(), now() FROM generate_series(0, {1} - 1) n
            """, server.AbsoluteUri, recipients);
        await db.Database.ExecuteSqlRawAsync("""
            INSERT INTO alerts (id, watch_id, watch_revision, story_id, article_id, severity, status, title, source, raised_at, updated_at, hits, excerpt)
            SELECT n, 'w', 1, n, n, 'high', 'new', 'قاآني في بغداد ' || n, 'Example Wire', now(), now(), '[]', '{{"text":"وصل قاآني إلى بغداد","highlights":[]}}'
            FROM generate_series(1, {0}) n
            """, alerts);
        await db.Database.ExecuteSqlRawAsync("""
            INSERT INTO deliveries (recipient_id, alert_id, event, message_id, key, status, attempts, next_attempt_at, created_at)
            SELECT 'r' || r, a, 'alert.raised', 'msg_' || a || '_' || r, a || ':' || r, 'pending', 0, now(), now()
            FROM generate_series(1, {0}) a, generate_series(0, {1} - 1) r ORDER BY a, r
            """, alerts, recipients);
    }

    static async Task<double> BareAsync(Uri server)
    {
        using var http = new HttpClient();
        var clock = Stopwatch.StartNew();
        const int Requests = 4000;
        await Parallel.ForEachAsync(Enumerable.Range(0, Requests), new ParallelOptions { MaxDegreeOfParallelism = 20 }, async (n, stop) =>
        {
            using var content = new ByteArrayContent(new byte[700]);
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, "1000")) { Content = content };
            request.Headers.TryAddWithoutValidation("webhook-id", $"bare{n}");
            using var response = await http.SendAsync(request, stop);
        });
        return Requests / clock.Elapsed.TotalSeconds;
    }

    static async Task<int> ReportAsync(
        string connectionString, ConcurrentDictionary<(int Recipient, string Id), int> arrivals, TimeSpan took, double bare, string trouble)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("""
            SELECT count(*), count(*) FILTER (WHERE status = 'sent'), count(*) FILTER (WHERE status = 'dead'),
                   array_agg(recipient_id || ' ' || message_id) FILTER (WHERE status = 'sent') FROM deliveries
            """);
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        var sent = row.GetFieldValue<string[]>(3).Select(s => s.Split(' ')).ToList();
        var lost = sent.Count(s => !arrivals.ContainsKey((int.Parse(s[0][1..], CultureInfo.InvariantCulture), s[1])));
        var came = arrivals.Where(a => a.Key.Recipient != 1000).ToList();
        var repeats = came.Sum(a => a.Value - 1);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            deliveries  {row.GetInt64(0)}: {row.GetInt64(1)} sent, {row.GetInt64(2)} dead, {row.GetInt64(0) - row.GetInt64(1) - row.GetInt64(2)} pending; {trouble}
            arrivals    {came.Count} ids, {repeats} repeats ({100.0 * repeats / Math.Max(1, came.Count):0.000} %), {lost} sent but never arrived
            speed       {row.GetInt64(1) / took.TotalSeconds:0} deliveries/s in {took.TotalSeconds:0.0} s{(bare > 0 ? $"; bare loop {bare:0} requests/s" : "")}
            """));
        return lost == 0 && repeats < came.Count / 100.0 ? 0 : 1;
    }

    static async Task<long> PendingAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("SELECT count(*) FROM deliveries WHERE status = 'pending'");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    static MonitorDbContext Context(string connectionString) =>
        new(new DbContextOptionsBuilder<MonitorDbContext>().UseNpgsql(connectionString).Options);

    static Task<LocalCluster> OpenAsync(DirectoryInfo folder) =>
        LocalCluster.StartAsync(folder.FullName, new DatabaseOptions(), TimeProvider.System, NullLogger.Instance, CancellationToken.None);

    static Process StartWorker(DirectoryInfo folder, string connectionString) => Process.Start(new ProcessStartInfo(
        "dotnet", [typeof(DeliveryBenchmark).Assembly.Location, "sender", connectionString, folder.FullName]))!;

    static int Number(string[] args, string name, int otherwise) =>
        Array.IndexOf(args, name) is >= 0 and var at ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;

    sealed class FastTime : TimeProvider
    {
        readonly Stopwatch _clock = Stopwatch.StartNew();

        // Every process starts from the same moment, so that a new one does not fall behind the claims of the one before.
        static readonly DateTimeOffset Origin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        readonly DateTimeOffset _start = DateTimeOffset.UtcNow;

        public override DateTimeOffset GetUtcNow() => _start + ((_start - Origin) * (Speed - 1)) + (_clock.Elapsed * Speed);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, Fast(dueTime), Fast(period));

        static TimeSpan Fast(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / Speed;
    }
}
