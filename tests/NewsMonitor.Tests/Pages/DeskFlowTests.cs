using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace NewsMonitor.Tests.Pages;

/// <summary>Watches, feeds, recipients, silences, overview and the reader's own view, in a real browser.</summary>
[Collection(nameof(PageFixture))]
public sealed class DeskFlowTests(PageFixture site)
{
    [Fact]
    public async Task AWatchIsWrittenTriedOnTheArchiveSavedAndSetBack()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/watches/new");
        await page.FillAsync("#name", "Karrada bridge");
        Assert.Equal("karrada-bridge", await page.InputValueAsync("#id"));
        await page.FillAsync("#terms", "Karrada");
        await Assertions.Expect(page.Locator("#trial .verdict")).ToContainTextAsync("It fires on 3 of the latest");
        await Assertions.Expect(page.Locator("#trial .trial mark").First).ToHaveTextAsync("Karrada");
        await page.ClickAsync("#trial summary");
        await Assertions.Expect(page.Locator(".spellings h3")).ToHaveTextAsync("Karrada");
        await page.ClickAsync("#backtest [data-start]");
        await Assertions.Expect(page.Locator("[data-change=gained]")).ToHaveTextAsync("2");
        await Assertions.Expect(page.Locator("#backtest svg.chart rect.gained")).ToHaveCountAsync(1);

