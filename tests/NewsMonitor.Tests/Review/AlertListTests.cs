using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Review;
using NewsMonitor.Tests.Database;
using NewsMonitor.Watches;

namespace NewsMonitor.Tests.Review;

public sealed class AlertListTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task AnAlertHasTheShapeOfTheContract()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        await using var db = server.Database();
        await db.AddWatchAsync("qaani");
        var alert = await db.AddAlertAsync("qaani", "قاآني يزور بغداد");
        var item = (await server.Client(Role.Reader).GetAsync("alerts").JsonAsync()).GetProperty("items")[0];
        Assert.Equal(alert.Id, item.GetProperty("id").GetInt64());
        Assert.Equal("Watch qaani", item.GetProperty("watch").GetProperty("name").GetString());
        Assert.Equal("high", item.GetProperty("watch").GetProperty("severity").GetString());
        Assert.Equal("new", item.GetProperty("status").GetString());
        Assert.Equal("2026-11-01T08:00:00Z", item.GetProperty("raisedAt").GetString());
        Assert.Equal(1, item.GetProperty("story").GetProperty("articleCount").GetInt32());
        Assert.Equal(2, item.GetProperty("excerpt").GetProperty("highlights")[0].GetProperty("length").GetInt32());
        Assert.Equal("title", item.GetProperty("hits")[0].GetProperty("field").GetString());
        var one = await server.Client(Role.Reader).GetAsync($"alerts/{alert.Id}").JsonAsync();
        Assert.Equal(1, one.GetProperty("articles").GetArrayLength());
        Assert.Equal("raised", one.GetProperty("history")[0].GetProperty("change").GetString());
        Assert.Equal(0, one.GetProperty("deliveries").GetArrayLength());
        Assert.Equal(1, one.GetProperty("watchRevision").GetInt32());
        Assert.Equal(item.GetProperty("title").GetString(), one.GetProperty("title").GetString());
    }

    [Fact]
    public async Task AnAlertWhoseWatchAndStoryAreGoneIsStillShown()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        await using var db = server.Database();
        var alert = await db.AddAlertAsync("gone", "خبر");
        db.Remove(await db.FindAsync<NewsMonitor.Stories.Story>(alert.StoryId) ?? throw new InvalidOperationException());
        await db.SaveChangesAsync();
        var item = (await server.Client().GetAsync("alerts").JsonAsync()).GetProperty("items")[0];
        Assert.Equal("gone", item.GetProperty("watch").GetProperty("name").GetString());
        Assert.Equal(1, item.GetProperty("story").GetProperty("sourceCount").GetInt32());
    }

    [Theory]
    [InlineData("", "e d c b a")]
    [InlineData("?status=new", "e d b")]
    [InlineData("?status=new,dismissed", "e d c b")]
    [InlineData("?status=new&status=dismissed", "e d c b")]
    [InlineData("?watch=sudani", "b")]
    [InlineData("?severity=low", "a")]
    [InlineData("?source=Times%2C+The", "d")]
    [InlineData("?language=ar", "c b a")]
    [InlineData("?language=en,fa", "e d")]
    [InlineData("?from=2026-11-01T10:00:00Z", "e d c")]
    [InlineData("?to=2026-11-01T10:00:00Z", "b a")]
    [InlineData("?from=2026-11-01T12:00:00%2B03:00&to=2026-11-01T10:00:00Z", "b")]
    [InlineData("?assignee=dana", "a")]
    [InlineData("?assignee=", "e d c b")]
    [InlineData("?status=confirmed&severity=high", "")]
    public async Task FiltersNarrowTheList(string query, string expected)
    {
        await using var server = await ApiServer.StartAsync(postgres);
        await using var db = server.Database();
        var a = await db.AddAlertAsync("qaani", "a", Archive.Start, severity: Severity.Low, status: AlertStatus.Confirmed);
        a.Assignee = "dana";
        await db.AddAlertAsync("sudani", "b", Archive.Start.AddHours(1));
        await db.AddAlertAsync("qaani", "c", Archive.Start.AddHours(2), language: "ar-IQ", status: AlertStatus.Dismissed);
        await db.AddAlertAsync("qaani", "d", Archive.Start.AddHours(3), source: "Times, The", language: "en");
        await db.AddAlertAsync("qaani", "e", Archive.Start.AddHours(4), language: "fa");
        await db.SaveChangesAsync();
        var items = (await server.Client().GetAsync("alerts" + query).JsonAsync()).GetProperty("items");
        Assert.Equal(expected, string.Join(' ', items.EnumerateArray().Select(i => i.GetProperty("title").GetString())));
    }

    [Fact]
    public async Task PagesNeitherSkipNorRepeatWhileNewAlertsComeIn()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        await using var db = server.Database();
        for (var i = 0; i < 23; i++)
        {
            // Some share one time, so that the id has to decide.
            await db.AddAlertAsync("qaani", $"old {i}", Archive.Start.AddMinutes(i / 4));
        }

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await server.Client().GetAsync($"alerts?limit=5&cursor={cursor}").JsonAsync();
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("title").GetString()!));
            cursor = page.GetProperty("nextCursor").GetString();
            await db.AddAlertAsync("qaani", $"new {seen.Count}", Archive.Start.AddDays(1));
        }
        while (cursor is not null);
        Assert.Equal(Enumerable.Range(0, 23).Reverse().Select(i => $"old {i}"), seen);
    }

    [Theory]
    [InlineData("?status=open", "status")]
    [InlineData("?status=3", "status")]
    [InlineData("?severity=worst", "severity")]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=201", "limit")]
    [InlineData("?cursor=none", "cursor")]
    [InlineData("?from=yesterday", "from")]
    [InlineData("?limit=many", "limit")]
    public async Task AMistakeInTheQueryIsNamedByItsField(string query, string field)
    {
        await using var server = await ApiServer.StartAsync(postgres);
        await server.Client().GetAsync("alerts" + query).ProblemAsync(400, field);
    }

    [Fact]
    public async Task ADatabaseThatDoesNotAnswerIsSaidToBeSo()
    {
        await using var server = await ApiServer.StartAsync(postgres, connectionOptions: ";Command Timeout=1");
        await using var db = server.Database();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.Database.ExecuteSqlAsync($"LOCK TABLE alerts IN ACCESS EXCLUSIVE MODE");
        using var response = await server.Client().GetAsync("alerts");
        Assert.Equal((503, TimeSpan.FromSeconds(5)), ((int)response.StatusCode, response.Headers.RetryAfter?.Delta));
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task AnUnknownAlertIsNotFound()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        Assert.Contains("7", await server.Client().GetAsync("alerts/7").ProblemAsync(404), StringComparison.Ordinal);
        await server.Client().GetAsync("alerts/seven").ProblemAsync(404);
    }
}
