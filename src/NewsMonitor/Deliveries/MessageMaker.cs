using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Articles;
using NewsMonitor.Database;

namespace NewsMonitor.Deliveries;

/// <summary>Makes messages of owed deliveries, many at a time: what a message says is read when it is sent, so a retry tells the newest.</summary>
public sealed class MessageMaker(Func<Uri> publicUrl, Unsubscribing unsubscribing)
{
    const int MostAlerts = 200;

    /// <summary>The messages of <paramref name="deliveries"/> by delivery id, all of one recipient.</summary>
    internal async Task<Dictionary<long, Message>> MakeAsync(
        MonitorDbContext db, Recipient recipient, IReadOnlyList<Delivery> deliveries, CancellationToken stop)
    {
        var gathered = deliveries.Where(d => d.AlertId is null).Select(d => d.Id).ToArray();
        var links = gathered.Length == 0
            ? []
            : await db.Set<DeliveryAlert>().AsNoTracking().Where(l => gathered.Contains(l.DeliveryId))
                .OrderByDescending(l => l.AlertId).ToListAsync(stop);
        var alertsOf = links.ToLookup(l => l.DeliveryId, l => l.AlertId);
        var wanted = deliveries.SelectMany(d => d.AlertId is { } one ? [one] : alertsOf[d.Id].Take(MostAlerts)).Distinct().ToArray();
        var alerts = await AlertsAsync(db, wanted, stop);
        var (url, unsubscribe) = (publicUrl(), recipient.Kind == RecipientKind.Email ? unsubscribing.Link(publicUrl(), recipient) : null);
        return deliveries.ToDictionary(d => d.Id, delivery =>
        {
            long[] ids = delivery.AlertId is { } one ? [one] : [.. alertsOf[delivery.Id]];
            // An alert may have aged out since it was owed; its message then speaks of the others, or of their number.
            var shown = ids.Take(MostAlerts).Where(alerts.ContainsKey).Select(id => alerts[id]).ToList();
            return new Message
            {
                Id = delivery.MessageId,
                // A burst or digest of one is that alert.
                Event = delivery.Event == MessageEvent.Digest && ids.Length == 1 && shown.Count == 1 ? MessageEvent.Raised : delivery.Event,
                At = delivery.CreatedAt,
                Alerts = shown,
                Omitted = ids.Length - shown.Count,
                Notice = delivery.Notice,
                PublicUrl = url,
                UnsubscribeUrl = unsubscribe,
            };
        });
    }

    static async Task<Dictionary<long, MessageAlert>> AlertsAsync(MonitorDbContext db, long[] ids, CancellationToken stop)
    {
        if (ids.Length == 0)
        {
            return [];
        }
        var rows = await db.Set<Alert>().AsNoTracking().Where(a => ids.Contains(a.Id)).Rows(db).ToListAsync(stop);
        var storyIds = rows.Select(r => r.Alert.StoryId).Distinct().ToArray();
        var sources = (await db.Set<Article>().AsNoTracking().Where(a => storyIds.Contains(a.StoryId))
                .GroupBy(a => new { a.StoryId, a.Source }).Select(g => new { g.Key.StoryId, g.Key.Source, First = g.Min(a => a.Id) }).ToListAsync(stop))
            .OrderBy(s => s.First).ToLookup(s => s.StoryId, s => s.Source);
        return rows.ToDictionary(
            r => r.Alert.Id,
            r => new MessageAlert(r.Document(), sources.Contains(r.Alert.StoryId) ? [.. sources[r.Alert.StoryId]] : [r.Alert.Source]));
    }
}
