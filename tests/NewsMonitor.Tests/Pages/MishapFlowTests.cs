using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace NewsMonitor.Tests.Pages;

/// <summary>What goes wrong between a browser and a service: presses that come twice, sessions that end, connections that break.</summary>
[Collection(nameof(PageFixture))]
public sealed class MishapFlowTests(PageFixture site)
{
    [Fact]
    public async Task AKeyThatIsPressedTwiceCanStillBeUndone()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/?status=any&watch=qaani");
        await page.Keyboard.PressAsync("j");
        var row = page.Locator("#" + await page.Locator(".alert.current").GetAttributeAsync("id"));
        var before = await row.GetAttributeAsync("data-status");
        var key = before == "dismissed" ? ("c", "confirmed") : ("d", "dismissed");
        await page.Keyboard.PressAsync(key.Item1);
        await page.Keyboard.PressAsync(key.Item1);
        await Assertions.Expect(page.Locator("#toast button")).ToBeVisibleAsync();
        await Assertions.Expect(row).ToHaveAttributeAsync("data-status", key.Item2);
        await page.Keyboard.PressAsync("z");
        await Assertions.Expect(row).ToHaveAttributeAsync("data-status", before!);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task ANoteThatIsBeingWrittenOutlivesAKey()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/alerts/2");
        await page.FillAsync("#note", "half a thought");
        await page.Locator("#note").BlurAsync();
        await page.Keyboard.PressAsync("i");
        await Assertions.Expect(page.Locator("strong.status")).ToHaveTextAsync("Investigating");
        await Assertions.Expect(page.Locator("#note")).ToHaveValueAsync("half a thought");

