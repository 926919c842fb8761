using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Database;
using NewsMonitor.Deliveries;
using NewsMonitor.Watches;

namespace NewsMonitor.Benchmarks;

/// <summary>
/// How fast the outbox sends when all is well: deliveries a second beside a bare loop of requests, and the wait of an alert at a steady rate.
/// </summary>
static class DeliverySpeed
{
    const int BareRecipient = 1_000_000;

    /// <summary>
    /// Deliveries a second to an endpoint on loopback, and requests a second of a bare <c>HttpClient</c> loop to the same endpoint. A recipient's
    /// next message waits until the result of the one before is on disk, so more recipients make more of it.
    /// </summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var recipients = DeliveryBed.Number(args, "--recipients", 100);
        var (alerts, warm) = (DeliveryBed.Number(args, "--alerts", 200), DeliveryBed.Number(args, "--warm", 60));
        long bytes = 0, came = 0;
        await using var far = await DeliveryBed.ListenAsync((recipient, http) =>
        {
            if (recipient < recipients)
            {
                Interlocked.Add(ref bytes, http.Request.ContentLength ?? 0);
                Interlocked.Increment(ref came);
            }
            return Task.FromResult(Results.Ok());
        });
        await using var bed = await OpenAsync(new Uri(far.Urls.First()), recipients);
        await DeliveryBed.OweAsync(bed.Connection, 0, warm, recipients);
        await bed.Worker.Sender.SendDueAsync(CancellationToken.None);
        await bed.Worker.Sender.IdleAsync();
        await DeliveryBed.OweAsync(bed.Connection, warm, alerts, recipients);
        var (clock, cpu) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        await bed.Worker.Sender.SendDueAsync(CancellationToken.None);
        await bed.Worker.Sender.IdleAsync();
        var (took, used) = (clock.Elapsed, Process.GetCurrentProcess().TotalProcessorTime - cpu);
        var size = (int)(bytes / came);
        await BareAsync(new Uri(far.Urls.First()), recipients, warm * recipients, size);
        var bare = await BareAsync(new Uri(far.Urls.First()), recipients, alerts * recipients, size);
        var rate = alerts * recipients / took.TotalSeconds;
        var cores = used.TotalSeconds / took.TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            deliveries  {alerts * recipients} of {size} bytes to {recipients} recipients: {rate:0}/s in {took.TotalSeconds:0.0} s, {cores:0.00} cores without PostgreSQL
            bare loop   {bare:0} requests/s of the same size, as many at once, nothing stored; ratio {rate / bare:0.00}
            """));
        return came == (alerts + warm) * recipients ? 0 : 1;
    }

    /// <summary>Alerts planned and committed at a steady rate, as a feed's transaction does it, and for each delivery the time until it arrived.</summary>
    public static async Task<int> LatencyAsync(string[] args)
    {
        var (rate, seconds) = (DeliveryBed.Number(args, "--rate", 50), DeliveryBed.Number(args, "--seconds", 30));
        var recipients = DeliveryBed.Number(args, "--recipients", 5);
        var arrived = new ConcurrentDictionary<string, long>();
        await using var far = await DeliveryBed.ListenAsync((_, http) =>
        {
            arrived.TryAdd(http.Request.Headers["webhook-id"].ToString(), Stopwatch.GetTimestamp());
            return Task.FromResult(Results.Ok());
        });
        await using var bed = await OpenAsync(new Uri(far.Urls.First()), recipients);
        var committed = new Dictionary<long, long>();
        var warm = rate * 3;
        var clock = Stopwatch.StartNew();
        for (var n = 1; n <= (rate * seconds) + warm; n++)
        {
            var early = TimeSpan.FromSeconds(n / (double)rate) - clock.Elapsed;
            await Task.Delay(early > TimeSpan.Zero ? early : TimeSpan.Zero);
            var id = await RaiseAsync(bed.Worker, n);
            if (n > warm)
            {
                committed[id] = Stopwatch.GetTimestamp();
            }
            _ = bed.Worker.Sender.SendDueAsync(CancellationToken.None);
        }
        var real = ((rate * seconds) + warm) / clock.Elapsed.TotalSeconds;
        for (var wait = Stopwatch.StartNew(); arrived.Count < ((rate * seconds) + warm) * recipients && wait.Elapsed < TimeSpan.FromSeconds(20);)
        {
            await Task.Delay(100);
        }
        await using var db = bed.Worker.CreateDbContext();
        var owed = await db.Set<Delivery>().AsNoTracking().Select(d => new { d.AlertId, d.MessageId }).ToListAsync();
        var waits = owed.Where(d => committed.ContainsKey(d.AlertId!.Value) && arrived.ContainsKey(d.MessageId))
            .Select(d => Math.Max(0, Stopwatch.GetElapsedTime(committed[d.AlertId!.Value], arrived[d.MessageId]).TotalMilliseconds)).Order().ToList();
        var missing = (rate * seconds * recipients) - waits.Count;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            rate        {real:0.0} alerts/s for {seconds} s, {recipients} recipients each: {waits.Count} deliveries, {missing} missing
            committed to delivered   p50 {At(0.5):0.0} ms, p95 {At(0.95):0.0} ms, p99 {At(0.99):0.0} ms, longest {At(1):0.0} ms
            """));
        return missing == 0 && At(0.99) < 1000 ? 0 : 1;

        double At(double share) => waits.Count == 0 ? double.NaN : waits[(int)Math.Min(waits.Count - 1, share * waits.Count)];
    }

    static async Task<long> RaiseAsync(DeliveryBed.Worker worker, int n)
    {
        await using var db = worker.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var now = DateTimeOffset.UtcNow;
        var alert = new Alert
        {
            Id = n, WatchId = "w", StoryId = n, ArticleId = n, Severity = Severity.High, Title = $"قاآني في بغداد {n}", Source = "Example Wire",
            RaisedAt = now, UpdatedAt = now, Hits = [new("w", "قاآني", "title", 0, 5, "قاآني", "exact")], Excerpt = """{"text":"وصل قاآني إلى بغداد","highlights":[]}""",
        };
        db.Add(alert);
        await Planning.PlanAsync(db, [alert], now, CancellationToken.None);
        await transaction.CommitAsync();
        return alert.Id;
    }

    /// <summary>Requests a second of a loop that does nothing but send, as many at once as there are recipients.</summary>
    static async Task<double> BareAsync(Uri server, int atOnce, int requests, int size)
    {
        using var http = new HttpClient();
        var (url, body) = (new Uri(server, $"{BareRecipient}"), new byte[size]);
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, requests), new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (_, stop) =>
        {
            using var content = new ByteArrayContent(body);
            using var response = await http.PostAsync(url, content, stop);
            response.EnsureSuccessStatusCode();
        });
        return requests / clock.Elapsed.TotalSeconds;
    }

    static async Task<Bed> OpenAsync(Uri server, int recipients)
    {
        var folder = Directory.CreateTempSubdirectory("monitor-bench-");
        var cluster = await DeliveryBed.OpenAsync(folder);
        await DeliveryBed.PrepareAsync(cluster.ConnectionString, server, recipients);
        return new Bed(folder, cluster, new DeliveryBed.Worker(cluster.ConnectionString, folder.FullName, TimeProvider.System, new DeliveryOptions()));
    }

    sealed record Bed(DirectoryInfo Folder, LocalCluster Cluster, DeliveryBed.Worker Worker) : IAsyncDisposable
    {
        public string Connection => Cluster.ConnectionString;

        public async ValueTask DisposeAsync()
        {
            await Worker.DisposeAsync();
            await Cluster.DisposeAsync();
            Folder.Delete(recursive: true);
        }
    }
}
