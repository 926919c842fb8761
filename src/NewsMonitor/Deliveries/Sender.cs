using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Articles;
using NewsMonitor.Database;
using NewsMonitor.Operations;
using NewsMonitor.Operations.Telemetry;
using NewsMonitor.Stories;
using NewsMonitor.Watches;

namespace NewsMonitor.Deliveries;

/// <summary>
/// Sends what the outbox owes. A worker claims rows, asks the channel, and writes down what the other side said; a worker that dies
/// in between leaves its claim to run out, and the message goes again under the same id.
/// </summary>
public sealed class Sender(
    IDbContextFactory<MonitorDbContext> databases, Func<RecipientKind, IChannel?> channels, Secrets secrets, Func<Uri> publicUrl,
    TimeProvider clock, Random random, ILogger<Sender> log)
{
    const int AtOnce = 16;

    static readonly TimeSpan Claim = TimeSpan.FromMinutes(1);

    /// <summary>Sends one round of what is due. True when more may be.</summary>
    public async Task<bool> SendDueAsync(CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var now = clock.GetUtcNow();
        var claimed = await db.Set<Delivery>().FromSql($"""
            UPDATE deliveries SET claimed_until = {now + Claim}, attempts = attempts + 1
            WHERE id IN (
                SELECT id FROM deliveries
                WHERE status = 'pending' AND next_attempt_at <= {now} AND (claimed_until IS NULL OR claimed_until < {now})
                ORDER BY next_attempt_at, id
                LIMIT {AtOnce}
                FOR UPDATE SKIP LOCKED)
            RETURNING *
            """).AsNoTracking().ToListAsync(stop);
        await Parallel.ForEachAsync(claimed, stop, async (delivery, cancel) => await SendAsync(delivery, cancel));
        return claimed.Count == AtOnce;
    }

    async Task SendAsync(Delivery delivery, CancellationToken stop)
    {
        using var span = Measured.Traces.StartActivity("deliver");
        span?.SetTag("delivery", delivery.Id);
        await using var db = await databases.CreateDbContextAsync(stop);
        var recipient = await db.Set<Recipient>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == delivery.RecipientId, stop);
        var verdict = recipient switch
        {
            null => Verdict.Dead(null, "the recipient was deleted"),
            { Enabled: false } => Verdict.Dead(null, $"the recipient is disabled: {recipient.DisabledReason ?? "by hand"}"),
            _ => channels(recipient.Kind) is { } channel
                ? await channel.SendAsync(await MessageAsync(db, delivery, stop), AddressOf(recipient), stop)
                : Verdict.Dead(null, "email is off: set Monitor__Smtp__Host"),
        };
        var status = await RecordAsync(db, delivery, verdict, stop);
        Measured.DeliveryAttempted(
            recipient is null ? "none" : Names.Kebab(recipient.Kind), status == DeliveryStatus.Pending ? "retried" : Names.Kebab(status));
        if (status == DeliveryStatus.Sent && delivery.AlertId is { } alertId)
        {
            var now = clock.GetUtcNow();
            Measured.Took("alerted_to_delivered", now - delivery.CreatedAt);
            var published = await db.Set<Alert>().Where(a => a.Id == alertId).Select(a => a.PublishedAt).SingleOrDefaultAsync(stop);
            if (published is not null)
            {
                Measured.Took("published_to_delivered", now - published.Value);
            }
        }
    }

    async Task<DeliveryStatus> RecordAsync(MonitorDbContext db, Delivery delivery, Verdict verdict, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var again = verdict.Kind == VerdictKind.Retry ? RetrySchedule.After(delivery.Attempts, random.NextDouble(), verdict.After) : null;
        var status = verdict.Kind == VerdictKind.Sent ? DeliveryStatus.Sent : again is null ? DeliveryStatus.Dead : DeliveryStatus.Pending;
        await db.Set<Delivery>().Where(d => d.Id == delivery.Id && d.Status == DeliveryStatus.Pending).ExecuteUpdateAsync(set => set
            .SetProperty(d => d.Status, status)
            .SetProperty(d => d.ClaimedUntil, (DateTimeOffset?)null)
            .SetProperty(d => d.NextAttemptAt, now + (again ?? TimeSpan.Zero))
            .SetProperty(d => d.SentAt, status == DeliveryStatus.Sent ? now : null)
            .SetProperty(d => d.LastStatus, verdict.Status)
            .SetProperty(d => d.LastResponse, verdict.Said), stop);
        if (verdict.Kind == VerdictKind.Disable)
        {
            await db.Set<Recipient>().Where(r => r.Id == delivery.RecipientId).ExecuteUpdateAsync(set => set
                .SetProperty(r => r.Enabled, false).SetProperty(r => r.DisabledReason, verdict.Said), stop);
        }

        if (status == DeliveryStatus.Sent)
        {
            log.LogInformation("Delivery {Delivery} reached {Recipient}", delivery.Id, delivery.RecipientId);
        }
        else
        {
            log.LogWarning("Delivery {Delivery} to {Recipient}: {Said}; {Next}", delivery.Id, delivery.RecipientId, verdict.Said,
                again is null ? "given up" : $"again in {again.Value.TotalSeconds:0} s");
        }

        return status;
    }

    async Task<Message> MessageAsync(MonitorDbContext db, Delivery delivery, CancellationToken stop)
    {
        var alert = await db.Set<Alert>().AsNoTracking().SingleAsync(a => a.Id == delivery.AlertId, stop);
        var watch = await db.Set<Watch>().AsNoTracking().SingleOrDefaultAsync(w => w.Id == alert.WatchId, stop);
        var story = await db.Set<Story>().AsNoTracking().SingleAsync(s => s.Id == alert.StoryId, stop);
        var sources = await db.Set<Article>().Where(a => a.StoryId == alert.StoryId).OrderBy(a => a.Id).Select(a => a.Source).ToListAsync(stop);
        var document = new AlertDocument
        {
            Id = alert.Id,
            Watch = new WatchRef(alert.WatchId, watch?.Name ?? alert.WatchId, alert.Severity),
            Status = alert.Status,
            Title = alert.Title,
            Url = alert.Url,
            Source = alert.Source,
            Language = alert.Language,
            PublishedAt = alert.PublishedAt,
            RaisedAt = alert.RaisedAt,
            UpdatedAt = alert.UpdatedAt,
            Assignee = alert.Assignee,
            Story = new StoryRef(story.Id, story.ArticleCount, story.SourceCount),
            Excerpt = JsonSerializer.Deserialize<Excerpt>(alert.Excerpt, JsonColumn.Options) ?? Excerpt.Empty,
            Hits = alert.Hits,
        };
        return new Message
        {
            Id = delivery.MessageId,
            Event = delivery.Event,
            At = delivery.CreatedAt,
            Alerts = [new MessageAlert(document, [.. sources.Distinct()])],
            PublicUrl = publicUrl(),
        };
    }

    Address AddressOf(Recipient recipient) => new(
        recipient.Id, recipient.Kind, recipient.Target,
        recipient.Secret is null ? [] : secrets.Reveal(recipient.Secret).Split('\n'),
        recipient.Settings.Language,
        TimeZoneInfo.TryFindSystemTimeZoneById(recipient.Settings.TimeZone ?? "UTC", out var zone) ? zone : TimeZoneInfo.Utc);
}