        // The button takes the note with it, and the focus stays in the form.
        await page.ClickAsync("#triage button[value=confirmed]");
        await Assertions.Expect(page.Locator("strong.status")).ToHaveTextAsync("Confirmed");
        await Assertions.Expect(page.Locator(".note").First).ToHaveTextAsync("half a thought");
        await Assertions.Expect(page.Locator("#note")).ToHaveValueAsync("");
        await Assertions.Expect(page.Locator("#toast button")).ToHaveTextAsync("Undo");
        Assert.True(await page.EvaluateAsync<bool>("document.activeElement.closest('#triage') !== null"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task AChangeThatWasMadeIsNotCalledUndoneWhenOnlyThePageCannotBeReadAgain()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/alerts/3");
        await page.RouteAsync("**/alerts/3", route => route.AbortAsync());
        var wanted = await page.Locator("#one").GetAttributeAsync("data-status") == "dismissed" ? ("c", "confirmed") : ("d", "dismissed");
        await page.Keyboard.PressAsync(wanted.Item1);
        await Assertions.Expect(page.Locator("#toast")).ToContainTextAsync("Done.");
        await page.UnrouteAllAsync();
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#one")).ToHaveAttributeAsync("data-status", wanted.Item2);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task AFormThatIsSentTwiceIsTakenOnce()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/silences");
        await page.FillAsync("#phrase", "twice");
        await page.FillAsync("#reason", "double press");
        var sent = 0;
        await page.RouteAsync("**/api/v1/silences", route =>
        {
            sent++;
            return route.FulfillAsync(new() { Status = 201, ContentType = "application/json", Body = "{}" });
        });

        // The page that comes after takes its time: until then the form stands there.
        await page.RouteAsync(new Uri(site.Address, "/silences").AbsoluteUri, async route =>
        {
            await Task.Delay(1500);
            await route.ContinueAsync();
        });
        var button = page.Locator("form[data-api*=silences] button.main");
        var next = page.WaitForRequestAsync(new Uri(site.Address, "/silences").AbsoluteUri);
        await button.ClickAsync();
        await next;
        await button.EvaluateAsync("b => b.click()");
        await page.WaitForLoadStateAsync();
        await Assertions.Expect(page.Locator("#phrase")).ToHaveValueAsync("");
        Assert.Equal(1, sent);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task WhatWasWrittenIsStillThereWhenTheSessionHasEnded()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/watches/qaani");
        await page.FillAsync("#context", "a phrase that took long to find");
        await page.Context.ClearCookiesAsync(new() { Name = "nm-session" });
        await page.ClickAsync("form#watch button.main");
        await Assertions.Expect(page.Locator("#toast")).ToContainTextAsync("no longer signed in");
        await Task.Delay(2500);
        await Assertions.Expect(page.Locator("#context")).ToHaveValueAsync("a phrase that took long to find");

        // Signed in again beside it, the form can be sent.
        var beside = await page.RunAndWaitForPopupAsync(() => page.ClickAsync("#toast button"));
        await beside.FillAsync("#key", PageFixture.AdminKey);
        await beside.ClickAsync("button.main");
        await beside.WaitForSelectorAsync("main h1:not(.signin h1)");
        await page.FillAsync("#context", "");
        await page.ClickAsync("form#watch button.main");
        await Assertions.Expect(page.Locator("#toast")).ToHaveTextAsync("Saved.");
        await page.Context.CloseAsync();
    }

    // A proxy before a service that starts again answers 502; browsers give a stream up for good after that.
    [Fact]
    public async Task TheStreamComesBackAfterAnAnswerThatIsNone()
    {
        var page = await site.SignedInAsync();
        var refused = 0;
        await page.RouteAsync("**/api/v1/alerts/stream*", route =>
            refused++ < 2 ? route.FulfillAsync(new() { Status = 502 }) : route.ContinueAsync());
        await site.GotoAsync(page, "/?status=any");
        await Assertions.Expect(page.Locator("[data-connection]")).ToHaveTextAsync("Live");
        Assert.True(refused > 2);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task AStreamWithoutASessionSaysSo()
    {
        var page = await site.SignedInAsync();
        await page.RouteAsync("**/api/v1/alerts/stream*", async route =>
        {
            await page.Context.ClearCookiesAsync(new() { Name = "nm-session" });
            await route.FulfillAsync(new() { Status = 401 });
        });
        await site.GotoAsync(page, "/?status=any");
        await Assertions.Expect(page.Locator("#toast")).ToContainTextAsync("no longer signed in");
        await page.Context.CloseAsync();
    }

    // What arrives while the rows are being fetched waits behind the button in its turn, and no row comes twice.
    [Fact]
    public async Task NoNewAlertIsLostOrDoubledWhileOthersAreFetched()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/?status=any&watch=qaani");
        await Assertions.Expect(page.Locator("[data-connection]")).ToHaveTextAsync("Live");
        var title = await page.TitleAsync();
        try
        {
            await RaiseAsync(910001);
            await Assertions.Expect(page.Locator("#live button")).ToHaveTextAsync("1 new alert");
            await Assertions.Expect(page).ToHaveTitleAsync("(1) " + title);
            var held = new TaskCompletionSource();
            await page.RouteAsync("**/do/alerts/rows*", async route =>
            {
                await held.Task;
                await route.ContinueAsync();
            });
            await page.EvaluateAsync("""() => { const b = document.querySelector("#live button"); b.click(); b.click(); }""");
            await RaiseAsync(910002);
            await Assertions.Expect(page.Locator("#live button")).ToHaveTextAsync("1 new alert");
            held.SetResult();
            await Assertions.Expect(page.Locator("#alert-910001")).ToHaveCountAsync(1);
            await Assertions.Expect(page.Locator("#live button")).ToHaveTextAsync("1 new alert");
            await page.ClickAsync("#live button");
            await Assertions.Expect(page.Locator("#alert-910002")).ToHaveCountAsync(1);
            await Assertions.Expect(page.Locator("#alert-910001")).ToHaveCountAsync(1);
            await Assertions.Expect(page).ToHaveTitleAsync(title);
        }
        finally
        {
            await site.RunSqlAsync("DELETE FROM alerts WHERE id > 910000; DELETE FROM stories WHERE id > 910000");
        }

        await page.Context.CloseAsync();
    }

    // Between the moment at which the list is read and the stream's first word nothing is missed.
    [Fact]
    public async Task WhatComesBeforeTheStreamIsThereIsShownToo()
    {
        var page = await site.SignedInAsync();
        var held = new TaskCompletionSource();
        await page.RouteAsync("**/api/v1/alerts/stream*", async route =>
        {
            await held.Task;
            await route.ContinueAsync();
        });
        await site.GotoAsync(page, "/?status=any&watch=qaani");
        try
        {
            await RaiseAsync(930001);
            await page.Context.APIRequest.GetAsync(new Uri(site.Address, "/api/v1/alerts?limit=1").AbsoluteUri);
            held.SetResult();
            await Assertions.Expect(page.Locator("#live button")).ToHaveTextAsync("1 new alert");
        }
        finally
        {
            await site.RunSqlAsync("DELETE FROM alerts WHERE id > 910000; DELETE FROM stories WHERE id > 910000");
        }

        await page.Context.CloseAsync();
    }

    // Many more than the page fetches at once: it is shown anew instead of leaving some out.
    [Fact]
    public async Task AFloodOfAlertsIsShownWhole()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/?status=any&watch=qaani");
        await Assertions.Expect(page.Locator("[data-connection]")).ToHaveTextAsync("Live");
        try
        {
            await RaiseAsync(920001, 130);
            await Assertions.Expect(page.Locator("#live button")).ToHaveTextAsync("100+ new alerts");
            await page.ClickAsync("#live button");
            await Assertions.Expect(page.Locator("#alert-920130")).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator("a[rel=next]")).ToBeVisibleAsync();
            Assert.Equal(50, await page.Locator(".alert").CountAsync());
        }
        finally
        {
            await site.RunSqlAsync("DELETE FROM alerts WHERE id > 910000; DELETE FROM stories WHERE id > 910000");
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task AChangeThatCouldNotBeReadIsReadWhenTheStreamIsBack()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/?status=any&watch=qaani");
        await Assertions.Expect(page.Locator("[data-connection]")).ToHaveTextAsync("Live");
        var row = page.Locator(".alert").First;
        var id = await row.GetAttributeAsync("data-id");
        var (before, wanted) = (await row.GetAttributeAsync("data-status"), "acknowledged");
        wanted = before == wanted ? "investigating" : wanted;
        var failed = 0;
        await page.RouteAsync("**/do/alerts/rows*", route => failed++ == 0 ? route.AbortAsync() : route.ContinueAsync());
        await page.EvaluateAsync("""
            ([id, status]) => fetch("/api/v1/alerts/" + id, { method: "PATCH", body: JSON.stringify({ status }),
              headers: { "X-Monitor-Page": "1", "Content-Type": "application/json" } })
            """, new[] { id, wanted });
        await Assertions.Expect(row).ToHaveAttributeAsync("data-status", wanted);
        Assert.True(failed > 1);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("{\"progress\":{\"articles\":1,\"total\":9}}\n")]
    [InlineData("")]
    public async Task ABacktestThatBreaksOffSaysSo(string body)
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/watches/qaani");
        await page.RouteAsync("**/api/v1/watches/backtest",
            route => route.FulfillAsync(new() { ContentType = "application/x-ndjson", Body = body }));
        await page.ClickAsync("[data-start]");
        await Assertions.Expect(page.Locator("form#watch [data-problem]")).ToContainTextAsync("broke off");
        await Assertions.Expect(page.Locator("[data-start]")).ToBeEnabledAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task ABacktestOfNoDaysIsAskedForByTheField()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/watches/qaani");
        await page.FillAsync("#since", "");
        await page.ClickAsync("[data-start]");
        await Assertions.Expect(page.Locator("#since")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("form#watch [data-problem]")).ToBeHiddenAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task ALinkIsCopiedWhereTheClipboardIsForbidden()
    {
        var page = await site.SignedInAsync();
        await page.AddInitScriptAsync("navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'))");
        await site.GotoAsync(page, "/alerts/1");
        await page.ClickAsync("[data-copy]");
        await Assertions.Expect(page.Locator("#toast")).ToHaveTextAsync("Copied");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task ASiteIsAskedForItsFeedsOnceAtATime()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/feeds");
        await page.ClickAsync("details.adder > summary");
        await page.FillAsync("#url", "https://news.example/");
        var held = new TaskCompletionSource();
        await page.RouteAsync("**/api/v1/feeds/discover", async route =>
        {
            await held.Task;
            await route.FulfillAsync(new() { ContentType = "application/json", Body = "[]" });
        });
        await page.ClickAsync("[data-find]");
        await Assertions.Expect(page.Locator("[data-find]")).ToBeDisabledAsync();
        held.SetResult();
        await Assertions.Expect(page.Locator("#found")).ToHaveTextAsync(new Regex("names no feed"));
        await Assertions.Expect(page.Locator("[data-find]")).ToBeEnabledAsync();
        await page.Context.CloseAsync();
    }

    // As the pipeline would: a story of its own, an alert, the line of history that the stream tells of.
    Task RaiseAsync(long id, int count = 1) => site.RunSqlAsync($"""
        INSERT INTO stories (id, title, first_seen_at, last_seen_at, article_count, source_count)
        SELECT n, 'Raised', now(), now(), 1, 1 FROM generate_series({id}, {id + count - 1}) n;
        INSERT INTO alerts (id, watch_id, watch_revision, story_id, article_id, severity, status, title, source, raised_at, updated_at,
            hits, excerpt)
        SELECT n, a.watch_id, 1, n, a.article_id, a.severity, 'new', 'Raised', a.source, now() + n * interval '1 millisecond', now(), a.hits,
            a.excerpt
        FROM generate_series({id}, {id + count - 1}) n, (SELECT * FROM alerts WHERE watch_id = 'qaani' ORDER BY id LIMIT 1) a;
        INSERT INTO alert_history (alert_id, at, actor, change)
        SELECT n, now(), 'service', 'raised' FROM generate_series({id}, {id + count - 1}) n
        """);
}
