using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Review;
using NewsMonitor.Tests.Database;
using Npgsql;
using Xunit.Abstractions;

namespace NewsMonitor.Tests.Review;

/// <summary>A service with the documents of SearchDocuments.txt, shared by the searches.</summary>
public sealed class SearchedArchive : IAsyncLifetime
{
    readonly Dictionary<long, int> _numbers = [];

    public ApiServer Server { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await ApiServer.StartAsync(new PostgresFixture());
        await using var db = Server.Database();
        foreach (var line in await File.ReadAllLinesAsync(Path("SearchDocuments.txt")))
        {
            if (line.Split('|') is [var number, var language, var source, var title, var text])
            {
                _numbers[(await db.AddArticleAsync(title, text, source, language)).Id] = int.Parse(number, CultureInfo.InvariantCulture);
            }
        }
    }

    public async Task<HashSet<int>> FindAsync(string query, string more = "") => (await Server.Client(Role.Reader)
        .GetAsync($"articles?limit=200&q={Uri.EscapeDataString(query)}{more}").JsonAsync()).GetProperty("items").EnumerateArray()
        .Select(item => _numbers[item.GetProperty("id").GetInt64()]).ToHashSet();

    /// <summary>What PostgreSQL's own Arabic configuration finds for the same words.</summary>
    public async Task<HashSet<int>> StockAsync(string query)
    {
        await using var connection = new NpgsqlConnection(Server.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT id FROM articles WHERE to_tsvector('arabic', title || ' ' || text) @@ websearch_to_tsquery('arabic', $1)", connection)
        {
            Parameters = { new() { Value = query } },
        };
        var found = new HashSet<int>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            found.Add(_numbers[reader.GetInt64(0)]);
        }

        return found;
    }

    public static IEnumerable<(string Query, int[] Must, int[] MustNot)> Table() => File.ReadAllLines(Path("SearchQuality.txt"))
        .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('|'))
        .Select(parts => (parts[0].Trim(), Numbers(parts[1]), Numbers(parts[2])));

    static int[] Numbers(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => int.Parse(n, CultureInfo.InvariantCulture))];

    static string Path(string file) => System.IO.Path.Combine(AppContext.BaseDirectory, "Review", file);

    public async Task DisposeAsync() => await Server.DisposeAsync();
}

public sealed class SearchTests(SearchedArchive archive, ITestOutputHelper output) : IClassFixture<SearchedArchive>
{
    public static TheoryData<string> Queries() => [.. SearchedArchive.Table().Select(row => row.Query)];

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task ASearchFindsWhatItMustAndNotWhatItMustNot(string query)
    {
        var (_, must, mustNot) = SearchedArchive.Table().First(row => row.Query == query);
        var found = await archive.FindAsync(query);
        Assert.True(must.All(found.Contains) && !mustNot.Any(found.Contains),
            $"found {string.Join(' ', found.Order())}; must {string.Join(' ', must)}; must not {string.Join(' ', mustNot)}");
    }

    [Fact]
    public async Task TheTableHoldsWherePostgresOwnConfigurationDoesNot()
    {
        var (stock, rows) = (0, 0);
        foreach (var (query, must, mustNot) in SearchedArchive.Table())
        {
            var found = await archive.StockAsync(query);
            var right = must.All(found.Contains) && !mustNot.Any(found.Contains);
            stock += right ? 1 : 0;
            rows++;
            output.WriteLine($"{(right ? "right" : "WRONG")}  {query}: postgresql finds {string.Join(' ', found.Order())}");
        }

        output.WriteLine($"PostgreSQL's arabic configuration answers {stock} of {rows} rightly.");
        Assert.True(rows >= 80);
        Assert.True(stock < rows * 3 / 4);
    }

    [Fact]
    public async Task WhatIsFoundIsMarkedWhereItStands()
    {
        var item = (await archive.Server.Client().GetAsync("articles?q=" + Uri.EscapeDataString("قآني") + "&limit=200").JsonAsync())
            .GetProperty("items").EnumerateArray().Single(i => i.GetProperty("title").GetString() == "زيارة غير معلنة");
        var mark = item.GetProperty("excerpt").GetProperty("highlights")[0];
        var text = item.GetProperty("excerpt").GetProperty("text").GetString()!;
        Assert.Equal("لقاآني", text.Substring(mark.GetProperty("start").GetInt32(), mark.GetProperty("length").GetInt32()));
        Assert.Equal("لقاآني", item.GetProperty("hits")[0].GetProperty("surface").GetString());
        var one = await archive.Server.Client().GetAsync($"articles/{item.GetProperty("id").GetInt64()}?q=" + Uri.EscapeDataString("بغداد"))
            .JsonAsync();
        Assert.Equal("بغداد", one.GetProperty("article").GetProperty("hits")[0].GetProperty("surface").GetString());
        Assert.Contains("ساعات", one.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PagesOfASearchJoinWithoutGapOrRepetition()
    {
        foreach (var sort in new[] { "newest", "relevance" })
        {
            var seen = new List<long>();
            string? cursor = null;
            do
            {
                var page = await archive.Server.Client()
                    .GetAsync($"articles?limit=2&sort={sort}&cursor={cursor}&q=" + Uri.EscapeDataString("قاآني")).JsonAsync();
                seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetInt64()));
                cursor = page.GetProperty("nextCursor").GetString();
            }
            while (cursor is not null);
            Assert.Equal(seen.Distinct(), seen);
            Assert.True(seen.Count >= 6);
        }
    }

