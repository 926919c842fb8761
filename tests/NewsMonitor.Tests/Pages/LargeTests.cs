using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using NewsMonitor.Operations.Http;
using NewsMonitor.Review.Triage;

namespace NewsMonitor.Tests.Pages;

/// <summary>Very many things, and texts that have to be cut: counts stay true, and no character is cut in two.</summary>
public sealed class LargeTests
{
    // Five people in one character of eleven units, and a letter with two marks.
    const string Family = "👨‍👩‍👧‍👦", Marked = "ق\u0651\u064E";

    [Fact]
    public async Task ABusyFeedsDaysAndHoursAreCountedWhole()
    {
        await using var site = await EmptySite.StartAsync("web");
        await FillAsync(site, articles: 6000);
        var page = await site.SignedInAsync("/feeds/1");
        await Assertions.Expect(page.Locator("svg.chart").First).ToHaveAttributeAsync("aria-label", "6,000 in 30 days, at most 240 a day");
        var hours = await page.Locator("svg.chart").Nth(1).Locator("rect title").AllTextContentsAsync();
        Assert.Equal(6000, hours.Sum(hour => int.Parse(hour.Split(": ")[1], NumberStyles.AllowThousands, CultureInfo.InvariantCulture)));
        await Assertions.Expect(page.Locator("section", new() { HasText = "Latest articles" }).Last.Locator("li")).ToHaveCountAsync(8);
    }

    // What the page advises for a feed that is gone can be done on it.
    [Fact]
    public async Task AFeedIsGivenANewAddress()
    {
        await using var site = await EmptySite.StartAsync("web");
        await FillAsync(site, articles: 1);
        var page = await site.SignedInAsync("/feeds/1");
        await page.FillAsync("#url", "https://moved.example/feed");
        await page.ClickAsync("form[data-api^=PATCH] button.main");
        await Assertions.Expect(page.Locator("#toast")).ToHaveTextAsync("Saved.");
        await Assertions.Expect(page.Locator(".facts a.source")).ToHaveAttributeAsync("href", "https://moved.example/feed");
    }

    [Fact]
    public async Task ACountThatStopsSaysThatItDoes()
    {
        await using var site = await EmptySite.StartAsync("web");
        await FillAsync(site, articles: 1, alerts: 1300);
        foreach (var (language, count) in new[] { ("en-GB", "999+ alerts"), ("ar-IQ", "999+ تنبيه") })
        {
            var page = await site.SignedInAsync("/start", language);
            await Assertions.Expect(page.Locator(".steps > li").Nth(3)).ToContainTextAsync(count);
        }
    }

    [Theory]
    [InlineData(Family)]
    [InlineData(Marked)]
    public async Task NoNameOfAnAlertOrArticleEndsInHalfACharacter(string character)
    {
        await using var site = await EmptySite.StartAsync("web");
        var long79 = new string('x', 79) + character + " and more";
        var long99 = new string('y', 99) + character + " and more";
        await FillAsync(site, articles: 1, alerts: 1, title: long79);
        await using (var db = site.Database())
        {
            await db.Database.ExecuteSqlAsync($"UPDATE articles SET title = {long99}");
        }

        var page = await site.SignedInAsync("/");
        var label = await page.Locator(".alert > input").GetAttributeAsync("aria-label");
        Assert.Equal("Select: " + new string('x', 79) + "…", label);
        await site.GotoAsync(page, "/articles/1");
        await Assertions.Expect(page).ToHaveTitleAsync(new string('y', 99) + "… · News Monitor");
        await site.GotoAsync(page, "/articles?q=" + Uri.EscapeDataString(long99));
        await Assertions.Expect(page).ToHaveTitleAsync(new Regex("^" + new string('y', 99) + "… · Archive"));
    }

    [Fact]
    public void ARefusedValueIsCutBetweenCharacters()
    {
        var errors = new FieldErrors();
        new AlertQuery([new string('z', 39) + Family], null, null, null, null, null, null, null, null).TryRead(errors, out _);
        Assert.StartsWith($"is '{new string('z', 39)}…'", Assert.Single(Assert.Single(errors).Value), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoTriedTooManyKeysIsToldToWait()
    {
        await using var site = await EmptySite.StartAsync("web");
        var page = await site.SignedInAsync("/");
        await page.Context.ClearCookiesAsync();
        for (var i = 0; i < 9; i++)
        {
            await site.GotoAsync(page, "/sign-in");
            await page.FillAsync("#key", "nm_wrong-" + i);
            await page.ClickAsync("button.main");
            await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("unknown, expired or revoked");
        }

        await page.FillAsync("#key", "nm_wrong-still");
        await page.ClickAsync("button.main");
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("Too many wrong keys");
    }

    // One feed, a story for each alert; the articles are spread over the last 25 days by the hour.
    static async Task FillAsync(EmptySite site, int articles, int alerts = 0, string title = "A title")
    {
        await using var db = site.Database();
        await db.Database.ExecuteSqlAsync($$"""
            INSERT INTO feeds (url, title, origin, enabled, settings, state, failures, track, next_fetch_at, created_at, updated_at)
            VALUES ('https://busy.example/feed', 'Busy', 'api', true, '{}', 'healthy', 0, '{}', now() + interval '1 day', now(), now());
            INSERT INTO stories (title, first_seen_at, last_seen_at, article_count, source_count)
            SELECT 'S', now(), now(), 1, 1 FROM generate_series(1, GREATEST(1, {{alerts}}));
            INSERT INTO articles (feed_id, item_id, title, text, source, source_host, fetched_at, updated_at, content_hash, revision,
                story_id)
            SELECT 1, n::text, {{title}}, 'Text', 'Busy', 'busy.example', at, at, sha256(n::text::bytea), 1, 1
            FROM (SELECT n, date_trunc('day', now(), 'UTC') + interval '1 second' * (n / 25 % 60) - (n % 25) * interval '1 day' AS at
                  FROM generate_series(1, {{articles}}) n) numbered;
            INSERT INTO watches (id, name, severity, definition, enabled, origin, revision, created_at, updated_at)
            VALUES ('w', 'W', 'high', '{"id":"w","name":"W","terms":["text"]}', true, 'api', 1, now(), now());
            INSERT INTO alerts (watch_id, watch_revision, story_id, article_id, severity, status, title, source, raised_at, updated_at,
                hits, excerpt)
            SELECT 'w', 1, n, 1, 'high', 'new', {{title}}, 'Busy', now(), now(), '[]', '{"text":"Text","highlights":[]}'
            FROM generate_series(1, {{alerts}}) n
            """);
    }
}
