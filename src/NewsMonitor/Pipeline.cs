using System.Data.Common;
using System.Net.Sockets;
using FeedParser;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Articles;
using NewsMonitor.Database;
using NewsMonitor.Deliveries;
using NewsMonitor.Feeds;
using NewsMonitor.Operations.Telemetry;
using NewsMonitor.Stories;
using NewsMonitor.Watches;
using Npgsql;
using TextEngine.NearDuplicates;
using Feed = NewsMonitor.Feeds.Feed;

namespace NewsMonitor;

/// <summary>
/// The one place that states the order: Feed -> Article -> Story -> Match -> Alert -> Delivery. All that one fetched feed
/// brings, the feed's own state included, commits together or not at all.
/// </summary>
public sealed class Pipeline(
    FeedFetcher fetcher,
    PollOutcome polls,
    IDbContextFactory<MonitorDbContext> databases,
    WatchCatalog watches,
    TimeProvider clock,
    ILogger<Pipeline> log)
{
    /// <summary>Fetches one claimed feed and carries what is new in it all the way to the outbox. Returns how many deliveries it owes.</summary>
    public async Task<int> PollAsync(Feed claimed, CancellationToken stop)
    {
        using var span = Measured.Traces.StartActivity("poll");
        span?.SetTag("feed", claimed.Id);
        var started = clock.GetTimestamp();
        var outcome = await fetcher.FetchAsync(PollOutcome.Request(claimed, clock.GetUtcNow()), stop);
        var document = Parse(claimed, ref outcome);
        await watches.RefreshAsync(stop);
        try
        {
            return await StoreAsync(claimed, document, outcome, started, stop);
        }
        // Whatever one feed's content does to us, the others go on; the feed itself is tried again later and says why.
        catch (Exception e) when (document is not null && e is not OperationCanceledException && !IsDatabaseAway(e))
        {
            log.LogError(e, "What {Feed} brought could not be stored", claimed.Url);
            var fault = new FetchOutcome.Failed(FailureKind.Soft, $"what it brought could not be stored: {e.GetBaseException().Message}");
            return await StoreAsync(claimed, null, fault, started, stop);
        }
    }

    async Task<int> StoreAsync(Feed claimed, FeedParser.Feed? document, FetchOutcome outcome, long started, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        // The row lock fences off a worker whose claim ran out while it was still fetching.
        var feed = await db.Set<Feed>().FromSql($"SELECT *, xmin FROM feeds WHERE id = {claimed.Id} FOR UPDATE").SingleOrDefaultAsync(stop);
        if (feed is null || feed.ClaimedUntil != claimed.ClaimedUntil)
        {
            log.LogInformation("Feed {Feed} was taken over or deleted while it was fetched; its result is dropped", claimed.Url);
            return 0;
        }

        var now = clock.GetUtcNow();
        var intake = document is null ? Intake.Nothing : await Intake.SortAsync(db, feed, document, now, stop);
        var carried = await CarryAsync(db, intake, now, stop);
        var firstLook = feed.LastSuccessAt is null;
        polls.Record(db, feed, document, outcome, intake.New.Count, clock.GetElapsedTime(started), now);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        Measure(outcome, intake, carried, firstLook, clock.GetElapsedTime(started), now);
        log.LogInformation("Polled {Feed}: {Outcome}, {New} new of {Items}, {Deliveries} deliveries", feed.Url, PollOutcome.Result(outcome), intake.New.Count,
            document?.Items.Count ?? 0, carried.Deliveries);
        return carried.Deliveries;
    }

    /// <summary>What a poll counts for, told once it is committed.</summary>
    static void Measure(FetchOutcome outcome, Intake intake, Carried carried, bool firstLook, TimeSpan took, DateTimeOffset now)
    {
        Measured.Polled(Names.Kebab(PollOutcome.Result(outcome)), took);
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
        var sketches = intake.New.Select(a => (a, Sketcher.Sketch(a.Title, a.Text))).ToList();
        var matches = intake.New.Concat(intake.Changed).SelectMany(watches.Match).ToList();

        await Assignment.AssignAsync(db, sketches, now, stop);
        var alerts = await Raising.RaiseAsync(db, matches, now, stop);
        return new Carried(matches.Count, alerts, await Planning.PlanAsync(db, alerts, now, stop));
    }

    sealed record Carried(int Matches, IReadOnlyList<Alert> Alerts, int Deliveries);

    static bool IsDatabaseAway(Exception e) => e.GetBaseException() is not PostgresException { IsTransient: false } and (DbException or IOException or SocketException);

    /// <summary>Null where there is nothing to read; what is no feed turns the outcome into a failure that says why.</summary>
    static FeedParser.Feed? Parse(Feed feed, ref FetchOutcome outcome)
    {
        if (outcome is not FetchOutcome.Content content)
        {
            return null;
        }

        var read = FeedReader.Read(content.Bytes, content.ContentType, content.FinalUri ?? new Uri(feed.Url));
        if (read.Error is { } error)
        {
            outcome = new FetchOutcome.Failed(FailureKind.Soft, error) { Status = content.Status, FinalUri = content.FinalUri };
        }

        return read.Feed;
    }
}
