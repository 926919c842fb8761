using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NewsMonitor.Alerts;
using NewsMonitor.Articles;
using NewsMonitor.Database;
using NewsMonitor.Deliveries;
using NewsMonitor.Feeds;
using NewsMonitor.Operations.Retention;
using NewsMonitor.Operations.Telemetry;
using NewsMonitor.Stories;
using NewsMonitor.Watches;
using Npgsql;
using Feed = NewsMonitor.Feeds.Feed;

namespace NewsMonitor;

/// <summary>
/// The one place that states the order: Feed -> Article -> Story -> Match -> Alert -> Delivery. All that one fetched feed
/// brings, the feed's own state included, commits together or not at all; under load several feeds share a transaction.
/// </summary>
public sealed class Pipeline(
    FeedVisits visits,
    QuietLooks quiet,
    FeedRecord record,
    FullText fullText,
    WorkDatabase databases,
    WatchCatalog watches,
    IOptions<StoryOptions> stories,
    IOptions<RetentionOptions> retention,
    FetchOptions fetching,
    Leases leases,
    TimeProvider clock,
    ILogger<Pipeline> log)
{
    /// <summary>Feeds that one transaction stores, when so many wait.</summary>
    const int MostTogether = 8;

    /// <summary>While one transaction has the stories' lock, the next one does all that needs no lock.</summary>
    const int AtOnce = 2;

    static readonly IReadOnlyDictionary<string, PageContent> NoPages = new Dictionary<string, PageContent>();

    GroupCommit<Brought, int>? _together;

    /// <summary>Fetches one claimed feed and carries what is new in it to the outbox. Returns how many deliveries it owes.</summary>
    public async Task<int> PollAsync(Feed claimed, CancellationToken stop)
    {
        using var span = Measured.Traces.StartActivity("poll");
        span?.SetTag("feed", claimed.Id);
        await using var lease = leases.Hold("feeds", claimed.Id, claimed.ClaimedUntil!.Value, stop);
        var started = clock.GetTimestamp();
        var (look, later) = await VisitAsync(claimed, stop);
        if (look is null)
        {
            await quiet.PostponeAsync(claimed, later);
            return 0;
        }

        return look.Document is null
            ? await RecordAsync(lease, claimed, look, started, stop)
            : await CarryAsync(lease, claimed, look, started, stop);
    }

    /// <summary>A fault of ours is a failure of the feed's, too: it is shown with the feed, and repeated ever more rarely.</summary>
    async Task<FeedVisit> VisitAsync(Feed claimed, CancellationToken stop)
    {
        try
        {
            return await visits.VisitAsync(claimed, stop);
        }
        catch (Exception e) when (e is not OperationCanceledException && !DatabaseAway.Is(e))
        {
            log.LogError(e, "The look at {Feed} failed", claimed.Url);
            var fault = new FetchOutcome.Failed(FailureKind.Soft, $"The look at it failed: {e.GetBaseException().Message}");
            return new(new FeedLook(fault), default);
        }
    }

    /// <summary>Carries what a look brought to the committed alerts, together with what others bring just then.</summary>
    internal async Task<int> CarryAsync(Lease lease, Feed claimed, FeedLook look, long started, CancellationToken stop)
    {
        var brought = new Brought(lease, claimed, look, started);
        try
        {
            brought = brought with { Pages = look.Document is { } document ? await PagesAsync(claimed, document, stop) : NoPages };
            try
            {
                return await Together.AskAsync(brought);
            }
            // It may be another's fault; alone it shows.
            catch (Exception e) when (!DatabaseAway.Is(e))
            {
                return await StoreAsync(brought);
            }
        }
        // Whatever one feed's content does to us, the others go on; the feed itself is tried again later and says why.
        catch (Exception e) when (e is not OperationCanceledException && !DatabaseAway.Is(e))
        {
            log.LogError(e, "What {Feed} brought could not be stored", claimed.Url);
            var fault = new FetchOutcome.Failed(FailureKind.Soft, $"what it brought could not be stored: {e.GetBaseException().Message}")
            {
                Fault = FeedFault.NotStored,
            };
            return await StoreAsync(new Brought(lease, claimed, new FeedLook(fault) { Duration = look.Duration }, started));
        }
    }

    /// <summary>
    /// The short way for a look that brought nothing. Where somebody else changed the feed meanwhile the long way finds out what, and
    /// where the many that go together fail, each goes it: it may be another's fault.
    /// </summary>
    async Task<int> RecordAsync(Lease lease, Feed claimed, FeedLook look, long started, CancellationToken stop)
    {
        FeedWritten? written = null;
        try
        {
            written = await record.WriteQuietAsync(claimed, look, clock.GetUtcNow());
        }
        catch (Exception e) when (!DatabaseAway.Is(e))
        {
            log.LogDebug("Looks that went together were refused: {Reason}", e.Message);
        }

        if (written is null)
        {
            return await CarryAsync(lease, claimed, look, started, stop);
        }

        Measured.Polled(Names.Kebab(written.Result), clock.GetElapsedTime(started));
        Say(claimed, look, written, 0);
        return 0;
    }

    GroupCommit<Brought, int> Together => LazyInitializer.EnsureInitialized(
        ref _together, () => new GroupCommit<Brought, int>(TimeSpan.Zero, MostTogether, StoreAsync, AtOnce));

    async Task<int> StoreAsync(Brought alone) => (await StoreAsync([alone]))[0];

    /// <summary>
    /// The one transaction: what these feeds brought, each whole, with the feeds' own states. Under way it is not stopped any more, since
    /// it is soon done. Returns for each the number of deliveries that the transaction owes.
    /// </summary>
    async Task<IReadOnlyList<int>> StoreAsync(IReadOnlyList<Brought> together)
    {
        var stop = CancellationToken.None;
        await watches.RefreshAsync(stop);
        await using var db = databases.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        // The row locks fence off a worker whose claim ran out while it was still fetching; in the order of ids nobody waits crosswise.
        var ids = together.Select(b => b.Claimed.Id).Order().ToArray();
        var feeds = await db.Set<Feed>().FromSql($"SELECT *, xmin FROM feeds WHERE id = ANY({ids}) ORDER BY id FOR UPDATE")
            .ToDictionaryAsync(f => f.Id, stop);
        var (now, carried) = (clock.GetUtcNow(), new List<(Brought Brought, Feed Feed, bool FirstLook, Intake Intake)>());
        foreach (var brought in together)
        {
            if (feeds.GetValueOrDefault(brought.Claimed.Id) is { } feed && brought.Lease.Covers(feed.ClaimedUntil))
            {
                var intake = brought.Look.Document is { } document
                    ? await Intake.SortAsync(db, feed, document, brought.Pages, Kept, now, stop) : Intake.Nothing;
                carried.Add((brought, feed, feed.LastSuccessAt is null, intake));
            }
            else
            {
                log.LogInformation(
                    "Feed {Feed} was taken over or deleted while it was fetched; its result is dropped", brought.Claimed.Url);
            }
        }

        var raised = await CarryAsync(
            db, [.. carried.SelectMany(c => c.Intake.New)], [.. carried.SelectMany(c => c.Intake.Changed)], now, stop);
        var (owed, results) = (raised.Deliveries, new List<FeedWritten>());
        foreach (var (brought, feed, _, intake) in carried)
        {
            var written = await record.WriteAsync(db, feed, brought.Look with { NewItems = intake.New.Count }, now, stop);
            owed += await FeedNotices.PlanAsync(db, written.Notice, fetching, now, stop);
            results.Add(written);
        }

        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        Measure(raised, clock.GetElapsedTime(together.Min(b => b.Started)));
        foreach (var ((brought, feed, firstLook, intake), written) in carried.Zip(results))
        {
            Measure(written.Result, intake, firstLook, clock.GetElapsedTime(brought.Started), now);
            Say(feed, brought.Look, written, intake.New.Count);
        }

        return [.. together.Select(_ => owed)];
    }

    async Task<IReadOnlyDictionary<string, PageContent>> PagesAsync(Feed feed, FeedParser.Feed document, CancellationToken stop)
    {
        if (!feed.Settings.FullText)
        {
            return NoPages;
        }

        await using var db = databases.CreateDbContext();
        return await fullText.FetchAsync(feed, await Intake.LinksToReadAsync(db, feed, document, Kept, stop), stop);
    }

    DateTimeOffset? Kept => retention.Value.Articles > 0 ? clock.GetUtcNow().AddDays(-retention.Value.Articles) : null;

    void Say(Feed feed, FeedLook look, FeedWritten written, int fresh)
    {
        // The look's own reason: a failure that is not the feed's fault leaves the feed as it was.
        var error = (look.Outcome as FetchOutcome.Failed)?.Message ?? feed.LastError;
        log.Log(
            written.Result == FetchResult.NotModified ? LogLevel.Debug : LogLevel.Information,
            "Polled {Feed}: {Outcome}, {New} new of {Items}{Error}",
            feed.Url, written.Result, fresh, look.Document?.Items.Count ?? 0, error is null ? "" : "; " + error);
        if (written.Notice is { } notice)
        {
            log.LogWarning("{Notice}", notice.Message);
        }
    }

    /// <summary>What a poll counts for, told once it is committed.</summary>
    static void Measure(FetchResult result, Intake intake, bool firstLook, TimeSpan took, DateTimeOffset now)
    {
        Measured.Polled(Names.Kebab(result), took);
        var copies = intake.New.Count(a => a.CopyOf is not null);
        Measured.ArticlesStored("new", intake.New.Count - copies);
        Measured.ArticlesStored("copy", copies);
        Measured.ArticlesStored("revised", intake.Changed.Count);
        // What a feed held before it was added says nothing of how fast we are.
        foreach (var published in firstLook ? [] : intake.New.Select(a => a.PublishedAt).OfType<DateTimeOffset>())
        {
            Measured.Took("published_to_fetched", now - published);
        }
    }

    static void Measure(Carried carried, TimeSpan took)
    {
        Measured.Matched(carried.Matches);
        foreach (var alerts in carried.Alerts.GroupBy(a => a.Severity))
        {
            Measured.AlertsRaised(Names.Kebab(alerts.Key), alerts.Count());
        }

        foreach (var _ in carried.Alerts)
        {
            Measured.Took("fetched_to_alerted", took);
        }
    }

    /// <summary>Everything after the fetch, inside the caller's transaction.</summary>
    async Task<Carried> CarryAsync(
        MonitorDbContext db, IReadOnlyList<Article> added, IReadOnlyList<Article> changed, DateTimeOffset now, CancellationToken stop)
    {
        if (added.Count + changed.Count == 0)
        {
            return new Carried(0, [], 0);
        }

        // What costs time and needs no lock comes before the lock that the stories take.
        var sketched = added.Select(SketchedArticle.Of).ToList();
        var matches = added.Concat(changed).SelectMany(watches.Match).ToList();
        await ArticleWriter.WriteWordsAsync((NpgsqlConnection)db.Database.GetDbConnection(), added, stop);

        var news = await Assignment.AssignAsync(db, sketched, now, stop, stories.Value);
        await Merging.ApplyAsync(db, news, now, stop);
        await Muting.FollowAsync(db, news, stop);
        var alerts = await Raising.RaiseAsync(db, matches, now, stop);
        var updates = await Growing.UpdateAsync(db, news, matches, alerts, now, stop);
        var owed = await Planning.PlanAsync(db, alerts, now, stop) + await Updating.PlanAsync(db, updates, now, stop);
        return new Carried(matches.Count, alerts, owed);
    }

    /// <summary>A look at a feed that brought something, on its way into the database.</summary>
    sealed record Brought(Lease Lease, Feed Claimed, FeedLook Look, long Started)
    {
        /// <summary>Pages that were fetched for the full text, by the items' links.</summary>
        public IReadOnlyDictionary<string, PageContent> Pages { get; init; } = NoPages;
    }

    sealed record Carried(int Matches, IReadOnlyList<Alert> Alerts, int Deliveries);
}
