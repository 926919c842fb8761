using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NewsMonitor.Alerts;
using NewsMonitor.Articles;
using NewsMonitor.Database;
using NewsMonitor.Deliveries;
using NewsMonitor.Feeds;
using NewsMonitor.Operations.Telemetry;
using NewsMonitor.Stories;
using NewsMonitor.Watches;
using Npgsql;
using Feed = NewsMonitor.Feeds.Feed;

namespace NewsMonitor;

/// <summary>
/// The one place that states the order: Feed -> Article -> Story -> Match -> Alert -> Delivery. All that one fetched feed
/// brings, the feed's own state included, commits together or not at all.
/// </summary>
public sealed class Pipeline(
    FeedVisits visits,
    QuietLooks quiet,
    FeedRecord record,
    FullText fullText,
    IDbContextFactory<MonitorDbContext> databases,
    WatchCatalog watches,
    IOptions<StoryOptions> stories,
    FetchOptions fetching,
    Leases leases,
    TimeProvider clock,
    ILogger<Pipeline> log)
{
    static readonly IReadOnlyDictionary<string, PageContent> NoPages = new Dictionary<string, PageContent>();

    /// <summary>Fetches one claimed feed and carries what is new in it all the way to the outbox. Returns how many deliveries it owes.</summary>
    public async Task<int> PollAsync(Feed claimed, CancellationToken stop)
    {
        using var span = Measured.Traces.StartActivity("poll");
        span?.SetTag("feed", claimed.Id);
        await using var lease = leases.Hold("feeds", claimed.Id, claimed.ClaimedUntil!.Value, stop);
        var started = clock.GetTimestamp();
        var (look, later) = await visits.VisitAsync(claimed, stop);
        if (look is null)
        {
            await quiet.PostponeAsync(claimed, later);
            return 0;
        }

        return look.Document is null
            ? await RecordAsync(lease, claimed, look, started, stop)
            : await CarryAsync(lease, claimed, look, started, stop);
    }

    /// <summary>Carries what a look brought from the parsed feed to the committed alerts.</summary>
    internal async Task<int> CarryAsync(Lease lease, Feed claimed, FeedLook look, long started, CancellationToken stop)
    {
        await watches.RefreshAsync(stop);
        try
        {
            return await StoreAsync(lease, claimed, look, await PagesAsync(claimed, look.Document!, stop), started, stop);
        }
        // Whatever one feed's content does to us, the others go on; the feed itself is tried again later and says why.
        catch (Exception e) when (e is not OperationCanceledException && !DatabaseAway.Is(e))
        {
            log.LogError(e, "What {Feed} brought could not be stored", claimed.Url);
            var fault = new FetchOutcome.Failed(FailureKind.Soft, $"what it brought could not be stored: {e.GetBaseException().Message}")
            {
                Fault = FeedFault.NotStored,
            };
            return await StoreAsync(lease, claimed, new FeedLook(fault) { Duration = look.Duration }, NoPages, started, stop);
        }
    }

    /// <summary>
    /// The short way for a look that brought nothing; where somebody else changed the feed meanwhile, the long way finds out what.
    /// </summary>
    async Task<int> RecordAsync(Lease lease, Feed claimed, FeedLook look, long started, CancellationToken stop)
    {
        if (await record.WriteQuietAsync(claimed, look, clock.GetUtcNow()) is not { } written)
        {
            return await StoreAsync(lease, claimed, look, NoPages, started, stop);
        }

        Measured.Polled(Names.Kebab(written.Result), clock.GetElapsedTime(started));
        Say(claimed, look, written, 0, 0);
        return 0;
    }

    async Task<int> StoreAsync(
        Lease lease, Feed claimed, FeedLook look, IReadOnlyDictionary<string, PageContent> pages, long started, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        // The row lock fences off a worker whose claim ran out while it was still fetching.
        var feed = await db.Set<Feed>().FromSql($"SELECT *, xmin FROM feeds WHERE id = {claimed.Id} FOR UPDATE").SingleOrDefaultAsync(stop);
        if (feed is null || !lease.Covers(feed.ClaimedUntil))
        {
            log.LogInformation("Feed {Feed} was taken over or deleted while it was fetched; its result is dropped", claimed.Url);
            return 0;
        }

        var now = clock.GetUtcNow();
        var firstLook = feed.LastSuccessAt is null;
        var intake = look.Document is { } document ? await Intake.SortAsync(db, feed, document, pages, now, stop) : Intake.Nothing;
        var carried = await CarryAsync(db, intake, now, stop);
        var written = await record.WriteAsync(db, feed, look with { NewItems = intake.New.Count }, now, stop);
        var owed = carried.Deliveries + await FeedNotices.PlanAsync(db, written.Notice, fetching, now, stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        Measure(written.Result, intake, carried, firstLook, clock.GetElapsedTime(started), now);
        Say(feed, look, written, intake.New.Count, owed);
        return owed;
    }

    async Task<IReadOnlyDictionary<string, PageContent>> PagesAsync(Feed feed, FeedParser.Feed document, CancellationToken stop)
    {
        if (!feed.Settings.FullText)
        {
            return NoPages;
        }

        await using var db = await databases.CreateDbContextAsync(stop);
        return await fullText.FetchAsync(feed, await Intake.LinksToReadAsync(db, feed, document, stop), stop);
    }

    void Say(Feed feed, FeedLook look, FeedWritten written, int fresh, int owed)
    {
        // The look's own reason: a failure that is not the feed's fault leaves the feed as it was.
        var error = (look.Outcome as FetchOutcome.Failed)?.Message ?? feed.LastError;
        log.Log(
            written.Result == FetchResult.NotModified ? LogLevel.Debug : LogLevel.Information,
            "Polled {Feed}: {Outcome}, {New} new of {Items}, {Deliveries} deliveries{Error}",
            feed.Url, written.Result, fresh, look.Document?.Items.Count ?? 0, owed, error is null ? "" : "; " + error);
        if (written.Notice is { } notice)
        {
            log.LogWarning("{Notice}", notice.Message);
        }
    }

    /// <summary>What a poll counts for, told once it is committed.</summary>
    static void Measure(FetchResult result, Intake intake, Carried carried, bool firstLook, TimeSpan took, DateTimeOffset now)
    {
        Measured.Polled(Names.Kebab(result), took);
        var copies = intake.New.Count(a => a.CopyOf is not null);
        Measured.ArticlesStored("new", intake.New.Count - copies);
        Measured.ArticlesStored("copy", copies);
        Measured.ArticlesStored("revised", intake.Changed.Count);
        Measured.Matched(carried.Matches);
        foreach (var alerts in carried.Alerts.GroupBy(a => a.Severity))
        {
            Measured.AlertsRaised(Names.Kebab(alerts.Key), alerts.Count());
        }

        // What a feed held before it was added says nothing of how fast we are.
        foreach (var published in firstLook ? [] : intake.New.Select(a => a.PublishedAt).OfType<DateTimeOffset>())
        {
            Measured.Took("published_to_fetched", now - published);
        }

        foreach (var _ in carried.Alerts)
        {
            Measured.Took("fetched_to_alerted", took);
        }
    }

    /// <summary>Everything after the fetch, inside the caller's transaction.</summary>
    async Task<Carried> CarryAsync(MonitorDbContext db, Intake intake, DateTimeOffset now, CancellationToken stop)
    {
        if (intake.New.Count + intake.Changed.Count == 0)
        {
            return new Carried(0, [], 0);
        }

        // What costs time and needs no lock comes before the lock that the stories take.
        var sketched = intake.New.Select(SketchedArticle.Of).ToList();
        var matches = intake.New.Concat(intake.Changed).SelectMany(watches.Match).ToList();
        await ArticleWriter.WriteWordsAsync((NpgsqlConnection)db.Database.GetDbConnection(), intake.New, stop);

        var news = await Assignment.AssignAsync(db, sketched, now, stop, stories.Value);
        await Merging.ApplyAsync(db, news, now, stop);
        var alerts = await Raising.RaiseAsync(db, matches, now, stop);
        var updates = await Growing.UpdateAsync(db, news, matches, alerts, now, stop);
        var owed = await Planning.PlanAsync(db, alerts, now, stop) + await Updating.PlanAsync(db, updates, now, stop);
        return new Carried(matches.Count, alerts, owed);
    }

    sealed record Carried(int Matches, IReadOnlyList<Alert> Alerts, int Deliveries);
}
