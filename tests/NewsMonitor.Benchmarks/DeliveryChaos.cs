using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using NewsMonitor.Deliveries;
using Npgsql;

namespace NewsMonitor.Benchmarks;

/// <summary>
/// The outbox under fire: many alerts to many recipients, some of which fail, time out, answer 429 or 410 or refuse, while the sending process
/// is killed with SIGKILL and PostgreSQL is restarted. Every delivery must end sent or dead, every id that was sent must have been answered
/// with success by its recipient, and repetitions must carry the same id and stay below one in a hundred.
/// </summary>
static class DeliveryChaos
{
    /// <summary>The workers' clock runs faster than ours, so that waits of hours pass within the run.</summary>
    const int Speed = 200;
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(700);

    public static async Task<int> RunAsync(string[] args)
    {
        var (alerts, recipients) = (DeliveryBed.Number(args, "--alerts", 10_000), DeliveryBed.Number(args, "--recipients", 20));
        var (kills, restarts) = (DeliveryBed.Number(args, "--kills", 30), DeliveryBed.Number(args, "--restarts", 3));
        var limit = TimeSpan.FromSeconds(DeliveryBed.Number(args, "--limit", 500));
        var folder = Directory.CreateTempSubdirectory("monitor-bench-");
        var cluster = await DeliveryBed.OpenAsync(folder);
        var arrivals = new ConcurrentDictionary<(int Recipient, string Id), int>();
        await using var far = await DeliveryBed.ListenAsync((recipient, http) => AnswerAsync(recipient, http, arrivals));
        Process? worker = null;
        try
        {
            await DeliveryBed.PrepareAsync(cluster.ConnectionString, new Uri(far.Urls.First()), recipients);
            await DeliveryBed.OweAsync(cluster.ConnectionString, 0, alerts, recipients);
            var clock = Stopwatch.StartNew();
            var (killed, restarted) = (0, 0);
            worker = StartWorker(folder, cluster.ConnectionString);
            await using var source = NpgsqlDataSource.Create(cluster.ConnectionString);
            while (clock.Elapsed < limit && await DeliveryBed.PendingAsync(source) is > 0 and var left)
            {
                if (worker.HasExited)
                {
                    worker = StartWorker(folder, cluster.ConnectionString);
                }
                await Task.Delay(Look);
                var share = 1 - (left / (double)(alerts * recipients));
                await Console.Error.WriteLineAsync($"{clock.Elapsed.TotalSeconds:0} s: {left} pending, {killed} kills, {restarted} restarts");
                if (killed < kills && share >= killed / (kills + 1.0))
                {
                    worker.Kill();
                    await worker.WaitForExitAsync();
                    killed++;
                }
                if (restarted < restarts && share >= (restarted + 0.5) / (restarts + 1.0))
                {
                    await cluster.DisposeAsync();
                    cluster = await DeliveryBed.OpenAsync(folder);
                    source.Clear();
                    restarted++;
                }
            }
            return await ReportAsync(source, arrivals, clock.Elapsed, $"{killed} kills -9, {restarted} restarts of PostgreSQL");
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
        await using var worker = new DeliveryBed.Worker(connectionString, folder, clock, new DeliveryOptions
        {
            Lease = TimeSpan.FromSeconds(Speed), DisableAfter = TimeSpan.FromHours(3), Timeout = TimeSpan.FromSeconds(1),
        });
        while (true)
        {
            try
            {
                await worker.Sender.SendDueAsync(CancellationToken.None);
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
            {
                await Console.Error.WriteLineAsync($"The database is away: {e.GetBaseException().Message}");
            }
            await Task.Delay(50);
        }
    }

    /// <summary>Recipients 5 and 9 of each ten are lost causes (always 503, gone); 4, 6, 7 and 8 have trouble with one message in a hundred.</summary>
    static async Task<IResult> AnswerAsync(int recipient, HttpContext http, ConcurrentDictionary<(int, string), int> arrivals)
    {
        var trouble = Random.Shared.Next(100) == 0;
        switch (recipient % 10)
        {
            case 9:
                return Results.StatusCode(410);
            case 5:
                return Results.StatusCode(503);
            case 4 when trouble:
                return Results.StatusCode(400);
            case 6 when trouble:
                return Results.StatusCode(503);
            case 7 when trouble:
                http.Response.Headers.RetryAfter = "30";
                return Results.StatusCode(429);
            case 8 when trouble:
                await Task.Delay(2000, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return Results.StatusCode(503);
        }
        arrivals.AddOrUpdate((recipient, http.Request.Headers["webhook-id"].ToString()), 1, (_, n) => n + 1);
        return Results.Ok();
    }

    static async Task<int> ReportAsync(
        NpgsqlDataSource source, ConcurrentDictionary<(int Recipient, string Id), int> arrivals, TimeSpan took, string trouble)
    {
        var (sent, dead, pending, retried) = (new List<(int, string)>(), new SortedDictionary<string, int>(), 0, 0);
        await using (var command = source.CreateCommand("SELECT recipient_id, message_id, status, attempts, last_response FROM deliveries"))
        await using (var row = await command.ExecuteReaderAsync())
        {
            while (await row.ReadAsync())
            {
                var status = row.GetString(2);
                retried += row.GetInt32(3) > 1 ? 1 : 0;
                pending += status == "pending" ? 1 : 0;
                if (status == "sent")
                {
                    sent.Add((int.Parse(row.GetString(0)[1..], CultureInfo.InvariantCulture), row.GetString(1)));
                }
                else if (status == "dead")
                {
                    var reason = row.IsDBNull(4) ? "no reason" : row.GetString(4);
                    dead[reason] = dead.GetValueOrDefault(reason) + 1;
                }
            }
        }
        var lost = sent.Count(s => !arrivals.ContainsKey(s));
        var repeats = arrivals.Sum(a => a.Value - 1);
        var share = repeats / (double)Math.Max(1, arrivals.Count);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            deliveries  {sent.Count + dead.Values.Sum() + pending}: {sent.Count} sent, {dead.Values.Sum()} dead, {pending} pending; {retried} more than once
            trouble     {trouble}
            arrivals    {arrivals.Count} ids, {repeats} repeats ({share:0.000 %}), {lost} sent but never arrived
            time        {took.TotalSeconds:0.0} s, {sent.Count / took.TotalSeconds:0} deliveries/s in spite of it
            """));
        foreach (var (reason, count) in dead)
        {
            Console.WriteLine($"dead        {count}: {reason}");
        }
        return lost == 0 && pending == 0 && share < 0.01 && !dead.ContainsKey("no reason") ? 0 : 1;
    }

    static Process StartWorker(DirectoryInfo folder, string connectionString) => Process.Start(new ProcessStartInfo(
        "dotnet", [typeof(DeliveryChaos).Assembly.Location, "sender", connectionString, folder.FullName]))!;

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
