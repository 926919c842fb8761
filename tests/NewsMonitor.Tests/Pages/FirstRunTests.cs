using Microsoft.Playwright;
using NewsMonitor.Tests.EndToEnd;

namespace NewsMonitor.Tests.Pages;

/// <summary>An empty service and somebody who has never seen it: the page alone leads to the first alert.</summary>
public sealed class FirstRunTests
{
    [Fact]
    public async Task ThePageLeadsFromZeroToTheFirstAlert()
    {
        await using var newsroom = await LoopbackServer.StartAsync();
        newsroom.Serve("/rss", PageFixture.Rss("Morning", [PageFixture.Item("1", "Qaani in Baghdad", "He was seen at the airport.")]));
        var home = newsroom.Serve("/",
            "<html><head><link rel=\"alternate\" type=\"application/rss+xml\" title=\"Morning\" href=\"/rss\"></head></html>",
            "text/html; charset=utf-8");
        await using var site = await EmptySite.StartAsync();
        var page = await site.SignedInAsync("/");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("From zero to the first alert");
        await Assertions.Expect(page.Locator(".steps > .next > div > h2")).ToHaveTextAsync("Where to look");

        // An archive with nothing in it says where its articles come from, and leads back here.
        await site.GotoAsync(page, "/articles");
        await Assertions.Expect(page.Locator(".empty h2")).ToHaveTextAsync("There are no articles yet.");
        await page.ClickAsync(".empty a:has-text('From zero')");
        await site.GotoAsync(page, "/");

        // The watch first, since what is read before it is not matched again.
        await page.FillAsync("#name", "Qaani");
        await page.FillAsync("#terms", "قاآني");
        await page.ClickAsync("text=Save the watch");
        await Assertions.Expect(page.Locator(".steps > .done > div > h2")).ToHaveTextAsync("What to be told of");
        await page.FillAsync("#url", home.AbsoluteUri);
        await page.ClickAsync("[data-find]");
        await page.ClickAsync("#found button");

        // The page looks again by itself until the alert is there, and then is the list of alerts.
        await Assertions.Expect(page.Locator(".alert a.title")).ToHaveTextAsync("Qaani in Baghdad", new() { Timeout = 90_000 });
        await site.GotoAsync(page, "/start");
        await Assertions.Expect(page.Locator(".steps .done")).ToHaveCountAsync(4);
    }
}
