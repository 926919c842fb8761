using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace NewsMonitor.Tests.Pages;

/// <summary>A morning's alerts, in a real browser: choosing, changing, undoing, looking at one, and what others do meanwhile.</summary>
[Collection(nameof(PageFixture))]
public sealed class TriageFlowTests(PageFixture site)
{
    [Fact]
    public async Task ManyAreChosenChangedAndSetBack()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/?status=any&watch=qaani");
        var rows = page.Locator(".alert");
        await Assertions.Expect(page.Locator(".bulk")).ToBeHiddenAsync();
        var before = new string?[3];
        for (var i = 0; i < 3; i++)
        {
            before[i] = await rows.Nth(i).GetAttributeAsync("data-status");
        }

        await rows.Nth(0).Locator("> input").ClickAsync();
        await rows.Nth(2).Locator("> input").ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Assertions.Expect(page.Locator("[data-chosen]")).ToHaveTextAsync("3 chosen");
        await page.ClickAsync(".bulk button[value=confirmed]");
        for (var i = 0; i < 3; i++)
        {
            await Assertions.Expect(rows.Nth(i)).ToHaveAttributeAsync("data-status", "confirmed");
        }

        await page.ClickAsync("#toast button");
        for (var i = 0; i < 3; i++)
        {
            await Assertions.Expect(rows.Nth(i)).ToHaveAttributeAsync("data-status", before[i]!);
        }

