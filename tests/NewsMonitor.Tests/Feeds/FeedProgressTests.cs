using System.Globalization;
using System.Net;
using System.Text;
using FeedParser;
using NewsMonitor.Feeds;
using Document = FeedParser.Feed;
using Feed = NewsMonitor.Feeds.Feed;

namespace NewsMonitor.Tests.Feeds;

public class FeedProgressTests
{
    static readonly DateTimeOffset Start = new(2025, 3, 5, 12, 0, 0, TimeSpan.Zero);
    static readonly Pacing Pacing = new(FetchPace.Standard, 0.5, (_, now) => now.AddMinutes(33));

    static Feed NewFeed() => new() { Id = 7, Url = "https://news.example/feed", NextFetchAt = Start };

    static Document Document(DateTimeOffset newest, int items, double gapMinutes, string more = "") =>
        FeedReader.Read(Encoding.UTF8.GetBytes(
        $"<rss version='2.0'><channel><title>News</title>{more}" + string.Concat(Enumerable.Range(0, items).Select(i => string.Create(
            CultureInfo.InvariantCulture,
                $"<item><guid>{newest.Ticks}-{i}</guid><title>t</title><pubDate>{newest.AddMinutes(-gapMinutes * i):R}</pubDate></item>")))
        + "</channel></rss>")).Feed!;

    static (FeedFetch? Fetch, FeedNotice? Notice) Look(Feed feed, FetchOutcome outcome, DateTimeOffset now, Document? document = null,
        int newItems = 0) =>
        FeedProgress.Apply(feed, new FeedLook(outcome) { Document = document, NewItems = newItems, Whole = true }, Pacing, now);

    static FetchOutcome Content(Uri? movedTo = null) =>
        new FetchOutcome.Content([1, 2, 3], "text/xml")
        {
            Status = HttpStatusCode.OK, Caching = new("\"e\"", "then", null),
            MovedTo = movedTo
        };

    [Fact]
    public void ASuccessIsRemembered()
    {
        var feed = NewFeed();
        feed.ClaimedUntil = Start.AddMinutes(1);
        var (fetch, notice) = Look(feed, Content(), Start,
            Document(Start.AddMinutes(-5), 10, 30, "<skipHours><hour>3</hour></skipHours><ttl>5</ttl>"), 10);
        Assert.Null(notice);
        Assert.Equal((FetchResult.Fetched, 10, 10, 200), (fetch!.Result, fetch.Items, fetch.NewArticles, fetch.HttpStatus));
        Assert.Equal(("\"e\"", "then", Start, Start.AddMinutes(-5), "News"),
            (feed.Etag, feed.LastModified, feed.LastWholeFetchAt, feed.LastItemAt, feed.Title));
        Assert.Equal([3], feed.Track.SkipHours);
        Assert.Null(feed.ClaimedUntil);
        Assert.Equal(Start.AddMinutes(15), feed.NextFetchAt);
    }

    [Fact]
    public void FailuresWeighByTheirKindAndAreToldOnce()
    {
        foreach (var (kind, patience) in new[] { (FailureKind.Hard, 1), (FailureKind.Soft, 2), (FailureKind.Temporary, 3) })
        {
            var feed = NewFeed();
            for (var i = 1; i <= 5; i++)
            {
                var (fetch, notice) = Look(feed, new FetchOutcome.Failed(kind, "It failed."), Start.AddHours(i));
                Assert.Equal("It failed.", fetch!.Error);
                Assert.Equal(i == patience, notice is not null);
                Assert.Equal(i >= patience ? FeedState.Failing : FeedState.Healthy, feed.State);
            }
            var back = Look(feed, new FetchOutcome.NotModified(), Start.AddDays(1)).Notice;
            Assert.Equal((FeedState.Failing, FeedState.Healthy), (back!.From, back.To));
            Assert.Equal((0, null), (feed.Failures, feed.LastError));
        }
    }

