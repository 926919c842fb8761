using Microsoft.Playwright;
using NewsMonitor.Deliveries;
using NewsMonitor.Deliveries.Email;
using NewsMonitor.Tests.Pages;

namespace NewsMonitor.Tests.Deliveries;

/// <summary>
/// The HTML email as a browser lays it out, in both languages. Screenshots are kept where MONITOR_SCREENSHOTS names a folder.
/// </summary>
public sealed class EmailLookTests : IAsyncLifetime
{
    IPlaywright _playwright = null!;
    IBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await PageFixture.LaunchAsync(_playwright);
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    [Theory]
    [InlineData("ar", 700, ColorScheme.Light)]
    [InlineData("ar", 360, ColorScheme.Light)]
    [InlineData("ar", 700, ColorScheme.Dark)]
    [InlineData("en", 700, ColorScheme.Light)]
    [InlineData("en", 360, ColorScheme.Light)]
    [InlineData("en", 700, ColorScheme.Dark)]
    public async Task AnAlertReadsWellInItsDirection(string language, int width, ColorScheme scheme)
    {
        var message = Samples.Message(language == "ar" ? Samples.Arabic() : Samples.English());
        var page = await OpenAsync(message, language, width, scheme);
        await ShootAsync(page, $"alert-{language}-{width}-{scheme}");
        Assert.Equal(language == "ar" ? "rtl" : "ltr", await page.EvaluateAsync<string>("getComputedStyle(document.body).direction"));
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        // Every mark stands out from its surroundings, and no text is too faint to read (WCAG's 4.5 to 1).
        Assert.True(await page.Locator("mark").CountAsync() >= 3);
        Assert.Empty(await page.EvaluateAsync<string[]>(Faint));
        // Title and excerpt begin at the side where their script begins, the edge stands there too.
        var card = (await page.Locator(".card").BoundingBoxAsync())!;
        foreach (var part in new[] { "h2", ".card > p[dir]" })
        {
            Assert.Equal(language == "ar" ? "rtl" : "ltr", await page.EvaluateAsync<string>(
                "s => { const e = document.querySelector(s); return e.matches(':dir(rtl)') ? 'rtl' : 'ltr'; }", part));
        }
        Assert.True(card.Width <= 642, $"{card.Width}");
        Assert.Equal(["https://monitor.example.org/alerts/" + (language == "ar" ? 1 : 2), "https://news.example.org/a?b=1&c=2", "https://monitor.example.org/unsubscribe/token"],
            await page.EvaluateAsync<string[]>("[...document.links].map(l => l.href)"));
    }

    [Fact]
    public async Task NamesAndNumbersInAnArabicMailDoNotTearItsLinesApart()
    {
        var page = await OpenAsync(Samples.Message(Samples.Arabic() with { Source = "Reuters (24/7)" }), "ar", 700, ColorScheme.Light);
        // Isolated, a Latin name with punctuation and digits at its end keeps them at its own right; torn apart they would stand at its left.
        Assert.True(await page.EvaluateAsync<bool>("""
            () => {
              const text = [...document.querySelectorAll('bdi')].find(b => b.textContent === 'Reuters (24/7)').firstChild;
              const at = (i) => { const r = document.createRange(); r.setStart(text, i); r.setEnd(text, i + 1); return r.getBoundingClientRect().left; };
              return at(0) < at(8) && at(8) < at(13);
            }
            """));
        // The time reads year first, from the left.
        Assert.Equal("ltr", await page.EvaluateAsync<string>(
            "getComputedStyle([...document.querySelectorAll('bdi')].find(b => b.textContent.startsWith('2026-03-01'))).direction"));
    }

    [Fact]
    public async Task ATestAndANoticeAreReadable()
    {
        foreach (var (message, language) in new[]
        {
            (Samples.Message() with { Notice = "This is a test." }, "en"), (Samples.Message() with { Event = MessageEvent.Notice, Notice = "desk is off <b>" }, "ar"),
        })
        {
            var page = await OpenAsync(message, language, 500, ColorScheme.Light);
            await ShootAsync(page, $"{message.Event}-{language}");
            Assert.Equal(message.Notice, await page.Locator(".card").InnerTextAsync());
            Assert.Equal("ltr", await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.card')).direction"));
            Assert.Empty(await page.EvaluateAsync<string[]>(Faint));
        }
    }

    [Fact]
    public async Task ADigestOfBothLanguagesKeepsEachTextInItsOwnDirection()
    {
        var message = Samples.Message(Samples.Arabic(1), Samples.English(2), Samples.Hostile()) with { Omitted = 5 };
        foreach (var language in new[] { "ar", "en" })
        {
            var page = await OpenAsync(message, language, 700, ColorScheme.Light);
            await ShootAsync(page, $"digest-{language}");
            Assert.Equal(["rtl", "ltr", "ltr"], await page.EvaluateAsync<string[]>(
                "[...document.querySelectorAll('h2')].map(e => e.matches(':dir(rtl)') ? 'rtl' : 'ltr')"));
            Assert.Equal(700, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            Assert.Equal("News Monitor · " + (language == "ar" ? "عدد التنبيهات" : "Alerts") + ": 8", await page.TitleAsync());
        }
    }

    /// <summary>Texts whose contrast with what lies behind them is below 4.5 to 1.</summary>
    const string Faint = """
        () => {
          const parse = c => (c.match(/[\d.]+/g) || []).map(Number);
          const light = c => { const [r, g, b] = parse(c).map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
            return .2126 * r + .7152 * g + .0722 * b; };
          const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if ((parse(c)[3] ?? 1) > 0) return c; } return 'rgb(255,255,255)'; };
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), faint = [];
          while (walker.nextNode()) {
            const text = walker.currentNode.textContent.trim(), e = walker.currentNode.parentElement;
            if (!text) continue;
            const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((x, y) => y - x);
            if ((a + .05) / (b + .05) < 4.5) faint.push(text + ' ' + getComputedStyle(e).color + ' on ' + behind(e));
          }
          return faint;
        }
        """;

    async Task<IPage> OpenAsync(Message message, string language, int width, ColorScheme scheme)
    {
        var (_, _, html) = EmailBody.Of(message, Samples.To(RecipientKind.Email, new Uri("smtp://unused/"), language));
        var context = await _browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 700 }, ColorScheme = scheme, JavaScriptEnabled = true,
        });
        var page = await context.NewPageAsync();
        await page.SetContentAsync(html);
        return page;
    }

    static async Task ShootAsync(IPage page, string name)
    {
        var shot = await page.ScreenshotAsync(new() { FullPage = true });
        Assert.True(shot.Length > 5000, $"{name} is blank.");
        if (Environment.GetEnvironmentVariable("MONITOR_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, name + ".png"), shot);
        }
    }
}