        await page.ReloadAsync();
        await Assertions.Expect(rows.Nth(0)).ToHaveAttributeAsync("data-status", before[0]!);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task StatusAssigneeAndNoteAreSetInPlace()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/?status=any");
        var row = page.Locator(".alert", new() { HasText = "arrives" });
        await row.HoverAsync();
        await row.Locator("[data-edit]").ClickAsync();
        await page.SelectOptionAsync("#edit-status", "investigating");
        await page.FillAsync("#edit-assign", "منى");
        await page.FillAsync("#edit-note", "asked the bureau");
        await page.ClickAsync("dialog#edit button.main");
        await Assertions.Expect(row.Locator(".status")).ToHaveTextAsync("Investigating");
        await Assertions.Expect(row).ToContainTextAsync("Assigned to منى");
        await row.Locator("a.title").ClickAsync();
        await Assertions.Expect(page.Locator(".note")).ToHaveTextAsync("asked the bureau");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task WithoutScriptARowIsChangedByItsOwnButton()
    {
        var page = await site.SignedInAsync(new() { Locale = "en-GB", JavaScriptEnabled = false });
        await site.GotoAsync(page, "/?status=any");
        var row = page.Locator(".alert", new() { HasText = "gets its bridge" });
        await row.HoverAsync();
        await row.Locator("button[name=one]").First.ClickAsync();
        await Assertions.Expect(page.Locator(".alert", new() { HasText = "gets its bridge" })
            .Locator(".status")).Not.ToHaveTextAsync("New");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"\?status=any$"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task AViewIsKeptOpenedAndRemoved()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/?status=any&severity=critical&q=Qaani");
        await page.FillAsync("#viewname", "قاآني فقط");
        await page.ClickAsync("form[data-api*=views] button");
        await page.ClickAsync(".views a:has-text('قاآني فقط')");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("severity=critical.*q=Qaani"));
        await Assertions.Expect(page.Locator(".views a[aria-current]")).ToHaveTextAsync("قاآني فقط");
        page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await page.ClickAsync(".views button");
        await Assertions.Expect(page.Locator(".views a:has-text('قاآني فقط')")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task WhatOthersChangeAndWhatComesInShowsWithoutAJump()
    {
        var (mine, other) = (await site.SignedInAsync(), await site.SignedInAsync());
        await site.GotoAsync(mine, "/?status=any");
        await Assertions.Expect(mine.Locator("[data-connection]")).ToHaveTextAsync("Live");
        var first = await mine.Locator(".alert").First.GetAttributeAsync("id");
        await site.GotoAsync(other, "/?status=any");
        var row = other.Locator(".alert", new() { HasText = "quiet day" });
        var id = await row.GetAttributeAsync("id");
        await row.Locator("> input").ClickAsync();
        await other.ClickAsync(".bulk button[value=confirmed]");
        await Assertions.Expect(mine.Locator($"#{id}")).ToHaveAttributeAsync("data-status", "confirmed");

        site.Newsroom.Serve("/late.xml",
            PageFixture.Rss("Late",
            [PageFixture.Item("late", "Qaani speaks at night", "He spoke at length about nothing that was said before in any of them.")]));
        await site.GotoAsync(other, "/feeds");
        await other.ClickAsync("details.adder > summary");
        await other.FillAsync("#url", new Uri(site.Newsroom.Address, "/late.xml").AbsoluteUri);
        await other.ClickAsync("text=Add this address");
        await Assertions.Expect(mine.Locator("#live button")).ToHaveTextAsync("1 new alert", new() { Timeout = 60_000 });
        Assert.Equal(first, await mine.Locator(".alert").First.GetAttributeAsync("id"));
        await mine.ClickAsync("#live button");
        await Assertions.Expect(mine.Locator(".alert").First).ToContainTextAsync("Qaani speaks at night");

        // As it was, for the tests that count.
        await site.RemoveAlertsAsync("Qaani speaks at night");
        await mine.Context.CloseAsync();
        await other.Context.CloseAsync();
    }

    [Fact]
    public async Task OneAlertShowsItsStoryItsCopiesWhoWasToldAndItsHistory()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/?status=any");
        await page.Locator(".alert a.title", new() { HasText = "quiet day" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("A quiet day in Baghdad");
        await Assertions.Expect(page.Locator(".sightings circle")).ToHaveCountAsync(2);
        await page.Locator(".story details summary").First.ClickAsync();
        await Assertions.Expect(page.Locator(".change ins, .change del").Filter(new() { HasText = "rain fell on the empty squares" }).First)
            .ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("section", new() { HasText = "Related stories" }).Last)
            .ToContainTextAsync("Baghdad gets its bridge");
        await Assertions.Expect(page.Locator("section", new() { HasText = "Who was told" }).Last).ToContainTextAsync("desk");
        await Assertions.Expect(page.Locator(".log").Last).ToContainTextAsync("raised");
        await Assertions.Expect(page.Locator("table mark").First).ToHaveTextAsync("Baghdad");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task KeysWorkOnTheAlertAndLeadToTheNext()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/?status=any&watch=qaani");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("o");
        await page.WaitForURLAsync("**/alerts/*");
        var (first, before) = (page.Url, await page.Locator("strong.status").TextContentAsync());
        await page.Keyboard.PressAsync("d");
        await Assertions.Expect(page.Locator("strong.status")).ToHaveTextAsync("Dismissed");
        await page.Keyboard.PressAsync("z");
        await Assertions.Expect(page.Locator("strong.status")).ToHaveTextAsync(before!);
        await page.Keyboard.PressAsync("j");
        await page.WaitForURLAsync(url => url != first);
        await page.Keyboard.PressAsync("u");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"\?status=any&watch=qaani$"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task ADismissedAlertTeachesItsWatch()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/?status=any&watch=baghdad");
        await page.Locator(".alert a.title", new() { HasText = "زيارة" }).ClickAsync();
        await page.ClickAsync("#triage button[value=dismissed]");
        await page.Locator("#advice a.button").First.ClickAsync();
        await page.WaitForURLAsync("**/watches/baghdad?*");
        await Assertions.Expect(page.Locator("#not")).ToHaveValueAsync(new Regex("بغداد"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task AHighlightSaysItsReasonByPointerAndByKeyboard()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/?status=any");
        var mark = page.Locator(".excerpt mark", new() { HasText = "لقاآني" }).First;
        await mark.HoverAsync();
        await Assertions.Expect(page.Locator("#why")).ToContainTextAsync("proclitic ل");
        await page.Mouse.MoveAsync(0, 0);
        await Assertions.Expect(page.Locator("#why")).ToBeHiddenAsync();
        await mark.FocusAsync();
        await Assertions.Expect(page.Locator("#why")).ToContainTextAsync("proclitic ل");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task ASessionThatHasEndedIsToldAndNothingPretendsToHaveWorked()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/?status=any");
        var before = await page.Locator(".alert").First.GetAttributeAsync("data-status");
        await page.Context.ClearCookiesAsync(new() { Name = "nm-session" });
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("d");
        await Assertions.Expect(page.Locator("#toast")).ToContainTextAsync("no longer signed in");
        await Assertions.Expect(page.Locator(".alert").First).ToHaveAttributeAsync("data-status", before!);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task HostileTextsStayInTheirPlace()
    {
        var page = await site.SignedInAsync(new() { Locale = "ar-IQ", ViewportSize = new() { Width = 390, Height = 844 } });
        foreach (var title in new[] { "long long", "gnihtemos", "arrives" })
        {
            await site.GotoAsync(page, "/?status=any");
            var row = page.Locator(".alert", new() { HasText = title }).First;
            Assert.True((await row.BoundingBoxAsync())!.Height < 420, $"The row of '{title}' takes the screen.");

            // An override that a feed text opens must not reach the row's own words.
            Assert.Equal("isolate", await row.Locator(".title").EvaluateAsync<string>("e => getComputedStyle(e).unicodeBidi"));
            await row.Locator("a.title").ClickAsync();
            await page.WaitForURLAsync("**/alerts/*");
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), title);
            Assert.True((await page.Locator("h1").BoundingBoxAsync())!.Height < 500, $"The headline '{title}' takes the screen.");
        }

        await page.Context.CloseAsync();
    }
}