    [Fact]
    public async Task RelevanceSetsTheTitleFirst()
    {
        var items = (await archive.Server.Client().GetAsync("articles?sort=relevance&q=" + Uri.EscapeDataString("قاآني بغداد")).JsonAsync())
            .GetProperty("items").EnumerateArray().Select(i => i.GetProperty("title").GetString()).ToList();
        Assert.Contains(items[0], new[] { "إسماعيل قاآني يصل بغداد", "قآني ببغداد مرة أخرى" });
        Assert.True(items.IndexOf("زيارة غير معلنة") > 1);
    }

    [Theory]
    [InlineData("&language=fa", 50)]
    [InlineData("&source=رووداو", 24)]
    public async Task FiltersNarrowASearch(string filter, int expected) =>
        Assert.Equal([expected], await archive.FindAsync(expected == 50 ? "قاآني" : "أربيل", filter));

    [Theory]
    [InlineData("q=%28", "q")]
    [InlineData("q=NOT+x", "q")]
    [InlineData("q=price:9", "q")]
    [InlineData("sort=best", "sort")]
    [InlineData("sort=relevance", "sort")]
    [InlineData("limit=0", "limit")]
    [InlineData("story=x", "story")]
    public async Task AMistakeInASearchIsNamed(string query, string field) =>
        await archive.Server.Client().GetAsync("articles?" + query).ProblemAsync(400, field);

    [Fact]
    public async Task ArticlesAreListedWithoutWordsToo()
    {
        var client = archive.Server.Client(Role.Reader);
        var page = await client.GetAsync("articles?limit=3").JsonAsync();
        Assert.Equal(3, page.GetProperty("items").GetArrayLength());
        var next = await client.GetAsync($"articles?limit=200&cursor={page.GetProperty("nextCursor").GetString()}").JsonAsync();
        Assert.True(next.GetProperty("items")[0].GetProperty("id").GetInt64() < page.GetProperty("items")[2].GetProperty("id").GetInt64());
        await client.GetAsync("articles/999999").ProblemAsync(404);
        await client.GetAsync("articles/1?q=%28").ProblemAsync(400, "q");
        await archive.Server.Client(null).GetAsync("articles").ProblemAsync(401);
    }

    [Fact]
    public async Task ASearchThatIsTooMuchForOneAnswerGoesOnUntilTheLastArticle()
    {
        await using var server = await ApiServer.StartAsync(new PostgresFixture());
        await using var db = server.Database();
        var wanted = (await db.AddArticleAsync("Harbour news", "The night harbour closed early.", language: "en")).Id;

        // Both words stand in every other article too, but never side by side in this order: no index knows that.
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO articles (id, feed_id, item_id, url, title, text, source, source_host, fetched_at, updated_at, content_hash, revision, story_id)
            SELECT {wanted} + i, feed_id, 'item ' || i, url, 'Harbour at night', 'Harbour at night', source, source_host, fetched_at, updated_at,
                   content_hash, revision, story_id FROM articles, generate_series(1, 40000) i WHERE id = {wanted}
            """);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO article_words SELECT {wanted} + i, '''harbour'':1A,80 ''at'':2A,81 ''night'':3A,82' FROM generate_series(1, 40000) i
            ON CONFLICT (article_id) DO UPDATE SET words = excluded.words
            """);
        await db.Database.ExecuteSqlAsync($"ANALYZE article_words");
        foreach (var (query, count) in new[] { ("\"night harbour\"", 1), ("title:\"night harbour\"", 0), ("title:news", 1),
            ("harbour NOT at", 1) })
        {
            var found = new List<long>();
            string? cursor = null;
            do
            {
                var page = await server.Client().GetAsync($"articles?limit=200&cursor={cursor}&q={Uri.EscapeDataString(query)}")
                    .JsonAsync();
                found.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetInt64()));
                cursor = page.GetProperty("nextCursor").GetString();
            }
            while (cursor is not null);
            Assert.Equal((query, string.Join(' ', Enumerable.Repeat(wanted, count))), (query, string.Join(' ', found)));
        }
    }

    [Fact]
    public async Task AlertsAreSearchedByTheArticleThatRaisedThemEvenAfterItIsGone()
    {
        await using var server = await ApiServer.StartAsync(new PostgresFixture());
        await using var db = server.Database();
        var alert = await db.AddAlertAsync("qaani", "زيارة لقاآني إلى بغداد");
        await db.AddAlertAsync("qaani", "لقاء في البصرة");
        await db.Database.ExecuteSqlAsync($"DELETE FROM articles WHERE id = {alert.ArticleId}");
        foreach (var (query, count) in new[] { ("قآني", 1), ("قآني NOT بغداد", 0), ("البصرة", 1), ("قاآني NEAR/3 بغداد", 1), ("بغداد", 2) })
        {
            var items = (await server.Client().GetAsync("alerts?q=" + Uri.EscapeDataString(query)).JsonAsync()).GetProperty("items");
            Assert.Equal((query, count), (query, items.GetArrayLength()));
        }

        await server.Client().GetAsync("alerts?q=%28").ProblemAsync(400, "q");
    }
}
