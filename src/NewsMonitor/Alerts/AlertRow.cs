using NewsMonitor.Database;
using NewsMonitor.Stories;
using NewsMonitor.Watches;

namespace NewsMonitor.Alerts;

/// <summary>An alert with what its document shows of watch and story; either may be gone. The one way from the tables to the document.</summary>
sealed record AlertRow(Alert Alert, string? WatchName, int? ArticleCount, int? SourceCount)
{
    public AlertDocument Document() => new()
    {
        Id = Alert.Id,
        Watch = new WatchRef(Alert.WatchId, WatchName ?? Alert.WatchId, Alert.Severity),
        Status = Alert.Status,
        Title = Alert.Title,
        Url = Alert.Url,
        Source = Alert.Source,
        Language = Alert.Language,
        PublishedAt = Alert.PublishedAt,
        RaisedAt = Alert.RaisedAt,
        UpdatedAt = Alert.UpdatedAt,
        Assignee = Alert.Assignee,
        FromArchive = Alert.FromArchive,
        Story = new StoryRef(Alert.StoryId, ArticleCount ?? 1, SourceCount ?? 1),
        Excerpt = Alert.ReadExcerpt(),
        Hits = Alert.Hits,
    };
}

static class AlertRows
{
    /// <summary>Newest first.</summary>
    public static IQueryable<AlertRow> Rows(this IQueryable<Alert> alerts, MonitorDbContext db) =>
        from alert in alerts
        join watch in db.Set<Watch>() on alert.WatchId equals watch.Id into watches
        from watch in watches.DefaultIfEmpty()
        join story in db.Set<Story>() on alert.StoryId equals story.Id into stories
        from story in stories.DefaultIfEmpty()
        orderby alert.RaisedAt descending, alert.Id descending
        select new AlertRow(alert, watch.Name, story.ArticleCount, story.SourceCount);
}
