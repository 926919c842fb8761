using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
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
/// What the delivery benchmarks share: a private PostgreSQL, recipients and alerts in it, a sender, and an HTTP server that is the far side.
/// </summary>
static class DeliveryBed
{
    public static Task<LocalCluster> OpenAsync(DirectoryInfo folder) =>
        LocalCluster.StartAsync(folder.FullName, new DatabaseOptions(), TimeProvider.System, NullLogger.Instance, CancellationToken.None);

    public static MonitorDbContext Context(string connectionString) =>
        new(new DbContextOptionsBuilder<MonitorDbContext>().UseNpgsql(connectionString).Options);

    /// <summary>A server on loopback.</summary>
    /// <param name="answer">From the recipient's number and the request, whose body has been read, to the answer.</param>
    public static async Task<WebApplication> ListenAsync(Func<int, HttpContext, Task<IResult>> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapPost("/{recipient:int}", async (int recipient, HttpContext http) =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null);
            return await answer(recipient, http);
        });
        await app.StartAsync();
        return app;
    }

    public static async Task PrepareAsync(string connectionString, Uri server, int recipients)
    {
        await using var db = Context(connectionString);
        await Migrator.MigrateAsync(db, TimeProvider.System, NullLogger.Instance, CancellationToken.None);
        await db.Database.ExecuteSqlRawAsync("""
            INSERT INTO watches (id, name, severity, definition, revision, origin, enabled, created_at, updated_at)
            VALUES ('w', 'Esmail Qaani', 'high', '{{"definition":{{"id":"w","name":"w"}},"severity":"high","recipients":[]}}', 1, 'api', true, now(), now())
            """);
        await db.Database.ExecuteSqlRawAsync("""
            INSERT INTO recipients (id, kind, target, mode, min_severity, settings, enabled, origin, created_at, updated_at)
            SELECT 'r' || n, 'webhook', {0} || n, 'instant', 'low', '{{}}', true, 'api', now(), now() FROM generate_series(0, {1} - 1) n
            """, server.AbsoluteUri, recipients);
    }

    /// <summary>Alerts that every recipient is owed, the first alert first.</summary>
    public static async Task OweAsync(string connectionString, int from, int alerts, int recipients)
    {
        await using var db = Context(connectionString);
        await db.Database.ExecuteSqlRawAsync("""
            INSERT INTO alerts (id, watch_id, watch_revision, story_id, article_id, severity, status, title, source, raised_at, updated_at, hits, excerpt)
            SELECT n, 'w', 1, n, n, 'high', 'new', 'قاآني في بغداد ' || n, 'Example Wire', now(), now(), '[]',
                '{{"text":"وصل قاآني إلى بغداد","highlights":[]}}'
            FROM generate_series({0} + 1, {0} + {1}) n
            """, from, alerts);
        await db.Database.ExecuteSqlRawAsync("""
            INSERT INTO deliveries (recipient_id, alert_id, event, message_id, key, status, attempts, next_attempt_at, created_at)
            SELECT 'r' || r, a, 'alert.raised', 'msg_' || a || '_' || r, a || ':' || r, 'pending', 0, now(), now()
            FROM generate_series({0} + 1, {0} + {1}) a, generate_series(0, {2} - 1) r ORDER BY a, r
            """, from, alerts, recipients);
    }

    public static async Task<long> PendingAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("SELECT count(*) FROM deliveries WHERE status = 'pending'");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public static int Number(string[] args, string name, int otherwise) =>
        Array.IndexOf(args, name) is >= 0 and var at ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;

    /// <summary>A sender as the service composes it.</summary>
    public sealed class Worker : IDbContextFactory<MonitorDbContext>, IAsyncDisposable
    {
        readonly NpgsqlDataSource _source;
        readonly OutboundHttp _http = new(new OutboundOptions { AllowedHosts = "127.0.0.0/8" }, DnsCache.System, TimeProvider.System, new Random(1));

        public Worker(string connectionString, string folder, TimeProvider clock, DeliveryOptions options)
        {
            _source = NpgsqlDataSource.Create(connectionString);
            var secrets = Secrets.Open(null, folder, TimeProvider.System);
            var channel = new HttpChannel(_http, TimeProvider.System) { Timeout = options.Timeout };
            Sender = new Sender(
                this, new Outbox(this, _source, clock), new MessageMaker(() => new Uri("http://127.0.0.1/"), new Unsubscribing(secrets)),
                new Notices(this, clock, NullLogger<Notices>.Instance), _ => channel, secrets, options, clock, new Random(), NullLogger<Sender>.Instance);
        }

        public Sender Sender { get; }

        public MonitorDbContext CreateDbContext() => new(new DbContextOptionsBuilder<MonitorDbContext>().UseNpgsql(_source).Options);

        public async ValueTask DisposeAsync()
        {
            await Sender.StopAsync(CancellationToken.None);
            _http.Dispose();
            await _source.DisposeAsync();
        }
    }
}
