using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Articles;
using NewsMonitor.Database;
using NewsMonitor.Feeds;
using NewsMonitor.Watches;

namespace NewsMonitor.Deliveries;

/// <summary>Writes down, for every new alert, who is to be told: the outbox rows, and for each recipient why or why not.</summary>
public static class Planning
{
    /// <summary>Must run inside the transaction that raised the alerts. Returns how many messages are owed at once.</summary>
    public static async Task<int> PlanAsync(
        MonitorDbContext db, IReadOnlyList<Alert> alerts, DateTimeOffset now, CancellationToken stop)
    {
        if (alerts.Count == 0)
        {
            return 0;
        }
        // What is planned refers to the alerts' rows, so these go first.
        await db.SaveChangesAsync(stop);
        var recipients = await db.Set<Recipient>().AsNoTracking().OrderBy(r => r.Id).ToListAsync(stop);
        var silences = await SilencesAsync(db, now, stop);
        var named = await NamedAsync(db, alerts, stop);
        var gathered = new Dictionary<(string Recipient, RouteDecision Why, DateTimeOffset Due), List<long>>();
        var owed = 0;
        foreach (var routed in await RoutedAsync(db, alerts, stop))
        {
            var told = Told(recipients, named[routed.Alert.WatchId]);
            foreach (var recipient in recipients)
            {
                var route = Route.Of(routed, recipient, told.Contains(recipient.Id), silences, now);
                db.Add(new AlertRoute
                {
                    AlertId = routed.Alert.Id, RecipientId = recipient.Id, Decision = route.Decision, At = now,
                    SilenceId = route.Silence?.Id, SilenceReason = route.Silence?.Reason,
                });
                if (route.Decision == RouteDecision.Sent)
                {
                    db.Add(Owe(recipient.Id, MessageEvent.Raised, KeyOf(MessageEvent.Raised, routed.Alert.Id, recipient.Id), now, routed.Alert.Id));
                    owed++;
                }
                else if (route.Due is { } due)
                {
                    var key = (recipient.Id, route.Decision, due);
                    (gathered.TryGetValue(key, out var ids) ? ids : gathered[key] = []).Add(routed.Alert.Id);
                }
            }
        }
        await Gathering.AddAsync(db, gathered, now, stop);
        await db.SaveChangesAsync(stop);
        return owed;
    }

    /// <summary>A message that is owed from now on; its id never changes afterwards.</summary>
    internal static Delivery Owe(
        string recipient, string @event, string key, DateTimeOffset now, long? alert = null, DateTimeOffset? due = null, string? notice = null) => new()
        {
            RecipientId = recipient,
            AlertId = alert,
            Event = @event,
            MessageId = "msg_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            Key = key,
            NextAttemptAt = due ?? now,
            CreatedAt = now,
            Notice = notice,
        };

    /// <summary>What makes a message about one alert to one recipient one.</summary>
    internal static string KeyOf(string what, long alert, string recipient) => string.Create(CultureInfo.InvariantCulture, $"{what}:{alert}:{recipient}");

    // A watch that names nobody, or only such as were deleted, goes to the default recipients, and where none is marked as such to
    // everybody: an alert that silently reaches no one is the worst of the choices.
    static HashSet<string> Told(List<Recipient> recipients, IReadOnlyList<string> named)
    {
        var told = recipients.FindAll(r => named.Contains(r.Id));
        told = told.Count > 0 ? told : recipients.FindAll(r => r.Settings.Default);
        return [.. (told.Count > 0 ? told : recipients).Select(r => r.Id)];
    }

    static async Task<Dictionary<string, IReadOnlyList<string>>> NamedAsync(MonitorDbContext db, IReadOnlyList<Alert> alerts, CancellationToken stop)
    {
        var ids = alerts.Select(a => a.WatchId).Distinct().ToArray();
        var named = await db.Set<Watch>().AsNoTracking().Where(w => ids.Contains(w.Id)).Select(w => new { w.Id, w.Definition }).ToListAsync(stop);
        var all = named.ToDictionary(w => w.Id, w => WatchEntry.FromJson(w.Definition).Recipients);
        // A watch may be deleted while its last alerts are on their way.
        return ids.ToDictionary(id => id, id => all.GetValueOrDefault(id) ?? []);
    }

    /// <summary>Those in force.</summary>
    internal static Task<List<Silence>> SilencesAsync(MonitorDbContext db, DateTimeOffset now, CancellationToken stop) =>
        db.Set<Silence>().AsNoTracking().Where(s => s.StartsAt <= now && (s.EndsAt == null || s.EndsAt > now)).OrderBy(s => s.Id).ToListAsync(stop);

    internal static async Task<List<Routed>> RoutedAsync(MonitorDbContext db, IReadOnlyList<Alert> alerts, CancellationToken stop)
    {
        var ids = alerts.Select(a => a.ArticleId).Distinct().ToArray();
        var origins = await (
            from article in db.Set<Article>().AsNoTracking()
            where ids.Contains(article.Id)
            join feed in db.Set<Feed>() on article.FeedId equals feed.Id into feeds
            from feed in feeds.DefaultIfEmpty()
            select new { article.Id, article.SourceHost, Folder = (string?)feed.Folder }).ToDictionaryAsync(o => o.Id, stop);
        return [.. alerts.Select(a => origins.TryGetValue(a.ArticleId, out var o) ? new Routed(a, o.SourceHost, o.Folder) : new Routed(a, null, null))];
    }
}
