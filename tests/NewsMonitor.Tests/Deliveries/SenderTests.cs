using Microsoft.EntityFrameworkCore;
using NewsMonitor.Deliveries;
using NewsMonitor.Tests.Database;

namespace NewsMonitor.Tests.Deliveries;

public sealed class SenderTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task EveryAlertReachesEveryRecipientOnceAndInOrder()
    {
        await using var post = await Post.OpenAsync(postgres);
        foreach (var id in new[] { "a", "b", "c" })
        {
            await post.AddRecipientAsync(id);
        }
        await post.AddWatchAsync("w");
        await post.RaiseAsync("w", 45);
        await post.SendAsync();
        var deliveries = await post.DeliveriesAsync();
        Assert.Equal(135, deliveries.Count);
        Assert.All(deliveries, d => Assert.Equal((DeliveryStatus.Sent, 1, 200), (d.Status, d.Attempts, d.LastStatus)));
        foreach (var id in new[] { "a", "b", "c" })
        {
            Assert.Equal(deliveries.Where(d => d.RecipientId == id).Select(d => d.MessageId), post.IdsAt(id));
        }
    }

    [Fact]
    public async Task WorkersSideBySideSendNothingTwice()
    {
        await using var post = await Post.OpenAsync(postgres);
        for (var i = 0; i < 8; i++)
        {
            await post.AddRecipientAsync($"r{i}");
        }
        await post.AddWatchAsync("w");
        var workers = Enumerable.Range(0, 4).Select(_ => post.NewSender()).ToList();
        for (var round = 0; round < 5; round++)
        {
            await post.RaiseAsync("w", 10);
            await Task.WhenAll(workers.Select(w => w.SendDueAsync(default)));
        }
        foreach (var worker in workers)
        {
            await worker.IdleAsync();
        }
        await post.SendAsync();
        Assert.Equal(400, post.Far.Arrivals.Count);
        Assert.Equal(400, post.Far.Arrivals.Select(a => a.Headers["webhook-id"]).Distinct().Count());
    }

    [Fact]
    public async Task NoSignalIsLostHoweverManyComeAtOnce()
    {
        await using var post = await Post.OpenAsync(postgres);
        foreach (var id in new[] { "a", "b", "c" })
        {
            await post.AddRecipientAsync(id);
        }
        await post.AddWatchAsync("w");
        var sender = post.NewSender();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                await post.RaiseAsync("w");
                await sender.SendDueAsync(default);
            }
        })));
        await sender.IdleAsync();
        Assert.Equal(0, sender.Active);
        // Nobody looks again: whatever a signal told of has been sent, and once.
        Assert.DoesNotContain(await post.DeliveriesAsync(), d => d.Status != DeliveryStatus.Sent);
        Assert.Equal(360, post.Far.Arrivals.Count);
    }

    [Fact]
    public async Task ASlowRecipientDelaysNobodyElse()
    {
        await using var post = await Post.OpenAsync(postgres);
        var release = new TaskCompletionSource();
        await post.AddRecipientAsync("slow");
        await post.AddRecipientAsync("quick");
        post.Answers["slow"] = async () =>
        {
            await release.Task;
            return 200;
        };
        await post.AddWatchAsync("w");
        await post.RaiseAsync("w", 30);
        var sender = post.NewSender();
        await sender.SendDueAsync(default);
        while (post.IdsAt("quick").Count < 30)
        {
            await Task.Delay(10);
        }
        Assert.Single(post.IdsAt("slow"));
        release.SetResult();
        await sender.IdleAsync();
        Assert.Equal(30, post.IdsAt("slow").Count);
    }

    [Fact]
    public async Task AfterAnOutageWhatWaitedGoesAtOnceAndBeforeWhatIsNewer()
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("r");
        await post.AddWatchAsync("w");
        await post.RaiseAsync("w", 6);
        var status = 503;
        post.Answers["r"] = () => Task.FromResult(status);
        foreach (var wait in new[] { 0, 6, 31, 6 })
        {
            post.Clock.Advance(TimeSpan.FromSeconds(wait));
            await post.SendAsync();
        }
        Assert.Equal(4, post.IdsAt("r").Count);
        status = 200;
        post.Clock.Advance(TimeSpan.FromSeconds(31));
        await post.SendAsync();
        var ids = (await post.DeliveriesAsync()).ConvertAll(d => d.MessageId);
        Assert.Equal([ids[0], ids[0], ids[1], ids[1], ids[2], ids[0], ids[1], ids[3], ids[4], ids[5]], post.IdsAt("r"));
        Assert.All(await post.DeliveriesAsync(), d => Assert.Equal(DeliveryStatus.Sent, d.Status));
    }

    [Fact]
    public async Task AMessageThatItsReceiverCannotTakeKeepsItsOwnWaitsAndHoldsUpTheOthersForHalfAMinute()
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("r");
        await post.AddWatchAsync("w");
        await post.RaiseAsync("w", 4);
        var refusals = 2;
        post.Answers["r"] = () => Task.FromResult(refusals-- > 0 ? 503 : 200);
        foreach (var wait in new[] { 0, 6, 31 })
        {
            post.Clock.Advance(TimeSpan.FromSeconds(wait));
            await post.SendAsync();
        }
        var deliveries = await post.DeliveriesAsync();
        Assert.Equal([DeliveryStatus.Pending, DeliveryStatus.Sent, DeliveryStatus.Sent, DeliveryStatus.Sent], deliveries.Select(d => d.Status));
        Assert.InRange(deliveries[0].NextAttemptAt - post.Clock.GetUtcNow(), TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(6));
    }

    [Fact]
    public async Task AFailureIsRetriedUnderTheSameIdBeforeWhatComesBehindIt()
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("r");
        await post.AddWatchAsync("w");
        await post.RaiseAsync("w", 3);
        var status = 503;
        post.Answers["r"] = () => Task.FromResult(status);
        await post.SendAsync();
        await post.SendAsync();
        Assert.Single(post.IdsAt("r"));
        post.Clock.Advance(TimeSpan.FromSeconds(6));
        await post.SendAsync();
        Assert.Equal(2, post.IdsAt("r").Count);
        status = 200;
        post.Clock.Advance(TimeSpan.FromMinutes(6));
        await post.SendAsync();
        var deliveries = await post.DeliveriesAsync();
        Assert.Equal([deliveries[0].MessageId, .. Enumerable.Repeat(deliveries[0].MessageId, 2), deliveries[1].MessageId, deliveries[2].MessageId],
            post.IdsAt("r"));
        Assert.Equal([3, 1, 1], deliveries.Select(d => d.Attempts));
        await using var db = post.CreateDbContext();
        Assert.Equal(["HTTP 503", "HTTP 503"], await db.Set<DeliveryAttempt>().OrderBy(a => a.Id).Select(a => a.Said).ToListAsync());
    }

    [Fact]
    public async Task APoisonousMessageHoldsTheOthersForMinutesNotDays()
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("r");
        await post.AddWatchAsync("w");
        await post.RaiseAsync("w", 2);
        var poison = (await post.DeliveriesAsync())[0].MessageId;
        post.Answers["r"] = () => Task.FromResult(post.IdsAt("r")[^1] == poison ? 500 : 200);
        for (var i = 0; i < 5; i++)
        {
            await post.SendAsync();
            post.Clock.Advance(TimeSpan.FromMinutes(6));
        }
        Assert.Equal([DeliveryStatus.Pending, DeliveryStatus.Sent], (await post.DeliveriesAsync()).Select(d => d.Status));
    }

    [Fact]
    public async Task AfterTheWholeScheduleAMessageIsADeadLetterWithItsReason()
    {
        await using var post = await Post.OpenAsync(postgres);
        post.Options.DisableAfter = TimeSpan.FromDays(30);
        await post.AddRecipientAsync("r");
        await post.AddWatchAsync("w");
        await post.RaiseAsync("w");
        post.Answers["r"] = () => Task.FromResult(500);
        for (var i = 0; i < 12; i++)
        {
            await post.SendAsync();
            post.Clock.Advance(TimeSpan.FromHours(27));
        }
        var dead = Assert.Single(await post.DeliveriesAsync());
        Assert.Equal((DeliveryStatus.Dead, 10, "HTTP 500"), (dead.Status, dead.Attempts, dead.LastResponse));
        Assert.Equal(10, post.IdsAt("r").Count);
    }

    [Fact]
    public async Task GoneDisablesTheRecipientEndsWhatItWasOwedAndTellsTheDefaultOnes()
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("gone");
        await post.AddRecipientAsync("admins", r => r with { Settings = new() { Default = true } });
        await post.AddWatchAsync("w", recipients: "gone");
        await post.RaiseAsync("w", 5);
        post.Answers["gone"] = () => Task.FromResult(410);
        await post.SendAsync();
        await post.SendAsync();
        Assert.Single(post.IdsAt("gone"));
        var gone = await post.RecipientAsync("gone");
        Assert.Equal((false, "HTTP 410"), (gone.Enabled, gone.DisabledReason));
        var deliveries = await post.DeliveriesAsync();
        Assert.All(deliveries.Where(d => d.RecipientId == "gone"), d => Assert.Equal(DeliveryStatus.Dead, d.Status));
        var notice = Assert.Single(deliveries, d => d.RecipientId == "admins");
        Assert.Equal((MessageEvent.Notice, DeliveryStatus.Sent), (notice.Event, notice.Status));
        Assert.Contains("Nothing more is sent to", post.Far.Arrivals.Single(a => a.Path == "/admins").Text, StringComparison.Ordinal);
        Assert.Equal(RouteDecision.RecipientDisabled, await post.DecisionAsync((await post.RaiseAsync("w"))[0], "gone"));
    }

    [Fact]
    public async Task DaysOfNothingButFailureDisableTheRecipient()
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("r");
        await post.AddWatchAsync("w");
        post.Answers["r"] = () => Task.FromResult(500);
        for (var day = 0; day < 7; day++)
        {
            await post.RaiseAsync("w");
            await post.SendAsync();
            post.Clock.Advance(TimeSpan.FromDays(1));
        }
        var recipient = await post.RecipientAsync("r");
        Assert.False(recipient.Enabled);
        Assert.StartsWith("nothing arrived for 5", recipient.DisabledReason, StringComparison.Ordinal);
        Assert.DoesNotContain(await post.DeliveriesAsync(), d => d.Status == DeliveryStatus.Pending);
    }

    [Fact]
    public async Task AStoppingWorkerGivesBackWhatItHolds()
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("r");
        await post.AddWatchAsync("w");
        await post.RaiseAsync("w", 3);
        var hang = new TaskCompletionSource();
        post.Answers["r"] = async () =>
        {
            await hang.Task;
            return 200;
        };
        var stopping = post.NewSender();
        await stopping.SendDueAsync(default);
        while (post.IdsAt("r").Count == 0)
        {
            await Task.Delay(5);
        }
        await stopping.StopAsync(default);
        Assert.Equal(0, stopping.Active);
        Assert.All(await post.DeliveriesAsync(), d => Assert.Equal((DeliveryStatus.Pending, 0), (d.Status, d.Attempts)));
        hang.SetResult();
        var next = post.NewSender();
        await next.SendDueAsync(default);
        await next.IdleAsync();
        Assert.All(await post.DeliveriesAsync(), d => Assert.Equal(DeliveryStatus.Sent, d.Status));
        Assert.Equal(post.IdsAt("r")[0], post.IdsAt("r")[1]);
    }

    [Fact]
    public async Task AWorkerStopsThoughTheDatabaseStaysAwayAndWhatItCouldNotKeepGoesAgain()
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("r");
        await post.AddWatchAsync("w");
        await post.RaiseAsync("w", 3);
        using var free = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        free.Start();
        var nowhere = ((System.Net.IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        await using var away = Npgsql.NpgsqlDataSource.Create($"Host=127.0.0.1;Port={nowhere};Username=x;Database=x");
        var stopping = post.NewSender(away);
        await stopping.SendDueAsync(default);
        while (post.IdsAt("r").Count == 0)
        {
            await Task.Delay(5);
        }
        await stopping.StopAsync(default).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Single(post.IdsAt("r"));
        post.Clock.Advance(TimeSpan.FromMinutes(1));
        var next = post.NewSender();
        await next.SendDueAsync(default);
        await next.IdleAsync();
        Assert.All(await post.DeliveriesAsync(), d => Assert.Equal((DeliveryStatus.Sent, 1), (d.Status, d.Attempts)));
        Assert.Equal(3, post.IdsAt("r").Distinct().Count());
    }

    [Fact]
    public async Task AnAttemptUnderWayIsFinishedBeforeStopping()
    {
        await using var post = await Post.OpenAsync(postgres);
        post.Options.Grace = TimeSpan.FromMinutes(2);
        await post.AddRecipientAsync("r");
        await post.AddWatchAsync("w");
        await post.RaiseAsync("w", 3);
        var answer = new TaskCompletionSource();
        post.Answers["r"] = async () =>
        {
            await answer.Task;
            return 200;
        };
        var stopping = post.NewSender();
        await stopping.SendDueAsync(default);
        while (post.IdsAt("r").Count == 0)
        {
            await Task.Delay(5);
        }
        var stopped = stopping.StopAsync(default);
        answer.SetResult();
        await stopped;
        Assert.Equal([DeliveryStatus.Sent, DeliveryStatus.Pending, DeliveryStatus.Pending], (await post.DeliveriesAsync()).Select(d => d.Status));
    }

    [Fact]
    public async Task ARotatedSecretSignsBesideTheNewOneForADay()
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("r");
        await post.AddWatchAsync("w");
        await using (var db = post.CreateDbContext())
        {
            var recipient = await db.Set<Recipient>().SingleAsync();
            Assert.DoesNotContain(Samples.OldSecret[6..], recipient.Secret, StringComparison.Ordinal);
            RecipientStore.Apply(recipient, new RecipientDefinition
            {
                Id = "r", Kind = RecipientKind.Webhook, Target = recipient.Target, Secrets = [Samples.NewSecret],
            }, post.Secrets, post.Clock.GetUtcNow());
            await db.SaveChangesAsync();
        }
        await post.RaiseAsync("w");
        await post.SendAsync();
        post.Clock.Advance(TimeSpan.FromHours(25));
        await post.RaiseAsync("w");
        await post.SendAsync();
        Assert.Equal([2, 1], post.Far.Arrivals.Select(a => a.Headers["webhook-signature"].Split(' ').Length));
    }

    [Fact]
    public async Task ALaneWhoseClaimRanOutWhileItRunsIsNotTakenUpASecondTime()
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("r");
        await post.AddWatchAsync("w");
        await post.RaiseAsync("w", 4);
        var answer = new TaskCompletionSource();
        post.Answers["r"] = async () =>
        {
            await answer.Task;
            return 200;
        };
        var sender = post.NewSender();
        await sender.SendDueAsync(default);
        while (post.IdsAt("r").Count == 0)
        {
            await Task.Delay(5);
        }
        // As after half a minute without the database, in which no claim could be renewed.
        post.Clock.Advance(post.Options.Lease * 2);
        await sender.SendDueAsync(default);
        answer.SetResult();
        await sender.IdleAsync();
        await post.SendAsync();
        Assert.Equal((await post.DeliveriesAsync()).Select(d => d.MessageId), post.IdsAt("r"));
    }

    [Fact]
    public async Task AWorkerWhoseLaneAnotherHasTakenRepeatsOneMessageAndNoMore()
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("r");
        await post.AddWatchAsync("w");
        await post.RaiseAsync("w", 5);
        var answer = new TaskCompletionSource();
        var (first, calls) = (true, 0);
        post.Answers["r"] = async () =>
        {
            Interlocked.Increment(ref calls);
            if (first)
            {
                first = false;
                await answer.Task;
            }
            return 200;
        };
        var slow = post.NewSender();
        await slow.SendDueAsync(default);
        while (Volatile.Read(ref calls) == 0)
        {
            await Task.Delay(5);
        }
        post.Clock.Advance(post.Options.Lease * 2);
        var other = post.NewSender();
        await other.SendDueAsync(default);
        await other.IdleAsync();
        answer.SetResult();
        await slow.IdleAsync();
        var ids = (await post.DeliveriesAsync()).ConvertAll(d => d.MessageId);
        Assert.Equal([ids[0], .. ids], post.IdsAt("r"));
    }

    [Fact]
    public async Task AResultThatTheDatabaseRefusesKeepsNobodyElsesFromBeingKept()
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("a");
        await post.AddRecipientAsync("b");
        await post.AddWatchAsync("w");
        await post.RaiseAsync("w");
        var deliveries = await post.DeliveriesAsync();
        var recorder = post.NewRecorder();
        Outcome Said(string said) => Outcome.Of(Verdict.Sent(200, said), 1, null, post.Clock.GetUtcNow(), 0, TimeSpan.FromDays(1));
        var bad = recorder.KeepAsync(deliveries[0], Said("a character that no text may hold: \0"));
        var good = recorder.KeepAsync(deliveries[1], Said("taken"));
        await Assert.ThrowsAnyAsync<Exception>(() => bad);
        await good;
        await recorder.CompleteAsync();
        Assert.Equal([DeliveryStatus.Pending, DeliveryStatus.Sent], (await post.DeliveriesAsync()).Select(d => d.Status));
    }

    [Fact]
    public async Task ASecretThatCannotBeReadIsARetryWithItsReason()
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("r");
        await post.AddRecipientAsync("other");
        await post.AddWatchAsync("w");
        await using var db = post.CreateDbContext();
        var stored = (await post.RecipientAsync("r")).Secret;
        await db.Set<Recipient>().Where(r => r.Id == "r").ExecuteUpdateAsync(s => s.SetProperty(r => r.Secret, "v1:" + new string('A', 80)));
        await post.RaiseAsync("w");
        await post.SendAsync();
        var waiting = (await post.DeliveriesAsync()).Single(d => d.RecipientId == "r");
        Assert.Equal((DeliveryStatus.Pending, 1), (waiting.Status, waiting.Attempts));
        Assert.StartsWith("A stored secret was encrypted with another key", waiting.LastResponse, StringComparison.Ordinal);
        await db.Set<Recipient>().Where(r => r.Id == "r").ExecuteUpdateAsync(s => s.SetProperty(r => r.Secret, stored));
        post.Clock.Advance(TimeSpan.FromSeconds(6));
        await post.SendAsync();
        Assert.All(await post.DeliveriesAsync(), d => Assert.Equal(DeliveryStatus.Sent, d.Status));
    }
}
