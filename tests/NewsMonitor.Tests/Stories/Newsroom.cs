using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Articles;
using NewsMonitor.Database;
using NewsMonitor.Deliveries;
using NewsMonitor.Stories;
using NewsMonitor.Tests.Database;
using NewsMonitor.Watches;

namespace NewsMonitor.Tests.Stories;

/// <summary>Made-up articles, and the way of an article from its story to its alert as the pipeline walks it.</summary>
static class Newsroom
{
    public static readonly DateTimeOffset Morning = new(2026, 3, 1, 6, 0, 0, TimeSpan.Zero);

    static readonly string[] Syllables = ["ka", "lo", "mi", "ser", "tu", "ban", "der", "vo", "ni", "pra", "gel", "os", "ri", "ma", "het", "zu"];

    static long _item;

    /// <summary>A text of its own for every number; always the same for the same number.</summary>
    public static string Text(int number, int words = 120)
    {
        var random = new Random(number);
        var text = new StringBuilder();
        for (var i = 0; i < words; i++)
        {
            for (var n = random.Next(2, 4); n > 0; n--)
            {
                text.Append(Syllables[random.Next(Syllables.Length)]);
            }

            text.Append(i % 15 == 14 ? ".\n" : " ");
        }

        return text.ToString();
    }

    public static Article Article(string text, string host = "news.example", string title = "")
    {
        var item = Interlocked.Increment(ref _item);
        return new Article
        {
            FeedId = 1, ItemId = $"item-{item}", Title = title.Length > 0 ? title : $"Headline {item} of {host}", Text = text, Source = host, SourceHost = host,
            FetchedAt = Morning, UpdatedAt = Morning, ContentHash = SHA256.HashData(Encoding.UTF8.GetBytes(text))[..16],
        };
    }

    /// <summary>Carries articles of one feed through stories and alerts in one transaction; every article fires the watch "w".</summary>
    public static async Task<IReadOnlyList<AlertUpdate>> PublishAsync(
        TestDatabase database, IReadOnlyList<Article> articles, DateTimeOffset? at = null, StoryOptions? options = null, string term = "term")
    {
        var now = at ?? Morning;
        await using var db = database.CreateContext();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var ids = await db.NextIdsAsync("articles", articles.Count, CancellationToken.None);
        for (var i = 0; i < articles.Count; i++)
        {
            articles[i].Id = ids[i];
        }

        var news = await Assignment.AssignAsync(db, [.. articles.Select(SketchedArticle.Of)], now, CancellationToken.None, options);
        await Merging.ApplyAsync(db, news, now, CancellationToken.None);
        await Muting.FollowAsync(db, news, CancellationToken.None);
        var watch = new Watch { Id = "w", Name = "W", Definition = "{}", Severity = Severity.High, Revision = 1 };
        var matches = articles.Select(a => new WatchMatch(a, watch, [new Hit("w", term, "text", 0, 2, a.Text[..2], "as written")])).ToList();
        var raised = await Raising.RaiseAsync(db, matches, now, CancellationToken.None);
        var updates = await Growing.UpdateAsync(db, news, matches, raised, now, CancellationToken.None);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return updates;
    }

    public static async Task<Story> StoryOfAsync(TestDatabase database, Article article)
    {
        await using var db = database.CreateContext();
        var stored = await db.Set<Article>().SingleAsync(a => a.Id == article.Id);
        return await db.Set<Story>().SingleAsync(s => s.Id == stored.StoryId);
    }
}
