using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Database;
using NewsMonitor.Operations;
using NewsMonitor.Stories;

namespace NewsMonitor.Deliveries;

/// <summary>Silences on whole stories: whatever else is raised on one is kept, but nobody is told.</summary>
public static class Muting
{
    /// <summary>What was muted stays so under the story that it turned out to be one with. Runs in the transaction that merged them.</summary>
    public static async Task FollowAsync(MonitorDbContext db, StoryNews news, CancellationToken stop)
    {
        foreach (var (from, into) in news.Merged)
        {
            await db.Set<Silence>().Where(s => s.StoryId == from).ExecuteUpdateAsync(set => set.SetProperty(s => s.StoryId, into), stop);
        }
    }

    /// <summary>
    /// Mutes the stories of alerts, unless that holds already, and says so in the alerts' histories. The caller saves.
    /// </summary>
    /// <param name="until">When the stories may be told of again; never when null.</param>
    /// <returns>The new silences, one for each story that was not muted for good already.</returns>
    public static async Task<IReadOnlyList<Silence>> MuteAsync(
        MonitorDbContext db, IReadOnlyCollection<Alert> alerts, string? reason, DateTimeOffset? until, string actor, DateTimeOffset now,
        CancellationToken stop)
    {
        var stories = alerts.Select(a => a.StoryId).Distinct().ToArray();
        var muted = await db.Set<Silence>().Where(s => s.StoryId != null && stories.Contains(s.StoryId.Value) && s.WatchId == null && s.Source == null
            && s.Phrase == null && s.StartsAt <= now && s.EndsAt == null).Select(s => s.StoryId!.Value).ToListAsync(stop);
        var fresh = alerts.Where(a => !muted.Contains(a.StoryId)).ToList();
        var silences = fresh.DistinctBy(a => a.StoryId).Select(alert => new Silence
        {
            StoryId = alert.StoryId,
            StartsAt = now,
            EndsAt = until?.ToUniversalTime(),
            CreatedBy = actor,
            CreatedAt = now,
            Reason = string.IsNullOrWhiteSpace(reason) ? string.Create(CultureInfo.InvariantCulture, $"the story of alert {alert.Id} was muted") : reason,
        }).ToList();
        db.AddRange(silences);
        db.AddRange(fresh.Select(alert => new AlertHistory
        {
            AlertId = alert.Id, At = now, Actor = actor, Change = AlertChange.Muted, To = alert.StoryId.ToString(CultureInfo.InvariantCulture),
        }));
        foreach (var silence in silences)
        {
            db.Audited(now, actor, "story.mute", string.Create(CultureInfo.InvariantCulture, $"{silence.StoryId}"),
                after: new { silence.StoryId, silence.EndsAt, silence.Reason });
        }
        return silences;
    }
}
