using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace NewsMonitor.Tests.Pages;

/// <summary>Keys, and the rules of WCAG 2.2 AA that no checker of markup can see: focus, reflow, large text, messages, errors,
/// headings.</summary>
[Collection(nameof(PageFixture))]
public sealed class AccessFlowTests(PageFixture site)
{
    [Fact]
    public async Task TheKeyTTakesAnAlertAndUndoGivesItBack()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/?status=any&watch=qaani");
        await page.Keyboard.PressAsync("j");
        var id = await page.Locator(".alert.current").GetAttributeAsync("id");
        var row = page.Locator("#" + id);
        var before = await row.GetAttributeAsync("data-assignee");
        await page.Keyboard.PressAsync("t");
        await Assertions.Expect(row).ToHaveAttributeAsync("data-assignee", "configured admin");
        await Assertions.Expect(row).ToContainTextAsync("→");
        await page.Keyboard.PressAsync("z");
        await Assertions.Expect(row).Not.ToHaveAttributeAsync("data-assignee", "configured admin");
        await page.ReloadAsync();
        Assert.Equal(before ?? "", await row.GetAttributeAsync("data-assignee") ?? "");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task GAndALetterLeadToEachPage()
    {
        var page = await site.SignedInAsync();
        foreach (var (key, path) in new[] { ("h", "/articles"), ("o", "/overview"), ("w", "/watches"), ("f", "/feeds"), ("r", "/recipients"),
            ("s", "/silences"), ("a", "/") })
        {
            await page.Keyboard.PressAsync("g");
            await page.Keyboard.PressAsync(key);
            await page.WaitForURLAsync(new Uri(site.Address, path).AbsoluteUri);
            await page.WaitForLoadStateAsync();
        }

        // Whoever writes means letters.
        await page.FocusAsync("#q");
        await page.Keyboard.TypeAsync("go");
        Assert.Equal("go", await page.InputValueAsync("#q"));
        await Assertions.Expect(page).ToHaveURLAsync(new Uri(site.Address, "/").AbsoluteUri);
        await page.Context.CloseAsync();
    }

