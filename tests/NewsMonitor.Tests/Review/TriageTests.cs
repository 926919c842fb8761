using Microsoft.EntityFrameworkCore;
using NewsMonitor.Operations;
using NewsMonitor.Review;
using NewsMonitor.Tests.Database;

namespace NewsMonitor.Tests.Review;

public sealed class TriageTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task AChangeIsKeptWithItsHistoryAndItsAudit()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        await using var db = server.Database();
        var alert = await db.AddAlertAsync("qaani", "خبر");
        var client = server.Client(Role.Reviewer);
        var changed = await client.PatchJsonAsync($"alerts/{alert.Id}",
            new { status = "investigating", assignee = "dana", note = "calling the desk" }).JsonAsync();
        Assert.Equal("investigating", changed.GetProperty("status").GetString());
        Assert.Equal("dana", changed.GetProperty("assignee").GetString());
        Assert.Equal(["raised", "status", "assignee", "note"],
            changed.GetProperty("history").EnumerateArray().Select(h => h.GetProperty("change").GetString()));
        var status = changed.GetProperty("history")[1];
        Assert.Equal(("new", "investigating", "the reviewer"),
            (status.GetProperty("from").GetString(), status.GetProperty("to").GetString(), status.GetProperty("actor").GetString()));
        var entry = await db.Set<AuditEntry>().SingleAsync(e => e.Action == "alert.update");
        Assert.Equal("the reviewer", entry.Actor);
        Assert.Contains("\"new\"", entry.Before, StringComparison.Ordinal);
        Assert.Contains("\"investigating\"", entry.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NullTakesTheAssigneeAwayAndLeavingItOutDoesNot()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        await using var db = server.Database();
        var alert = await db.AddAlertAsync("qaani", "خبر");
        var client = server.Client(Role.Reviewer);
        await client.PatchJsonAsync($"alerts/{alert.Id}", new { assignee = "dana" }).JsonAsync();
        var kept = await client.PatchJsonAsync($"alerts/{alert.Id}", new { status = "confirmed" }).JsonAsync();
        Assert.Equal("dana", kept.GetProperty("assignee").GetString());
        var taken = await client.PatchJsonAsync($"alerts/{alert.Id}", new { assignee = (string?)null }).JsonAsync();
        Assert.Null(taken.GetProperty("assignee").GetString());
    }

    [Fact]
    public async Task AStatusSetTwiceIsOneLineOfHistory()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        await using var db = server.Database();
        var alert = await db.AddAlertAsync("qaani", "خبر");
        var client = server.Client(Role.Reviewer);
        await client.PatchJsonAsync($"alerts/{alert.Id}", new { status = "confirmed" }).JsonAsync();
        var again = await client.PatchJsonAsync($"alerts/{alert.Id}", new { status = "confirmed" }).JsonAsync();
        Assert.Equal(2, again.GetProperty("history").GetArrayLength());
    }

    [Fact]
    public async Task ALostUpdateIsRefusedAndChangesNothing()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        await using var db = server.Database();
        var alert = await db.AddAlertAsync("qaani", "خبر");
        var client = server.Client(Role.Reviewer);
        using var first = await client.GetAsync($"alerts/{alert.Id}");
        var tag = first.Headers.ETag!.Tag;
        using var second = await client.PatchJsonAsync($"alerts/{alert.Id}", new { status = "confirmed" }, tag);
        Assert.NotEqual(tag, second.Headers.ETag!.Tag);
        await client.PatchJsonAsync($"alerts/{alert.Id}", new { status = "dismissed" }, tag).ProblemAsync(412);
        Assert.Equal("confirmed", (await client.GetAsync($"alerts/{alert.Id}").JsonAsync()).GetProperty("status").GetString());
        await client.PatchJsonAsync($"alerts/{alert.Id}", new { status = "dismissed" }, second.Headers.ETag.Tag).JsonAsync();
        await client.PatchJsonAsync($"alerts/{alert.Id}", new { status = "new" }, "*").JsonAsync();
    }

    [Theory]
    [InlineData("{}", "status")]
    [InlineData("""{"status":"open"}""", "status")]
    [InlineData("""{"status":1}""", "status")]
    [InlineData("""{"note":7}""", "note")]
    [InlineData("""{"status":"new" """, "body")]
    public async Task AMistakeInTheBodyIsNamedByItsPath(string body, string field)
    {
        await using var server = await ApiServer.StartAsync(postgres);
        await using var db = server.Database();
        var alert = await db.AddAlertAsync("qaani", "خبر");
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        await server.Client(Role.Reviewer).PatchAsync($"alerts/{alert.Id}", content).ProblemAsync(400, field);
    }

    [Theory]
    [InlineData("""{"ids":[1],"change":{"status":"open"}}""", "change.status", "may be new, acknowledged, investigating, confirmed, dismissed")]
    [InlineData("""{"ids":[1,"x"],"change":{"note":"n"}}""", "ids[1]", "number")]
    [InlineData("""{"filter":{"from":"yesterday"},"change":{"note":"n"}}""", "filter.from", "ISO 8601")]
    [InlineData("""{"ids":[1],"change":"dismiss"}""", "change", "another shape")]
    public async Task AMistakeInTheBodyIsExplainedWithoutWordsOfTheProgram(string body, string field, string explained)
    {
        await using var server = await ApiServer.StartAsync(postgres);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var detail = await server.Client(Role.Reviewer).PostAsync("alerts/bulk", content).ProblemAsync(400, field);
        Assert.Contains(explained, detail, StringComparison.Ordinal);
        Assert.DoesNotContain("System", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("NewsMonitor", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatCannotBeStoredIsTheCallersMistake()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        await using var db = server.Database();
        var alert = await db.AddAlertAsync("qaani", "خبر");
        foreach (var note in new[] { "nul \\u0000", "half \\ud800", new string('x', 10_001) })
        {
            using var content = new StringContent($$"""{"note":"{{note}}"}""", System.Text.Encoding.UTF8, "application/json");
            await server.Client(Role.Reviewer).PatchAsync($"alerts/{alert.Id}", content).ProblemAsync(400);
        }
    }

    [Fact]
    public async Task AReaderMayLookButNotTriage()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        await using var db = server.Database();
        var alert = await db.AddAlertAsync("qaani", "خبر");
        await server.Client(Role.Reader).PatchJsonAsync($"alerts/{alert.Id}", new { status = "confirmed" }).ProblemAsync(403);
        await server.Client(null).GetAsync("alerts").ProblemAsync(401);
    }
}