        // An example that does not hold is refused at its field, and nothing is stored.
        await page.FillAsync("[name='examples.match']", "nothing of the kind");
        await page.ClickAsync("#watch button.main");
        await Assertions.Expect(page.Locator("[id='examples.match-fault']")).ToBeVisibleAsync();
        await page.FillAsync("[name='examples.match']", "in Karrada");
        await page.ClickAsync("#watch button.main");
        await page.WaitForURLAsync("**/watches");
        await page.ClickAsync("text=Karrada bridge");
        await page.FillAsync("#terms", "Karrada\nدجلة");
        await page.ClickAsync("#watch button.main");
        await Assertions.Expect(page.Locator("#toast")).ToHaveTextAsync("Saved.");
        await Assertions.Expect(page.Locator(".change ins")).ToHaveTextAsync("دجلة");
        page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await page.ClickAsync("[data-raise]");
        await Assertions.Expect(page.Locator("#backtest .notice")).ToContainTextAsync("Alerts raised: 2.");
        await page.ClickAsync("[data-version]");
        Assert.Equal("Karrada", await page.InputValueAsync("#terms"));
        await page.ClickAsync("#watch button.danger");
        await page.WaitForURLAsync("**/watches");
        await Assertions.Expect(page.Locator("text=Karrada bridge")).ToHaveCountAsync(0);
        await site.RemoveAlertsAsync("karrada-bridge");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task RefusalsAreReadInTheReadersLanguage()
    {
        var page = await site.SignedInAsync(new() { Locale = "ar-IQ" });
        await site.GotoAsync(page, "/watches/new");
        await page.FillAsync("#query", "(Qaani OR");
        await Assertions.Expect(page.Locator("#query-fault")).ToContainTextAsync("السطر 1، العمود 10: انتهى الاستعلام هنا");
        foreach (var list in new[] { "/?q=(a", "/articles?q=(a" })
        {
            await site.GotoAsync(page, list);
            await Assertions.Expect(page.Locator("[role=alert] .said")).ToHaveTextAsync("السطر 1، العمود 3: القوس الفاتح في السطر 1، العمود 1، لم يغلق");
        }

        await site.GotoAsync(page, "/feeds");
        await page.ClickAsync(".adder summary");
        await page.FillAsync("#url", "http://127.0.0.1:9/");
        await page.ClickAsync("[data-find]");
        await Assertions.Expect(page.Locator("form:has([data-find]) [data-problem]")).ToContainTextAsync("تعذر الوصول إلى");
        await page.FillAsync("#url", "http://192.168.0.1/");
        await page.ClickAsync("form:has([data-find]) button:not([data-find])");
        await Assertions.Expect(page.Locator("#url-fault")).ToContainTextAsync("ليس عنوانا عاما");

        await site.GotoAsync(page, "/recipients");
        await page.FillAsync("#id", "mail");
        await page.FillAsync("#to", "nobody");
        await page.ClickAsync("form button.main");
        await Assertions.Expect(page.Locator("#to-fault")).ToContainTextAsync("ليس عنوان بريد");

        // What the API says to programs stays English, whoever's cookie they send.
        var answer = await page.Context.APIRequest.GetAsync(new Uri(site.Address, "/api/v1/alerts?q=(a").AbsoluteUri);
        Assert.Contains("expected )", await answer.TextAsync(), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task AQueryThatCannotBeReadSaysWhereWhileItIsWritten()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/watches/new");
        await page.FillAsync("#query", "(Qaani OR");
        await Assertions.Expect(page.Locator("#query-fault")).ToContainTextAsync("column");
        await page.FillAsync("#query", "Qaani OR Karrada");
        await Assertions.Expect(page.Locator("#query-fault")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#trial .verdict")).ToContainTextAsync("It fires on");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task AFeedIsFoundByItsSiteAddedLookedAtAndRemoved()
    {
        site.Newsroom.Serve("/found.xml",
            PageFixture.Rss("Found", [PageFixture.Item("f1", "Nothing of note", "A text that no watch looks for at all.")]));
        var home = site.Newsroom.Serve("/home", "<html><head><title>Home</title><link rel=\"alternate\" type=\"application/rss+xml\" title=\"Found\" href=\"/found.xml\"></head><body></body></html>", "text/html; charset=utf-8");
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/feeds");
        await page.ClickAsync("details.adder > summary");
        await page.FillAsync("#url", home.AbsoluteUri);
        await page.ClickAsync("[data-find]");
        await page.ClickAsync("#found button");
        var link = page.Locator("td a", new() { HasTextRegex = new Regex("found.xml|^Found$") });
        await Assertions.Expect(link).ToBeVisibleAsync();
        await link.ClickAsync();
        await page.ClickAsync("text=Look now");
        for (var i = 0; i < 60 && await page.Locator("ul.log a:has-text('Nothing of note')").CountAsync() == 0; i++)
        {
            await Task.Delay(500);
            await page.ReloadAsync();
        }

        await Assertions.Expect(page.Locator("ul.log a:has-text('Nothing of note')")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("svg.chart")).ToHaveCountAsync(2);
        page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await page.ClickAsync("button.danger");
        await page.WaitForURLAsync("**/feeds");
        await Assertions.Expect(link).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task AnOpmlFileIsImported()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/feeds");
        await page.ClickAsync("details.adder > summary");
        await page.SetInputFilesAsync("#opml", new FilePayload
        {
            Name = "feeds.opml",
            MimeType = "text/x-opml",
            Buffer = System.Text.Encoding.UTF8.GetBytes("<opml version=\"2.0\"><body><outline text=\"مجلد\"><outline type=\"rss\" text=\"Imported\" xmlUrl=\"https://imported.example/feed\"/></outline></body></opml>"),
        });
        await page.ClickAsync("form[data-upload] button");
        var row = page.Locator("tr", new() { HasText = "Imported" });
        await Assertions.Expect(row).ToContainTextAsync("مجلد");
        await Assertions.Expect(row).ToContainTextAsync("Not read yet");

        // What was never read counts as such, and not among the healthy.
        await page.ClickAsync(".states a:has-text('Not read yet')");
        await Assertions.Expect(row).ToHaveCountAsync(1);
        await site.GotoAsync(page, "/feeds?state=healthy");
        await Assertions.Expect(row).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task ARecipientIsAddedTestedChangedAndRemoved()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/recipients");
        await page.FillAsync("#id", "closed-desk");
        await page.SelectOptionAsync("#kind", "webhook");
        await Assertions.Expect(page.Locator("#to")).ToBeHiddenAsync();
        await page.FillAsync("#url", new Uri(site.Newsroom.Address, "/fail").AbsoluteUri);
        await page.ClickAsync("form[data-api] button.main");
        await page.ClickAsync("td a:has-text('closed-desk')");
        await page.ClickAsync("text=Send a test");
        await Assertions.Expect(page.Locator("#answer")).ToContainTextAsync("It did not arrive.");
        await Assertions.Expect(page.Locator("#answer")).ToContainTextAsync(PageFixture.Complaint);
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("tbody tr").First).ToContainTextAsync(PageFixture.Complaint);
        await page.FillAsync("#url", new Uri(site.Newsroom.Address, "/ok").AbsoluteUri);
        await page.SelectOptionAsync("#minSeverity", "critical");
        await page.ClickAsync("aside button.main");
        await Assertions.Expect(page.Locator("#toast")).ToHaveTextAsync("Saved.");
        await page.ClickAsync("tbody button:has-text('Retry')");
        await Assertions.Expect(page.Locator("tbody .dot.good")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await page.ClickAsync(".head button.danger");
        await page.WaitForURLAsync("**/recipients");
        await Assertions.Expect(page.Locator("text=closed-desk")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task ASilenceIsMadeAndEndedAndAStoryIsMuted()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/silences");
        await page.FillAsync("#phrase", "مباراة");
        await page.FillAsync("#reason", "sports");
        await page.ClickAsync("form[data-api] button.main");
        await Assertions.Expect(page.Locator("tbody tr")).ToContainTextAsync("مباراة");
        await page.ClickAsync("tbody button");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(0);
        page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await site.GotoAsync(page, "/alerts/1");
        await page.ClickAsync("text=Mute this story");
        await Assertions.Expect(page.Locator("text=This story is muted.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("text=Mute this story")).ToHaveCountAsync(0);
        await site.GotoAsync(page, "/silences");
        await page.ClickAsync("tbody button");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task TheOverviewShowsAlertsByWatchAndWhatIsInTrouble()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/overview");
        await Assertions.Expect(page.Locator(".legend li", new() { HasText = "Esmail Qaani" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("svg.tall rect")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator(".figure")).ToHaveCountAsync(6);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task LanguageDigitsThemeAndTimeZoneAreTheReaders()
    {
        var page = await site.SignedInAsync(new() { Locale = "en-GB", TimezoneId = "Asia/Baghdad" });
        await site.GotoAsync(page, "/alerts/1");
        var stamp = page.Locator(".log time").Last;
        var utc = DateTimeOffset.Parse((await stamp.GetAttributeAsync("datetime"))!, null);
        await Assertions.Expect(stamp).ToContainTextAsync(utc.ToOffset(TimeSpan.FromHours(3)).ToString("HH:mm", null));
        await site.GotoAsync(page, "/preferences?returnTo=/overview");
        await page.SelectOptionAsync("#language", "ar");
        await page.SelectOptionAsync("#theme", "dark");
        await page.SelectOptionAsync("#digits", "arabic");
        await page.SelectOptionAsync("#zone", "Asia/Tehran");
        await page.ClickAsync("button.main");
        await page.WaitForURLAsync("**/overview");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        await Assertions.Expect(page.Locator(".figure strong").First).ToHaveTextAsync(new Regex("^[٠-٩]+$"));
        Assert.Equal("rgb(18, 20, 24)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        await site.GotoAsync(page, "/alerts/1");
        await Assertions.Expect(page.Locator(".log time").Last).ToContainTextAsync(
            string.Concat(utc.ToOffset(TimeSpan.FromMinutes(210)).ToString("HH:mm", null)
                .Select(c => char.IsAsciiDigit(c) ? (char)(c - '0' + '٠') : c)));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task APageThatIsNotThereSaysWhatToDo()
    {
        var page = await site.SignedInAsync();
        foreach (var path in new[] { "/nowhere", "/alerts/99999", "/watches/none", "/feeds/99999", "/recipients/none", "/articles/99999" })
        {
            var answer = await page.GotoAsync(new Uri(site.Address, path).AbsoluteUri);
            Assert.Equal(404, answer!.Status);
            Assert.Contains("default-src 'none'", answer.Headers["content-security-policy"], StringComparison.Ordinal);
            await Assertions.Expect(page.Locator("a:has-text('To the alerts')")).ToBeVisibleAsync();
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task APageThatFailsSaysSoAndWhereToLook()
    {
        var page = await site.SignedInAsync();
        await site.RunSqlAsync("UPDATE feeds SET track = jsonb_build_object('rhythm', 5) WHERE id = 1");
        try
        {
            var answer = await page.GotoAsync(new Uri(site.Address, "/feeds/1").AbsoluteUri);
            Assert.Equal(500, answer!.Status);
            await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("It did not work");
            await Assertions.Expect(page.Locator(".code")).Not.ToBeEmptyAsync();
        }
        finally
        {
            await site.RunSqlAsync("UPDATE feeds SET track = jsonb_build_object() WHERE id = 1");
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task AFormThatIsTooOldIsRefusedInWords()
    {
        var page = await site.SignedInAsync(new() { Locale = "en-GB", JavaScriptEnabled = false });
        await site.GotoAsync(page, "/alerts/1");
        await page.Context.ClearCookiesAsync(new() { Name = "nm-form" });
        await page.ClickAsync("#triage button[name=status] >> nth=0");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("It did not work");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Nothing was changed");
        await page.Context.CloseAsync();
    }
}
