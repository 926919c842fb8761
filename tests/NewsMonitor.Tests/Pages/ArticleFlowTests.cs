using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace NewsMonitor.Tests.Pages;

/// <summary>The archive, searched and walked in a real browser.</summary>
[Collection(nameof(PageFixture))]
public sealed class ArticleFlowTests(PageFixture site)
{
    static string Sql => PageFixture.Script.Replace("'", "''", StringComparison.Ordinal);

    [Fact]
    public async Task ASearchFindsArticlesWithHighlightsAndTheAddressSaysWhatWasAsked()
    {
        var page = await site.SignedInAsync(new() { Locale = "en-GB", JavaScriptEnabled = false });
        await page.ClickAsync("nav a:has-text('Archive')");
        await Assertions.Expect(page.Locator(".alert").First).ToBeVisibleAsync();
        await page.FillAsync("#q", "قآني OR Karrada");
        await page.ClickAsync("form[role=search] button.main");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"/articles\?q=%D9%82"));
        await Assertions.Expect(page.Locator(".alert")).ToHaveCountAsync(4);
        Assert.Equal("قآني OR Karrada", await page.InputValueAsync("#q"));
        await Assertions.Expect(page.Locator(".alert .title mark")).ToHaveTextAsync("لقاآني");
        await Assertions.Expect(page.Locator(".alert .title mark")).ToHaveAttributeAsync("title", new Regex("proclitic"));
        await Assertions.Expect(page.Locator(".alert .excerpt mark", new() { HasText = "Karrada" }).First).ToBeVisibleAsync();

        // Two copies of one story name its alert, and lead to each other.
        await Assertions.Expect(page.Locator(".alert", new() { HasText = "2 articles, 2 sources" })).ToHaveCountAsync(2);
        await page.Locator("a:has-text('2 articles, 2 sources')").First.ClickAsync();
        await Assertions.Expect(page.Locator(".alert")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("form[role=search]")).ToContainTextAsync("Only the articles of one story.");
        await page.Locator(".alert .meta a:has-text('Baghdad')").First.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/alerts/"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task SourceLanguageAndDaysNarrowTheArchiveInTheReadersTimeZone()
    {
        var page = await site.SignedInAsync(new() { Locale = "en-GB", TimezoneId = "Asia/Tokyo" });
        await site.GotoAsync(page, "/articles");
        await page.ClickAsync(".asks summary >> nth=0");
        await page.FillAsync("#source", "Feed 1");
        await page.ClickAsync("form[role=search] button.main");
        await Assertions.Expect(page.Locator(".alert")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("#source")).ToBeVisibleAsync();

        // One was fetched a minute past midnight in Tokyo, which is the day before in Greenwich.
        await site.RunSqlAsync("UPDATE articles SET fetched_at = '2026-03-04 15:01:00Z' WHERE item_id = 'w5'");
        try
        {
            await site.GotoAsync(page, "/articles?source=Feed+1&from=2026-03-05&to=2026-03-05");
            await Assertions.Expect(page.Locator(".alert time")).ToHaveTextAsync("5 Mar 2026 00:01");
            await site.GotoAsync(page, "/articles?source=Feed+1&to=2026-03-04");
            await Assertions.Expect(page.Locator(".alert")).ToHaveCountAsync(0);
        }
        finally
        {
            await site.RunSqlAsync("UPDATE articles SET fetched_at = now() WHERE item_id = 'w5'");
        }

        await site.GotoAsync(page, "/articles?language=ja");
        await Assertions.Expect(page.Locator(".empty h2")).ToHaveTextAsync("Nothing in the archive fits.");
        await page.ClickAsync(".empty a.main");
        await Assertions.Expect(page.Locator(".alert").First).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task ASearchThatCannotBeReadIsExplainedBesideItsBox()
    {
        var page = await site.SignedInAsync(new() { Locale = "ar-IQ", JavaScriptEnabled = false });
        await site.GotoAsync(page, "/articles?q=Qaani+(Baghdad");
        await Assertions.Expect(page.Locator("#q")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(page.Locator("#q")).ToHaveAttributeAsync("aria-describedby", "q-fault");
        await Assertions.Expect(page.Locator("#q")).ToBeFocusedAsync();
        Assert.Equal("Qaani (Baghdad", await page.InputValueAsync("#q"));
        await Assertions.Expect(page.Locator("#q-fault")).ToContainTextAsync("تعذرت قراءة البحث");
        await Assertions.Expect(page.Locator("#q-fault")).ToContainTextAsync(new Regex(@"السطر 1، العمود \d+: القوس الفاتح .* لم يغلق"));
        await Assertions.Expect(page.Locator(".alert, .empty")).ToHaveCountAsync(0);
        await site.GotoAsync(page, "/articles?cursor=none");
        await Assertions.Expect(page.Locator(".notice.error")).ToContainTextAsync("هذا الموضع من القائمة غير معروف");
        await page.ClickAsync("main a.button.main");
        await Assertions.Expect(page.Locator(".alert").First).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task FoundFeedTextNeverBecomesMarkupNorWidensThePage()
    {
        var page = await site.SignedInAsync(new() { Locale = "ar-IQ", ViewportSize = new() { Width = 390, Height = 844 } });

        // A feed's markup is taken out when it is read; here it stands in the archive all the same.
        await site.RunSqlAsync(
            $"UPDATE articles SET title = title || '{Sql}', text = 'Qaani {Sql}', source = '{Sql}' WHERE item_id = '1' AND source = 'Feed 0'");
        try
        {
            await site.GotoAsync(page, "/articles?q=" + Uri.EscapeDataString("Qaani OR \"<script>document title</script>\""));
            foreach (var place in new[] { ".title", ".excerpt", ".meta" })
            {
                await Assertions.Expect(page.Locator(".alert " + place, new() { HasText = "onerror=" })).ToHaveCountAsync(1);
            }

            await Assertions.Expect(page.Locator("main :is(img, script)")).ToHaveCountAsync(0);
            Assert.StartsWith("Qaani OR \"<script>", await page.TitleAsync(), StringComparison.Ordinal);
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));

            // An override of the direction ends with the title that has it.
            var reversed = page.Locator(".alert .title", new() { HasText = "desrever" });
            await Assertions.Expect(reversed).ToHaveAttributeAsync("dir", "auto");
            Assert.Equal("isolate", await reversed.EvaluateAsync<string>("e => getComputedStyle(e).unicodeBidi"));
        }
        finally
        {
            await site.RunSqlAsync("UPDATE articles SET title = 'Qaani  arrives', text = 'Story number 1', source = 'Feed 0' WHERE source LIKE '<script%'");
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task KeysWalkWhatWasFoundAndLeadBackToTheSearch()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/articles?q=Karrada&source=Feed+1");
        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(page.Locator("#q")).ToBeFocusedAsync();
        await page.EvaluateAsync("document.activeElement.blur()");
        foreach (var key in new[] { "j", "j", "k", "c", "x", "z" })
        {
            await page.Keyboard.PressAsync(key);
        }

        await Assertions.Expect(page.Locator(".alert").First).ToHaveClassAsync("alert current");
        await Assertions.Expect(page.Locator(".alert .title").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("o");
        await page.WaitForURLAsync("**/articles/*?q=Karrada");
        await Assertions.Expect(page.Locator("article")).ToContainTextAsync("Karrada");
        await page.Keyboard.PressAsync("u");
        await page.WaitForURLAsync("**/articles?q=Karrada&source=Feed+1");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task AFoundArticleShowsWhereItSaysWhatWasSearchedFor()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/articles?q=%22narrow+yes%22&source=Feed+1");
        await page.ClickAsync(".alert .title");
        await Assertions.Expect(page.Locator("article .text mark", new() { HasText = "narrow yes" })).ToBeVisibleAsync();
        await page.ClickAsync(".crumb a");
        await page.WaitForURLAsync("**/articles?q=%22narrow+yes%22&source=Feed+1");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task ASearchBecomesAWatch()
    {
        var page = await site.SignedInAsync();
        await site.GotoAsync(page, "/articles?q=" + Uri.EscapeDataString("\"cycle bridge\" NOT ferryman"));
        await page.ClickAsync("text=New watch from this search");
        Assert.Equal("\"cycle bridge\" NOT ferryman", await page.InputValueAsync("#query"));
        await Assertions.Expect(page.Locator("#trial .verdict")).ToContainTextAsync("It fires on 2 of the latest");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task PagesGoOnWhereTheLastOneEndedAndALongSearchSaysHowFarItCame()
    {
        var page = await site.SignedInAsync(new() { Locale = "en-GB", JavaScriptEnabled = false });

        // The oldest has both words side by side; the many after it have them the other way round, which no index knows.
        await site.RunSqlAsync(
            """
            INSERT INTO articles (id, feed_id, item_id, url, title, text, source, source_host, fetched_at, updated_at, content_hash, revision, story_id)
            SELECT 1000000 + i, feed_id, 'many ' || i, url, CASE i WHEN 0 THEN 'The night harbour' ELSE 'Harbour at night' END, 'Number ' || i, source,
                   source_host, '2026-02-03 10:00:00Z', updated_at, content_hash, revision, story_id
            FROM articles, generate_series(0, 12000) i WHERE item_id = 'w5';
            INSERT INTO article_words SELECT 1000000 + i, '''harbour'':1A,3A ''at'':2A ''night'':2A,3A' FROM generate_series(0, 12000) i
            ON CONFLICT (article_id) DO UPDATE SET words = excluded.words;
            ANALYZE article_words
            """);
        try
        {
            await site.GotoAsync(page, "/articles?q=harbour");
            await Assertions.Expect(page.Locator(".alert")).ToHaveCountAsync(40);
            await Assertions.Expect(page.Locator(".alert .excerpt").First).ToHaveTextAsync("Number 12000");
            await page.ClickAsync("a[rel=next]:has-text('Older articles')");
            await Assertions.Expect(page.Locator(".alert .excerpt").First).ToHaveTextAsync("Number 11960");
            await page.ClickAsync("text=Back to the newest");
            await Assertions.Expect(page.Locator(".alert .excerpt").First).ToHaveTextAsync("Number 12000");

            await page.FillAsync("#q", "\"night harbour\"");
            await page.ClickAsync("form[role=search] button.main");
            await Assertions.Expect(page.Locator(".empty h2")).ToHaveTextAsync("Nothing found so far.");
            await Assertions.Expect(page.Locator("main .actions:last-child")).ToContainTextAsync("3 Feb 2026 10:00");
            for (var i = 0; i < 12 && await page.Locator(".alert").CountAsync() == 0; i++)
            {
                await page.ClickAsync("text=Search further back");
            }

            await Assertions.Expect(page.Locator(".alert .title mark")).ToHaveTextAsync("night harbour");
        }
        finally
        {
            await site.RunSqlAsync("DELETE FROM article_words WHERE article_id >= 1000000; DELETE FROM articles WHERE id >= 1000000");
        }

        await page.Context.CloseAsync();
    }
}