    [Fact]
    public void AFailingFeedIsNeverGivenUp()
    {
        var feed = NewFeed();
        var now = Start;
        for (var i = 0; i < 400; i++)
        {
            Look(feed, new FetchOutcome.Failed(FailureKind.Hard, "404"), now);
            Assert.True(feed.Enabled);
            Assert.InRange(feed.NextFetchAt - now, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1));
            now = feed.NextFetchAt;
        }
    }

    [Fact]
    public void GoneRetiresWithANotice()
    {
        var feed = NewFeed();
        var (fetch, notice) = Look(feed, new FetchOutcome.Gone { Status = HttpStatusCode.Gone }, Start);
        Assert.False(feed.Enabled);
        Assert.Equal((FeedState.Gone, FetchResult.Gone), (notice!.To, fetch!.Result));
    }

    [Fact]
    public void ARedirectIsProvenOnSeveralDaysOnly()
    {
        var feed = NewFeed();
        var to = new Uri("https://new.example/feed");
        for (var hour = 0; hour < 20; hour++) Look(feed, Content(to), Start.AddMinutes(hour));
        Assert.Equal((FeedState.Moved, 1), (feed.State, feed.Track.Move!.Days));
        Look(feed, Content(to), Start.AddDays(1));
        Assert.False(feed.Track.Move!.IsProven);
        Look(feed, Content(to), Start.AddDays(2));
        Assert.True(feed.Track.Move!.IsProven);
        Look(feed, Content(new Uri("https://third.example/")), Start.AddDays(3));
        Assert.Equal(1, feed.Track.Move!.Days);
        Look(feed, Content(), Start.AddDays(4));
        Assert.Null(feed.Track.Move);
        Assert.Equal(FeedState.Healthy, feed.State);
    }

    [Fact]
    public void PollsWithoutOverlapAreAGapAndComeFaster()
    {
        var feed = NewFeed();
        Look(feed, Content(), Start, Document(Start, 10, 4), 10);
        Assert.Equal(FeedState.Healthy, feed.State);
        var later = Start.AddMinutes(60);
        var notice = Look(feed, Content(), later, Document(later, 10, 4), 10).Notice;
        Assert.Equal(FeedState.Gap, notice!.To);
        Assert.InRange(feed.NextFetchAt - later, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(30));
        var overlap = later.AddMinutes(20);
        Look(feed, Content(), overlap, Document(overlap, 10, 4), 5);
        Assert.Equal(FeedState.Gap, feed.State);
        Look(feed, Content(), later.AddDays(1.1), Document(later.AddDays(1.1), 10, 4), 5);
        Assert.Equal(FeedState.Healthy, feed.State);
    }

    [Fact]
    public void AFeedThatStopsPublishingIsSilentUntilItSpeaks()
    {
        var feed = NewFeed();
        Look(feed, Content(), Start, Document(Start, 10, 60), 10);
        Assert.Null(Look(feed, new FetchOutcome.NotModified(), Start.AddHours(20)).Notice);
        Assert.Equal(FeedState.Silent, Look(feed, new FetchOutcome.NotModified(), Start.AddHours(26)).Notice!.To);
        Assert.Null(Look(feed, new FetchOutcome.NotModified(), Start.AddHours(30)).Notice);
        Look(feed, Content(), Start.AddHours(31), Document(Start.AddHours(31), 10, 60), 1);
        Assert.Equal(FeedState.Healthy, feed.State);
    }

    [Fact]
    public void WhatIsNoFeedIsAFailureAndKeepsWhatWasKnown()
    {
        var feed = NewFeed();
        feed.Etag = "\"old\"";
        var look = new FeedLook(Content()) { NoFeed = "This is a web page." };
        var (fetch, _) = FeedProgress.Apply(feed, look, Pacing, Start);
        Assert.Equal((FetchResult.NotAFeed, "This is a web page."), (fetch!.Result, fetch.Error));
        Assert.Equal(("\"old\"", 1), (feed.Etag, feed.Failures));
    }

    [Fact]
    public void TheServicesOwnOutageCountsAgainstNoFeed()
    {
        var feed = NewFeed();
        var look = new FeedLook(new FetchOutcome.Failed(FailureKind.Temporary, "No connection.",
            IsNetwork: true))
        { Network = NetworkVerdict.Down };
        for (var i = 0; i < 50; i++)
        {
            var (fetch, notice) = FeedProgress.Apply(feed, look, Pacing, Start.AddMinutes(i));
            Assert.True(fetch is null && notice is null);
            Assert.True(feed.NextFetchAt - Start.AddMinutes(i) < TimeSpan.FromMinutes(2));
        }
        Assert.Equal((FeedState.Healthy, 0, null), (feed.State, feed.Failures, feed.LastError));
    }

    [Fact]
    public void WhatWasAskedForDuringALookIsLookedAtAgainAtOnce()
    {
        var feed = NewFeed();
        feed.NextFetchAt = Start.AddSeconds(-1);
        FeedProgress.Apply(feed, new FeedLook(Content()) { Due = Start.AddMinutes(-2) }, Pacing, Start);
        Assert.Equal(Start, feed.NextFetchAt);
        FeedProgress.Apply(feed, new FeedLook(Content()) { Due = Start }, Pacing, Start.AddSeconds(2));
        Assert.Equal(Start.AddSeconds(2).AddMinutes(15), feed.NextFetchAt);
    }

    [Fact]
    public void TheSameBodyAgainIsNoNewsAndNoGap()
    {
        var feed = NewFeed();
        FeedProgress.Apply(feed, new FeedLook(Content()) { Document = Document(Start, 10, 4), NewItems = 10, Body = "b" }, Pacing, Start);
        Assert.Equal("b", feed.Track.Body);
        var again = new FeedLook(Content()) { Body = "b", Unchanged = true, Whole = true };
        var (fetch, _) = FeedProgress.Apply(feed, again, Pacing, Start.AddHours(2));
        Assert.Equal((FetchResult.NotModified, 200, 3), (fetch!.Result, fetch.HttpStatus, fetch.Bytes));
        Assert.Equal((FeedState.Healthy, "b", 10), (feed.State, feed.Track.Body, feed.Track.Rhythm.Count));
        Assert.Equal((Start.AddHours(2), Start.AddHours(2)), (feed.LastSuccessAt, feed.LastWholeFetchAt));
        FeedProgress.Apply(feed, new FeedLook(Content()) { Body = "c", NoFeed = "A web page." }, Pacing, Start.AddHours(3));
        Assert.Equal("b", feed.Track.Body);
    }

    [Fact]
    public void ACronExpressionDecidesAlone()
    {
        var feed = NewFeed();
        feed.Settings = new FeedSettings { Cron = "0 33 * * * ?" };
        Look(feed, Content(), Start);
        Assert.Equal(Start.AddMinutes(33), feed.NextFetchAt);
    }
}
