using Microsoft.Playwright;

namespace NewsMonitor.Tests.Pages;

/// <summary>The page where the system chooses the colours, on paper, and in lines of mixed direction.</summary>
[Collection(nameof(PageFixture))]
public sealed class MediaTests(PageFixture site)
{
    // Forced colours take away backgrounds and shadows; what they alone said must be said otherwise.
    [Fact]
    public async Task NothingIsSaidByABackgroundAloneWhereColoursAreForced()
    {
        var page = await site.SignedInAsync(new() { Locale = "en-GB", ForcedColors = ForcedColors.Active });
        await site.GotoAsync(page, "/?status=any");
        await page.Keyboard.PressAsync("j");
        Assert.Equal("solid", await Style(page, ".alert.current", "outlineStyle"));
        await page.Keyboard.PressAsync("x");
        await page.Keyboard.PressAsync("t");
        await Assertions.Expect(page.Locator("#toast")).ToContainTextAsync("Done.");
        Assert.NotEqual("none", await Style(page, "#toast", "borderTopStyle"));
        await page.Keyboard.PressAsync("z");
        await Assertions.Expect(page.Locator("#toast")).ToHaveTextAsync("Undone.");

        // Only what is urgent has a thick edge.
        Assert.Equal("solid none", await page.EvaluateAsync<string>("""
            () => ["high", "low"].map(severity => {
              const row = document.querySelector(".alert");
              row.dataset.severity = severity;
              return getComputedStyle(row).borderInlineStartStyle;
            }).join(" ")
            """));
        await site.GotoAsync(page, "/feeds");
        Assert.NotEqual(await Style(page, ".states a:not([aria-current])", "outlineStyle"),
            await Style(page, ".states a[aria-current]", "outlineStyle"));
        Assert.NotEqual(await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.card')).backgroundColor"),
            await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.dot'), '::before').backgroundColor"));
        await site.GotoAsync(page, "/?status=any");
        await page.Locator(".alert a.title", new() { HasText = "quiet day" }).ClickAsync();
        await page.Locator(".story details summary").First.ClickAsync();
        Assert.Equal("underline", await Style(page, "ins", "textDecorationLine"));
        await page.Context.CloseAsync();
    }

    // Browsers leave backgrounds out on paper: light letters would be white on white.
    [Theory]
    [InlineData("dark")]
    [InlineData("auto")]
    public async Task OnPaperTheLettersAreDark(string theme)
    {
        var page = await site.SignedInAsync(new() { Locale = "en-GB", ColorScheme = ColorScheme.Dark });
        await page.Context.AddCookiesAsync([new() { Name = "nm-view", Value = $"en|{theme}||latin", Url = site.Address.AbsoluteUri }]);
        await site.GotoAsync(page, "/alerts/1");
        Assert.Equal("rgb(233, 234, 237)", await Style(page, "body", "color"));
        await page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Dark });
        Assert.Equal("rgb(26, 29, 33)", await Style(page, "body", "color"));
        foreach (var (path, gone) in new[]
        {
            ("/alerts/1", ".bar, #triage, .quiet"), ("/?status=any", ".side, .toolbar, .alert > input, .quick, .opener"),
        })
        {
            await site.GotoAsync(page, path);
            foreach (var part in await page.Locator(gone).AllAsync())
            {
                await Assertions.Expect(part).ToBeHiddenAsync();
            }
        }

        await page.Context.CloseAsync();
    }

    // A query is read from left to right whatever its first word is, or its operators stand with the wrong words.
    [Theory]
    [InlineData("en-GB")]
    [InlineData("ar-IQ")]
    public async Task AQueryKeepsItsOrder(string language)
    {
        var page = await site.SignedInAsync(new() { Locale = language });
        await site.GotoAsync(page, "/watches/new?query=" + Uri.EscapeDataString("(قاآني OR Qaani) NEAR/30 (بغداد OR Baghdad)"));
        Assert.Equal("ltr", await Style(page, "#query", "direction"));
        await CallAsync(page, "POST", "/api/v1/watches", """
            {"id":"asked","name":"Asked","terms":["Ghaani"],"query":"(قاآني OR Qaani) NEAR/30 Baghdad","enabled":false}
            """);
        try
        {
            await site.GotoAsync(page, "/watches");
            var places = await page.EvaluateAsync<float[]>("""
                () => {
                  const text = [...document.querySelectorAll(".code")].find(e => e.textContent.includes("NEAR")).firstChild;
                  const range = document.createRange();
                  return ["قاآني", "OR", "NEAR"].map(word => {
                    const at = text.data.indexOf(word);
                    range.setStart(text, at);
                    range.setEnd(text, at + word.length);
                    return range.getBoundingClientRect().left;
                  });
                }
                """);
            Assert.True(places[0] < places[1], string.Join(' ', places));

            // Below the terms, not in one line with the last of them.
            var cell = page.Locator("td", new() { HasText = "Ghaani" }).Last;
            Assert.True((await cell.Locator(".code").BoundingBoxAsync())!.Y > (await cell.Locator("bdi").First.BoundingBoxAsync())!.Y + 10);
        }
        finally
        {
            await CallAsync(page, "DELETE", "/api/v1/watches/asked");
        }

        await page.Context.CloseAsync();
    }

    // A long word in one column leaves the others their words.
    [Fact]
    public async Task ALongWordSqueezesNoOtherColumn()
    {
        var page = await site.SignedInAsync();
        await site.RunSqlAsync("""
            INSERT INTO silences (source, reason, starts_at, created_by, created_at)
            VALUES ('Squeeze', repeat('x', 180), now(), 'configured admin', now())
            """);
        try
        {
            await site.GotoAsync(page, "/silences");
            var lines = await page.Locator("tr", new() { HasText = "Squeeze" }).Locator("td[data-label=By] bdi").EvaluateAsync<int>("""
                e => {
                  const word = document.createRange();
                  word.setStart(e.firstChild, 0);
                  word.setEnd(e.firstChild, "configured".length);
                  return word.getClientRects().length;
                }
                """);
            Assert.Equal(1, lines);
        }
        finally
        {
            await site.RunSqlAsync("DELETE FROM silences WHERE source = 'Squeeze'");
        }

        await page.Context.CloseAsync();
    }

    static Task CallAsync(IPage page, string method, string path, string? body = null) => page.EvaluateAsync("""
        async ([method, path, body]) => {
          const headers = { "X-Monitor-Page": "1", "Content-Type": "application/json" };
          const answer = await fetch(path, { method, body, headers });
          if (!answer.ok) throw new Error(await answer.text());
        }
        """, new[] { method, path, body });

    static Task<string> Style(IPage page, string element, string property) =>
        page.Locator(element).First.EvaluateAsync<string>("(e, property) => getComputedStyle(e)[property]", property);
}
