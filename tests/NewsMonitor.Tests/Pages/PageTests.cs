using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NewsMonitor.Pages;

namespace NewsMonitor.Tests.Pages;

/// <summary>What an analyst does on the page, in a real browser.</summary>
[Collection(nameof(PageFixture))]
public sealed partial class PageTests(PageFixture site)
{
    [Fact]
    public async Task WithoutASessionEverythingLeadsToSignIn()
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = site.Address };
        foreach (var path in new[] { "/", "/alerts/1", "/articles", "/watches", "/feeds", "/recipients", "/silences", "/overview" })
        {
            using var answer = await http.GetAsync(path);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Assert.StartsWith("/sign-in", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/sign-in", HttpStatusCode.OK)]
    [InlineData("/", HttpStatusCode.Redirect)]
    [InlineData("/healthz/live", HttpStatusCode.OK)]
    [InlineData("/metrics", HttpStatusCode.OK)]
    [InlineData("/api/v1/alerts", HttpStatusCode.Unauthorized)]
    [InlineData("/api/v1/alerts/stream", HttpStatusCode.MethodNotAllowed)]
    public async Task WhatAnswersGetAnswersHead(string path, HttpStatusCode status)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = site.Address };
        using var ask = new HttpRequestMessage(HttpMethod.Head, path);
        using var answer = await http.SendAsync(ask);
        Assert.Equal(status, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task EveryPageForbidsScriptsFromElsewhere()
    {
        using var http = new HttpClient { BaseAddress = site.Address };
        using var answer = await http.GetAsync("/sign-in");
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotMatch(InlineScript(), html);
    }

    // Addresses that nobody meant: cut, typed by hand, or made to find a fault.
    [Theory]
    [InlineData("/?to=9999-12-31")]
    [InlineData("/?from=0001-01-01")]
    [InlineData("/?to=0001-01-01")]
    [InlineData("/articles?from=0001-01-01&to=9999-12-31")]
    [InlineData("/feeds?page=abc")]
    [InlineData("/feeds?page=999999999999")]
    [InlineData("/feeds/1?before=abc")]
    [InlineData("/sign-in?wrong=abc")]
    public async Task AnAddressThatMakesNoSenseShowsWhatItCan(string path)
    {
        var page = await site.SignedInAsync();
        await InZoneAsync(page, "Asia/Baghdad");
        var answer = await page.Context.APIRequest.GetAsync(new Uri(site.Address, path).AbsoluteUri, new() { Headers = ForPeople });
        Assert.Equal(200, answer.Status);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("/articles?source=%00a")]
    [InlineData("/feeds?q=%00")]
    public async Task WhatNoDatabaseHoldsIsRefusedInWords(string path)
    {
        var page = await site.SignedInAsync();
        var answer = await page.Context.APIRequest.GetAsync(new Uri(site.Address, path).AbsoluteUri, new() { Headers = ForPeople });
        Assert.Equal(400, answer.Status);
        Assert.Contains("Something in the address does not hold", await answer.TextAsync(), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("/?watch=%00")]
    [InlineData("/?assignee=%00")]
    public async Task AFilterThatNoDatabaseHoldsSaysSo(string path)
    {
        var page = await site.SignedInAsync(new() { Locale = "ar-IQ" });
        await site.GotoAsync(page, path);
        await Assertions.Expect(page.Locator("[role=alert] .said").First).ToHaveTextAsync("فيه المحرف U+0000، ولا يمكن حفظه.");
        await page.Context.CloseAsync();
    }

    // What the browser calls its zone need not be a name that the database knows.
    [Theory]
    [InlineData("Arabic Standard Time")]
    [InlineData("../../../etc/passwd")]
    [InlineData("asia/baghdad")]
    public async Task AnyNameOfATimeZoneIsTaken(string zone)
    {
        var page = await site.SignedInAsync();
        await InZoneAsync(page, zone);
        foreach (var path in new[] { "/watches", "/overview", "/feeds" })
        {
            var answer = await page.Context.APIRequest.GetAsync(new Uri(site.Address, path).AbsoluteUri, new() { Headers = ForPeople });
            Assert.Equal(200, answer.Status);
        }

        await page.Context.CloseAsync();
    }

    // Days are the reader's: an alert of half past eleven at night UTC is tomorrow's in Baghdad.
    [Theory]
    [InlineData("UTC")]
    [InlineData("Asia/Baghdad")]
    [InlineData("America/Los_Angeles")]
    public async Task AlertsAreCountedByTheReadersDays(string zone)
    {
        var page = await site.SignedInAsync();
        await InZoneAsync(page, zone);
        await site.RunSqlAsync("""
            INSERT INTO watches (id, name, severity, definition, enabled, origin, revision, created_at, updated_at)
            SELECT 'days', 'Days', severity, definition, false, origin, 1, now(), now() FROM watches WHERE id = 'baghdad';
            INSERT INTO alerts (id, watch_id, watch_revision, story_id, article_id, severity, status, title, source,
                raised_at, updated_at, hits, excerpt)
            SELECT 900000, 'days', 1, story_id, article_id, severity, 'dismissed', 'Days', source,
                date_trunc('day', now(), 'UTC') - interval '4 days 30 minutes', now(), hits, excerpt FROM alerts ORDER BY id LIMIT 1;
            """);
        try
        {
            var raised = DateTimeOffset.UtcNow.Date.AddDays(-4).AddMinutes(-30);
            var day = TimeZoneInfo.ConvertTimeFromUtc(raised, TimeZoneInfo.FindSystemTimeZoneById(zone)).Date;
            var today = TimeZoneInfo.ConvertTimeFromUtc(DateTime.UtcNow, TimeZoneInfo.FindSystemTimeZoneById(zone)).Date;
            await site.GotoAsync(page, "/watches");
            var bar = await page.Locator("tr", new() { HasText = "Days" }).Locator("path.value").GetAttributeAsync("d");
            Assert.Equal($"M{13 - (today - day).Days} 100v-100h.8v100z", bar);
        }
        finally
        {
            await site.RunSqlAsync("DELETE FROM alerts WHERE id = 900000; DELETE FROM watches WHERE id = 'days'");
        }

        await page.Context.CloseAsync();
    }

    // A saved view keeps its days as moments; the filter shows them as days again, and keeps them when it is used once more.
    [Theory]
    [InlineData("/?status=any&from=2026-01-05T21:00:00.0000000%2B00:00&to=2026-01-07T21:00:00.0000000%2B00:00", "2026-01-06", "2026-01-07")]
    [InlineData("/articles?from=2026-01-06&to=2026-01-07", "2026-01-06", "2026-01-07")]
    [InlineData("/?from=x&to=2026-01-40", "", "")]
    public async Task TheFilterShowsItsDays(string path, string from, string to)
    {
        var page = await site.SignedInAsync();
        await InZoneAsync(page, "Asia/Baghdad");
        var answer = await page.Context.APIRequest.GetAsync(new Uri(site.Address, path).AbsoluteUri, new() { Headers = ForPeople });
        var values = DayField().Matches(await answer.TextAsync()).Select(m => m.Groups["value"].Value);
        Assert.Equal([from, to], values);
        await page.Context.CloseAsync();
    }

    [GeneratedRegex("""<input id="(from|to)" name="(from|to)" type="date"( value="(?<value>[^"]*)")?""")]
    private static partial Regex DayField();

    [Theory]
    [InlineData("/feeds?q=a", "/feeds?q=a")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("/a\nb", "/")]
    [InlineData(null, "/")]
    public void AFormLeadsNowhereElse(string? asked, string led) => Assert.Equal(led, Session.Local(asked));

    Task InZoneAsync(IPage page, string zone) => page.Context.AddCookiesAsync(
        [new() { Name = "nm-zone", Value = Uri.EscapeDataString(zone), Url = site.Address.AbsoluteUri }]);

    static readonly KeyValuePair<string, string>[] ForPeople = [new("Accept", "text/html")];

    [Fact]
    public async Task AWrongKeyIsToldAndLetsNobodyIn()
    {
        var page = await site.SignedInAsync();
        await page.ClickAsync(".menu summary");
        await page.ClickAsync("text=Sign out");
        await page.FillAsync("#key", "nm_wrong");
        await page.ClickAsync("button.main");
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("unknown, expired or revoked");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task TheListShowsEachAlertWithItsHighlights()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/?status=any");
        await Assertions.Expect(page.Locator(".alert")).ToHaveCountAsync(site.Alerts);
        await Assertions.Expect(page.Locator(".alert mark", new() { HasText = "لقاآني" }).First).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task FeedTextNeverBecomesMarkup()
    {
        var page = await site.SignedInAsync();
        await Assertions.Expect(page).ToHaveTitleAsync(new Regex("Alerts"));
        Assert.Equal(0, await page.Locator(".alert script, .alert img").CountAsync());
        await page.Locator(".alert a.title", new() { HasText = "arrives" }).ClickAsync();
        await page.WaitForURLAsync("**/alerts/*");
        Assert.DoesNotContain("taken", await page.TitleAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("article img, article script").CountAsync());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task ALongTitleDoesNotWidenThePage()
    {
        var page = await site.SignedInAsync(new() { Locale = "en-GB", ViewportSize = new() { Width = 390, Height = 844 } });
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task KeysWalkTriageAndUndo()
    {
        var page = await site.SignedInAsync();
        await page.Keyboard.PressAsync("j");
        var id = await page.Locator(".alert.current").GetAttributeAsync("id");
        var before = await page.Locator(".alert.current").GetAttributeAsync("data-status");
        await page.Keyboard.PressAsync("c");
        await Assertions.Expect(page.Locator($"#{id}")).ToHaveAttributeAsync("data-status", "confirmed");
        await page.Keyboard.PressAsync("z");
        await Assertions.Expect(page.Locator($"#{id}")).ToHaveAttributeAsync("data-status", before!);
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Locator("dialog#keys")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task WithoutScriptAnAlertCanBeReadAndChanged()
    {
        var page = await site.SignedInAsync(new() { Locale = "en-GB", JavaScriptEnabled = false });
        await site.GotoAsync(page, "/?status=any");
        await page.Locator(".alert a.title", new() { HasText = "quiet day" }).ClickAsync();
        await page.FillAsync("#note", "ملاحظة من المناوب");
        await page.ClickAsync("button[value=investigating]");
        await Assertions.Expect(page.Locator("strong.status")).ToHaveTextAsync("Investigating");
        await Assertions.Expect(page.Locator(".note")).ToHaveTextAsync("ملاحظة من المناوب");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task TheFilterIsTheAddress()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/?status=any");
        foreach (var status in new[] { "confirmed", "dismissed", "new", "acknowledged", "investigating" })
        {
            await page.CheckAsync($".filter input[value={status}]");
        }

        await page.SelectOptionAsync("#watch", "baghdad");
        await page.ClickAsync("form[role=search] button.main");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("watch=baghdad"));
        await Assertions.Expect(page.Locator(".alert")).ToHaveCountAsync(3);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/overview")]
    [InlineData("/watches")]
    [InlineData("/watches/qaani")]
    [InlineData("/watches/new")]
    [InlineData("/feeds")]
    [InlineData("/feeds/1")]
    [InlineData("/recipients")]
    [InlineData("/silences")]
    [InlineData("/alerts/1")]
    [InlineData("/articles")]
    [InlineData("/articles/1")]
    [InlineData("/preferences")]
    public async Task EveryPageReadsFromRightToLeftInArabic(string path)
    {
        var page = await site.SignedInAsync(new() { Locale = "ar-IQ" });
        var answer = await page.GotoAsync(new Uri(site.Address, path).AbsoluteUri);
        Assert.Equal(200, answer!.Status);
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        await Assertions.Expect(page.Locator("nav a", new() { HasText = "التنبيهات" })).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task AFilterThatCannotBeReadSaysSoInsteadOfShowingAnEmptyList()
    {
        var page = await site.SignedInAsync(new() { Locale = "ar-IQ" });
        await site.GotoAsync(page, "/?q=(Qaani");
        await Assertions.Expect(page.Locator("[role=alert]").First).ToContainTextAsync("تعذرت قراءة التصفية");
        await Assertions.Expect(page.Locator("[role=alert] .said").First).ToContainTextAsync("القوس الفاتح");
        await Assertions.Expect(page.Locator(".inboxform")).ToBeHiddenAsync();
        await page.ClickAsync("main a.button.main:has-text('مسح التصفية')");
        await Assertions.Expect(page.Locator(".inboxform")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task AWatchIsTriedWhileItIsWritten()
    {
        var page = await site.SignedInAsync();
        await page.GotoAsync(new Uri(site.Address, "/watches/qaani").AbsoluteUri);
        await page.FillAsync("#sample", "وصل قآني إلى المطار");
        await Assertions.Expect(page.Locator("#trial mark")).ToHaveTextAsync("قآني");
        await page.FillAsync("#sample", "فستان أحمر");
        await Assertions.Expect(page.Locator("#trial")).ToContainTextAsync("It does not fire");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task AChangeByCookieFromAnotherPlaceIsRefused()
    {
        var page = await site.SignedInAsync();
        var cookies = await page.Context.CookiesAsync();
        using var http = new HttpClient { BaseAddress = site.Address };
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/watches/baghdad");
        request.Headers.Add("Cookie", string.Join("; ", cookies.Select(c => $"{c.Name}={c.Value}")));
        using var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await page.Context.CloseAsync();
    }

    [GeneratedRegex(@"<script(?![^>]*\bsrc=)|\son\w+=|<style|\sstyle=")]
    private static partial Regex InlineScript();
}
