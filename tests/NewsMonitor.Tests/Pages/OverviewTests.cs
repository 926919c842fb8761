using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace NewsMonitor.Tests.Pages;

/// <summary>What the overview says when nobody fetches: a service that only shows, over feeds that nobody else will look at.</summary>
public sealed class OverviewTests
{
    [Fact]
    public async Task FeedsInTroubleAreNamedWithTheirReasonAndLateOnesAreCounted()
    {
        await using var site = await EmptySite.StartAsync("web");
        await using (var db = site.Database())
        {
            await db.Database.ExecuteSqlAsync($$"""
                INSERT INTO feeds (url, title, origin, enabled, settings, state, failures, last_error, track, next_fetch_at, created_at, updated_at)
                VALUES ('https://gone.example/feed', 'Gone Gazette', 'api', true, '{}', 'failing', 4, 'gone.example answered 404.',
                        '{"fault":"not-there"}', now() + interval '1 day', now(), now()),
                       ('https://old.example/feed', 'Old Observer', 'api', true, '{}', 'silent', 0, NULL, '{}', now() + interval '1 day', now(), now()),
                       ('https://late.example/feed', 'Late Ledger', 'api', true, '{}', 'healthy', 0, NULL, '{"reason":"publication-rate"}',
                        now() - interval '185 minutes', now(), now()),
                       ('https://off.example/feed', 'Off Office', 'api', false, '{}', 'failing', 9, 'x', '{}', now() - interval '9 days', now(), now())
                """);
        }

        foreach (var (language, late, reason, why) in new[]
        {
            ("en-GB", "3 h late", "gone.example answered 404.", "by its publication rate"),
            ("ar-IQ", "متأخرة 3 س", "لم يعد في عنوانها شيء", "بحسب وتيرة نشرها"),
        })
        {
            var page = await site.SignedInAsync("/overview", language);
            await Assertions.Expect(page.Locator("a.figure.trouble[href='/feeds'] strong")).ToHaveTextAsync("2");
            await Assertions.Expect(page.Locator("div.figure.trouble")).ToContainTextAsync(late);
            await Assertions.Expect(page.Locator("div.figure.trouble strong")).ToHaveTextAsync("1");
            var trouble = page.Locator(".log li", new() { HasText = "Gone Gazette" });
            await Assertions.Expect(trouble.Locator(".said")).ToHaveTextAsync(reason);
            await Assertions.Expect(page.Locator(".log li", new() { HasText = "Old Observer" })).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator(".log li", new() { HasText = "Off Office" })).ToHaveCountAsync(0);
            await site.GotoAsync(page, "/feeds/3");
            await Assertions.Expect(page.Locator(".facts .said")).ToHaveTextAsync(why);
        }
    }

    [Fact]
    public async Task AFeedsLooksAreReadPageByPage()
    {
        await using var site = await EmptySite.StartAsync("web");
        await using (var db = site.Database())
        {
            await db.Database.ExecuteSqlAsync($$"""
                INSERT INTO feeds (url, origin, enabled, settings, state, failures, track, next_fetch_at, created_at, updated_at)
                VALUES ('https://one.example/feed', 'api', true, '{}', 'healthy', 0, '{}', now() + interval '1 day', now(), now());
                INSERT INTO feed_fetches (feed_id, at, result, http_status, duration_ms, bytes, items, new_articles, error)
                SELECT 1, now() - n * interval '1 hour', CASE n WHEN 7 THEN 'failed' ELSE 'fetched' END, CASE n WHEN 7 THEN 503 ELSE 200 END, n, 1, 100 + n, 0,
                       CASE n WHEN 7 THEN 'one.example answered 503: not available at the moment.' END FROM generate_series(45, 1, -1) n
                """);
        }

        var page = await site.SignedInAsync("/feeds/1", "ar-IQ");
        var rows = page.Locator("#looks tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(20);
        await Assertions.Expect(rows.Nth(6)).ToContainTextAsync("أخفقت: خادمها غير متاح الآن");
        await Assertions.Expect(rows.Nth(0)).ToContainTextAsync("101");
        await page.ClickAsync("#looks a[rel=next]");
        await Assertions.Expect(rows.Nth(0)).ToContainTextAsync("121");
        await page.ClickAsync("#looks a[rel=next]");
        await Assertions.Expect(rows).ToHaveCountAsync(5);
        await Assertions.Expect(page.Locator("#looks a[rel=next]")).ToHaveCountAsync(0);
        await page.ClickAsync("#looks a:not([rel])");
        await Assertions.Expect(rows.Nth(0)).ToContainTextAsync("101");
    }
}