    // On an Arabic keyboard the key of j writes ت, that of / writes ظ, and ? is ؟.
    [Fact]
    public async Task KeysAreWhereTheyAreOnAnyKeyboard()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/?status=any&watch=qaani");
        await PressAsync(page, "ت", "KeyJ");
        await Assertions.Expect(page.Locator(".alert.current")).ToHaveCountAsync(1);
        await PressAsync(page, "ء", "KeyX");
        await Assertions.Expect(page.Locator(".alert.current > input")).ToBeCheckedAsync();
        await PressAsync(page, "ظ", "Slash");
        await Assertions.Expect(page.Locator("#q")).ToBeFocusedAsync();
        await page.Locator("#q").BlurAsync();
        await PressAsync(page, "؟", "Slash", shift: true);
        await Assertions.Expect(page.Locator("dialog#keys")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    static Task PressAsync(IPage page, string key, string code, bool shift = false) => page.EvaluateAsync("""
        ([key, code, shift]) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
          { key, code, shiftKey: shift === "shift", bubbles: true, cancelable: true }))
        """, new[] { key, code, shift ? "shift" : "" });

    [Fact]
    public async Task TheKeyForSearchOpensTheFilterOnAPhone()
    {
        var page = await site.SignedInAsync(new() { Locale = "en-GB", ViewportSize = new() { Width = 390, Height = 844 } });
        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(page.Locator("#q")).ToBeFocusedAsync();
        await page.Context.CloseAsync();
    }

    // 1.4.13: what appears by pointer or focus goes away by a key, and what was open is closed by it.
    [Fact]
    public async Task EscapeClosesTheReasonAndTheMenu()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/?status=any");
        await page.Locator(".excerpt mark").First.FocusAsync();
        await Assertions.Expect(page.Locator("#why")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#why")).ToBeHiddenAsync();
        await page.ClickAsync(".menu summary");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator(".menu > div")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator(".menu summary")).ToBeFocusedAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task AnIdFollowsFromANameWithAccents()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/watches/new");
        await page.FillAsync("#name", "Élysée, São Paulo");
        await Assertions.Expect(page.Locator("#id")).ToHaveValueAsync("elysee-sao-paulo");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task TheLinkOfAnAlertIsCopied()
    {
        var page = await site.SignedInAsync(new() { Locale = "en-GB", Permissions = ["clipboard-read", "clipboard-write"] });
        await site.GotoAsync(page, "/alerts/1");
        await page.ClickAsync("[data-copy]");
        await Assertions.Expect(page.Locator("#toast")).ToHaveTextAsync("Copied");
        Assert.Equal(new Uri(site.Address, "/alerts/1").AbsoluteUri, await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task ASilenceEndsWhenTheReadersOwnClockSaysSo()
    {
        var page = await site.SignedInAsync(new() { Locale = "en-GB", TimezoneId = "America/New_York" });
        await site.GotoAsync(page, "/preferences?returnTo=/silences");
        await page.SelectOptionAsync("#zone", "Asia/Tehran");
        await page.ClickAsync("button.main");
        await page.WaitForURLAsync("**/silences");
        await page.FillAsync("#phrase", "مهرجان");
        await page.FillAsync("#endsAt", "2031-07-04T09:30");
        await page.FillAsync("#reason", "festival");
        await page.ClickAsync("form[data-api] button.main");
        var until = page.Locator("tbody tr", new() { HasText = "مهرجان" }).Locator("td").Nth(2);
        await Assertions.Expect(until).ToHaveTextAsync("4 Jul 2031 09:30");
        await Assertions.Expect(until.Locator("time")).ToHaveAttributeAsync("datetime", "2031-07-04T06:00:00Z");

        // One that is over by then says so, and goes.
        await site.RunSqlAsync("UPDATE silences SET ends_at = now() - interval '1 minute' WHERE phrase = 'مهرجان'");
        await page.ReloadAsync();
        await Assertions.Expect(until).ToContainTextAsync("over");
        await page.Locator("tbody tr", new() { HasText = "مهرجان" }).Locator("button").ClickAsync();
        await Assertions.Expect(page.Locator("tbody tr", new() { HasText = "مهرجان" })).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task TheFirstKeyLeadsPastTheBarToTheContent()
    {
        var page = await site.SignedInAsync();
        foreach (var path in new[] { "/overview", "/watches/qaani" })
        {
            await site.GotoAsync(page, path);
            await page.Keyboard.PressAsync("Tab");
            await Assertions.Expect(page.Locator(".skip")).ToBeFocusedAsync();
            Assert.True((await page.Locator(".skip").BoundingBoxAsync())!.X >= 0);
            await page.Keyboard.PressAsync("Enter");
            await page.Keyboard.PressAsync("Tab");
            Assert.True(await page.EvaluateAsync<bool>("document.activeElement.closest('main') !== null"), path);
        }

        await page.Context.CloseAsync();
    }

    /// <summary>2.4.7, 2.4.11: what has the focus is seen to have it, and nothing that stays in place lies over it, forwards and
    /// backwards.</summary>
    [Theory]
    [InlineData("/?status=any", 1280, 420)]
    [InlineData("/?status=any", 390, 600)]
    [InlineData("/articles?q=Qaani", 390, 600)]
    [InlineData("/watches/qaani", 1280, 500)]
    [InlineData("/alerts/1", 390, 600)]
    public async Task TheFocusIsSeenAndNothingHidesIt(string path, int width, int height)
    {
        var page = await site.SignedInAsync(new() { Locale = "ar-IQ", ViewportSize = new() { Width = width, Height = height } });
        await site.GotoAsync(page, path);
        if (path.StartsWith("/watches/", StringComparison.Ordinal))
        {
            // The trial on the latest articles comes a moment later and moves what stands below it.
            await Assertions.Expect(page.Locator("#trial .verdict")).ToHaveTextAsync(new Regex("[0-9٠-٩]"));
        }

        foreach (var key in new[] { "Tab", "Shift+Tab" })
        {
            for (var i = 0; i < 110; i++)
            {
                await page.Keyboard.PressAsync(key);
                var wrong = await page.EvaluateAsync<string?>("""
                    () => {
                      const e = document.activeElement;
                      if (e === document.body || e.matches("main")) return null;
                      const box = e.getBoundingClientRect(), style = getComputedStyle(e);
                      if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return "no outline: " + e.outerHTML.slice(0, 120);
                      // A line of a text may be broken over two: each of its boxes counts.
                      const seen = [...e.getClientRects()].some(r => {
                        const x = Math.min(Math.max((r.left + r.right) / 2, 1), innerWidth - 1), y = Math.min(Math.max((r.top + r.bottom) / 2, 1), innerHeight - 1);
                        const top = document.elementFromPoint(x, y);
                        return top && (e.contains(top) || top.contains(e) && !top.matches(".toolbar, #toast") || top.closest("label")?.contains(e));
                      });
                      return seen && box.bottom > 0 && box.top < innerHeight ? null : "hidden: " + e.outerHTML.slice(0, 120) + JSON.stringify(box);
                    }
                    """);
                Assert.True(wrong is null, $"{path}, {key} {i}: {wrong}");
            }
        }

        await page.Context.CloseAsync();
    }

    /// <summary>1.4.10 and 1.4.4: 320 pixels are wide enough, and so is a desk with letters twice as large.</summary>
    [Theory]
    [InlineData("en-GB", 320, 100)]
    [InlineData("ar-IQ", 320, 100)]
    [InlineData("en-GB", 1280, 200)]
    [InlineData("ar-IQ", 1280, 200)]
    public async Task NothingRunsOutOfTheScreenOrIsCutOff(string language, int width, int percent)
    {
        var page = await site.SignedInAsync(new() { Locale = language, ViewportSize = new() { Width = width, Height = 800 } });
        var wrong = new List<string>();
        foreach (var path in RulesTests.Paths)
        {
            await site.GotoAsync(page, path);
            await page.EvaluateAsync($"document.documentElement.style.fontSize = '{percent * .9375}%'");
            wrong.AddRange(await page.EvaluateAsync<string[]>("""
                path => {
                  const out = document.documentElement.scrollWidth > innerWidth ? [`${path} is ${document.documentElement.scrollWidth} wide`] : [];
                  for (const e of document.querySelectorAll("button, .button, th, label, h1, h2, .figure, .tag, dt, select"))
                    if (e.checkVisibility() && !e.closest(".sr, .bar nav") && (e.scrollWidth > e.clientWidth + 2 && e.clientWidth > 0 && getComputedStyle(e).overflowX !== "visible"
                        && getComputedStyle(e).overflowX !== "auto" || e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1))
                      out.push(`${path}: ${e.outerHTML.slice(0, 100)}`);
                  return out;
                }
                """, path));
        }

        Assert.Empty(wrong);
        await page.Context.CloseAsync();
    }

    /// <summary>1.3.1, 2.4.6: one headline of the first order, and no step left out below it.</summary>
    [Fact]
    public async Task HeadingsGoDownStepByStep()
    {
        var page = await site.SignedInAsync();
        foreach (var path in RulesTests.Paths)
        {
            await site.GotoAsync(page, path);
            if (path == "/watches/qaani")
            {
                await page.WaitForSelectorAsync("#trial .verdict");
            }

            var levels = await page.EvaluateAsync<int[]>(
                "() => [...document.querySelectorAll('h1, h2, h3, h4')].filter(h => h.checkVisibility() && !h.closest('dialog')).map(h => +h.tagName[1])");
            Assert.True(levels.Count(l => l == 1) == 1, $"{path}: {string.Join(' ', levels)}");
            Assert.True(levels.Zip(levels.Skip(1)).All(pair => pair.Second <= pair.First + 1), $"{path}: {string.Join(' ', levels)}");
        }

        await page.Context.CloseAsync();
    }

    /// <summary>4.1.3: what happened is said by a region that was there before.</summary>
    [Fact]
    public async Task WhatHappenedIsSaidWithoutTakingTheFocus()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/?status=any&watch=qaani");
        await Assertions.Expect(page.Locator("#toast[role=status]")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("[data-connection][role=status]")).ToHaveTextAsync("Live");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(page.Locator("[data-chosen][aria-live=polite]")).ToHaveTextAsync("1 chosen");
        await page.Keyboard.PressAsync("i");
        await Assertions.Expect(page.Locator("#toast")).ToContainTextAsync("Done.");
        Assert.True(await page.EvaluateAsync<bool>("document.activeElement.closest('.alert.current') !== null"));
        await page.Keyboard.PressAsync("z");
        await Assertions.Expect(page.Locator("#toast")).ToHaveTextAsync("Undone.");
        await page.Context.CloseAsync();
    }

    /// <summary>3.3.1, 3.3.3: the field is named, marked, has the focus, and its description says what is wrong.</summary>
    [Fact]
    public async Task AnErrorStandsAtItsFieldAndIsReadWithIt()
    {
        var page = await site.SignedInAsync(new() { Locale = "ar-IQ" });
        await site.GotoAsync(page, "/watches/new");
        await page.FillAsync("#name", "تجربة");
        await page.FillAsync("#id", "qaani");
        await page.FillAsync("#terms", "Qaani");
        await page.FillAsync("[name='examples.match']", "nothing of the kind");
        await page.ClickAsync("#watch button.main");
        var field = page.Locator("[name='examples.match']");
        await Assertions.Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(field).ToBeFocusedAsync();
        var described = (await field.GetAttributeAsync("aria-describedby"))!.Split(' ');
        Assert.Equal("examples.match-fault", described[0]);
        Assert.Equal("examples.match-hint", described[1]);
        await page.FillAsync("[name='examples.match']", "Qaani");
        await page.ClickAsync("#watch button.main");

        // What stands at no field stands at the form's head, in the reader's language first.
        await Assertions.Expect(page.Locator("[data-problem]:visible")).ToHaveTextAsync(new Regex("^يوجد مثله"));
        await Assertions.Expect(field).ToHaveAttributeAsync("aria-describedby", "examples.match-hint");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task NothingMovesForWhoeverAskedForStillness()
    {
        var page = await site.SignedInAsync(new() { Locale = "en-GB", ReducedMotion = ReducedMotion.Reduce });
        foreach (var path in RulesTests.Paths)
        {
            await site.GotoAsync(page, path);
            Assert.Empty(await page.EvaluateAsync<string[]>("""
                () => [...document.querySelectorAll("*")].filter(e => { const s = getComputedStyle(e); return parseFloat(s.transitionDuration) > 0 || s.animationName !== "none" || s.scrollBehavior === "smooth"; })
                  .map(e => e.outerHTML.slice(0, 80))
                """));
        }

        await page.Context.CloseAsync();
    }
}
