using NewsMonitor.Alerts;
using NewsMonitor.Articles;
using NewsMonitor.Database;
using NewsMonitor.Feeds;
using NewsMonitor.Stories;
using NewsMonitor.Watches;
using TextEngine.WatchTerms;

namespace NewsMonitor.Tests.Review;

/// <summary>Rows as the pipeline would have written them.</summary>
public static class Archive
{
    public static readonly DateTimeOffset Start = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);

    public static async Task<Article> AddArticleAsync(
        this MonitorDbContext db, string title, string text = "", string source = "Baghdad Today", string? language = "ar",
        DateTimeOffset? at = null,
        Story? story = null)
    {
        var time = at ?? Start;
        if (story is null)
        {
            story = new Story { Title = title, FirstSeenAt = time, LastSeenAt = time, ArticleCount = 1, SourceCount = 1 };
            db.Add(story);
            await db.SaveChangesAsync();
        }

        var article = new Article
        {
            FeedId = 1,
            ItemId = $"{title.GetHashCode(StringComparison.Ordinal)}-{text.GetHashCode(StringComparison.Ordinal)}-{time.Ticks}-{source}",
            Title = title,
            Text = text,
            Url = "https://news.example/" + story.Id,
            Source = source,
            SourceHost = "news.example",
            Language = language,
            PublishedAt = time,
            FetchedAt = time,
            UpdatedAt = time,
            ContentHash = new byte[16],
            StoryId = story.Id,
        };
        db.Add(article);
        await db.SaveChangesAsync();
        return article;
    }

    public static async Task<Watch> AddWatchAsync(this MonitorDbContext db, string id, Severity severity = Severity.High)
    {
        var watch = new Watch
        {
            Id = id,
            Name = "Watch " + id,
            Severity = severity,
            Definition = new WatchEntry(new WatchDefinition { Id = id, Name = "Watch " + id, Terms = [id] }, Names.Kebab(severity), [])
                .ToJson(),
            Origin = Origin.Api,
            CreatedAt = Start,
            UpdatedAt = Start,
        };
        db.Add(watch);
        db.Add(new WatchRevision { WatchId = id, Revision = 1, Definition = watch.Definition, CreatedAt = Start, CreatedBy = "test" });
        await db.SaveChangesAsync();
        return watch;
    }

    public static async Task<Alert> AddAlertAsync(
        this MonitorDbContext db, string watch, string title, DateTimeOffset? at = null, string source = "Baghdad Today", string? language =
            "ar",
        Severity severity = Severity.High, AlertStatus status = AlertStatus.New)
    {
        var article = await db.AddArticleAsync(title, $"{title} في بغداد", source, language, at);
        var alert = new Alert
        {
            WatchId = watch,
            WatchRevision = 1,
            StoryId = article.StoryId,
            ArticleId = article.Id,
            Severity = severity,
            Status = status,
            Title = title,
            Url = article.Url,
            Source = source,
            Language = language,
            PublishedAt = at ?? Start,
            RaisedAt = at ?? Start,
            UpdatedAt = at ?? Start,
            Hits = [new Hit(watch, watch, "title", 0, 1, title[..1], "as written")],
            Excerpt = """{"text":"نص","highlights":[{"start":0,"length":2}]}""",
        };
        db.Add(alert);
        await db.SaveChangesAsync();
        db.Add(new AlertHistory { AlertId = alert.Id, At = alert.RaisedAt, Actor = "service", Change = AlertChange.Raised });
        await db.SaveChangesAsync();
        return alert;
    }
}
