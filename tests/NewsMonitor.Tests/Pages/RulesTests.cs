using System.Text.Json;
using Microsoft.Playwright;

namespace NewsMonitor.Tests.Pages;

/// <summary>Every page under the rules of axe-core (npm), in both languages, light and dark, on a desk and on a phone.</summary>
[Collection(nameof(PageFixture))]
public sealed class RulesTests(PageFixture site, AxeCore axe, HtmlRules html) : IClassFixture<HtmlRules>
{
    internal static readonly string[] Paths =
    [
        "/", "/?status=any", "/?watch=baghdad&severity=critical", "/alerts/1", "/alerts/2",
        "/articles", "/articles?q=Qaani&source=Feed+0", "/articles?q=(Qaani", "/articles?q=nowhere", "/articles/1", "/overview", "/watches",
        "/watches/qaani", "/watches/new",
        "/feeds", "/feeds/1", "/recipients", "/recipients/desk", "/silences", "/start", "/preferences", "/nowhere", "/alerts/99999",
    ];

    [Theory]
    [InlineData("en-GB", ColorScheme.Light, 1280)]
    [InlineData("ar-IQ", ColorScheme.Dark, 1280)]
    [InlineData("ar-IQ", ColorScheme.Light, 390)]
    [InlineData("en-GB", ColorScheme.Dark, 390)]
    public async Task NoPageBreaksARule(string language, ColorScheme colours, int width)
    {
        // The rules come in by the debugger, past the page's own policy, which forbids exactly this.
        var page = await site.SignedInAsync(new()
        {
            Locale = language, ColorScheme = colours, BypassCSP = true, ViewportSize = new() { Width = width, Height = 844 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        var broken = new List<string>();
        foreach (var path in Paths)
        {
            await page.GotoAsync(new Uri(site.Address, path).AbsoluteUri);
            if (path.StartsWith("/watches/", StringComparison.Ordinal) && !path.EndsWith("new", StringComparison.Ordinal))
            {
                await page.WaitForSelectorAsync("#trial .verdict");
            }

            broken.AddRange(await axe.BrokenAsync(page, path));
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"),
                $"{path} is wider than the screen.");
        }

        await page.GotoAsync(new Uri(site.Address, "/").AbsoluteUri);
        await page.Keyboard.PressAsync("?");
        broken.AddRange(await axe.BrokenAsync(page, "the help"));
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("e");
        broken.AddRange(await axe.BrokenAsync(page, "the dialog"));
        Assert.Empty(broken);
        await page.Context.CloseAsync();
    }

    /// <summary>As html-validate (npm) reads the HTML standard: well-formed, each id once, every element where it may stand.</summary>
    [Theory]
    [InlineData("en-GB")]
    [InlineData("ar-IQ")]
    public async Task EveryPageIsValidHtml(string language)
    {
        var page = await site.SignedInAsync(new() { Locale = language });
        var pages = new Dictionary<string, string> { ["a page that is not valid"] = "<!DOCTYPE html><p id=a><p id=a>" };
        foreach (var path in Paths.Append("/?from=x&q=\"").Append("/sign-in?wrong=true"))
        {
            var answer = await page.Context.APIRequest.GetAsync(new Uri(site.Address, path).AbsoluteUri,
                new() { Headers = [new("Accept", "text/html"), new("Accept-Language", language)] });
            pages[path] = await answer.TextAsync();
        }

        var faults = (await html.FaultsAsync(pages)).ToLookup(fault => fault.Page, fault => fault.Said);
        Assert.NotEmpty(faults["a page that is not valid"]);
        Assert.Empty(faults.Where(page => page.Key != "a page that is not valid").Select(page => $"{page.Key}: {string.Join("; ", page)}"));
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("en-GB", ColorScheme.Light)]
    [InlineData("ar-IQ", ColorScheme.Dark)]
    public async Task SigningInBreaksNoRule(string language, ColorScheme colours)
    {
        var page = await site.AnonymousAsync(new() { Locale = language, ColorScheme = colours, BypassCSP = true });
        foreach (var path in new[] { "/sign-in", "/sign-in?wrong=true", "/preferences" })
        {
            await page.GotoAsync(new Uri(site.Address, path).AbsoluteUri);
            Assert.Empty(await axe.BrokenAsync(page, path));
        }

        await page.Context.CloseAsync();
    }

    /// <summary>WCAG 2.2, 2.5.8: whatever is pressed is 24 pixels high and wide, but for links inside sentences and lists of
    /// links.</summary>
    [Fact]
    public async Task EverythingToPressIsLargeEnough()
    {
        var page = await site.SignedInAsync(new()
        {
            Locale = "en-GB", ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true,
            IsMobile = true
        });
        foreach (var path in Paths)
        {
            await page.GotoAsync(new Uri(site.Address, path).AbsoluteUri);
            var small = await page.EvaluateAsync<string[]>("""
                () => [...document.querySelectorAll("button, .button, select, input:not([type=hidden]), summary, nav a")]
                  .filter(e => e.checkVisibility({ visibilityProperty: true }) && !(e.matches("input[type=checkbox]") && (e.closest("label") || e.closest(".alert"))))
                  .map(e => [e, e.getBoundingClientRect()]).filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24))
                  .map(([e, box]) => `${e.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)
                """);
            Assert.Empty(small.Select(s => $"{path}: {s}"));
        }

        await page.Context.CloseAsync();
    }
}

/// <summary>axe-core from npm, in a folder that lasts as long as the tests.</summary>
public sealed class AxeCore : IAsyncLifetime
{
    readonly Deliveries.NodePackages _packages = new("axe-core@4");
    string _script = "";

    public async Task InitializeAsync()
    {
        await _packages.InitializeAsync();
        _script = await File.ReadAllTextAsync(_packages.File("axe-core", "axe.min.js"));
    }

    public Task DisposeAsync() => _packages.DisposeAsync();

    /// <summary>Each broken rule with the element that breaks it; every rule counts, the advised ones too.</summary>
    public async Task<IReadOnlyList<string>> BrokenAsync(IPage page, string where)
    {
        await page.EvaluateAsync(_script);
        var found = await page.EvaluateAsync<JsonElement>("""
            async () => (await axe.run()).violations.flatMap(v =>
              v.nodes.map(n => `${v.id}: ${n.html.slice(0, 160)} ${n.failureSummary.slice(0, 240)}`))
            """);
        return [.. found.EnumerateArray().Select(line => $"{where}: {line.GetString()}")];
    }
}

/// <summary>The HTML standard's rules by html-validate, installed once a run.</summary>
public sealed class HtmlRules : IAsyncLifetime
{
    readonly Deliveries.NodePackages _packages = new("html-validate@10");

    public Task InitializeAsync() => _packages.InitializeAsync();

    public Task DisposeAsync() => _packages.DisposeAsync();

    /// <summary>What is wrong with each page's HTML; how a tag without content is closed is left to taste.</summary>
    public async Task<IReadOnlyList<(string Page, string Said)>> FaultsAsync(IReadOnlyDictionary<string, string> pages)
    {
        var faults = await _packages.Ask("""
            import { readFileSync } from "node:fs";
            import { HtmlValidate } from "html-validate";
            const taste = { "void-style": "off", "doctype-style": "off" };
            const rules = new HtmlValidate({ root: true, extends: ["html-validate:standard"], rules: taste });
            const faults = [];
            for (const [page, html] of Object.entries(JSON.parse(readFileSync(0, "utf8"))))
              for (const { messages } of (await rules.validateString(html)).results)
                for (const { ruleId, message, selector } of messages) faults.push([page, `${ruleId}: ${message} (${selector})`]);
            console.log(JSON.stringify(faults));
            """, pages);
        return [.. faults.EnumerateArray().Select(fault => (fault[0].GetString()!, fault[1].GetString()!))];
    }
}
