using System.Net.Http.Json;
using System.Text.Json;
using NewsMonitor.Alerts;
using NewsMonitor.Review;
using NewsMonitor.Tests.Database;

namespace NewsMonitor.Tests.Review;

public sealed class LiveTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task WhatHappensIsStreamedAsItHappens()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        await using var db = server.Database();
        await db.AddAlertAsync("qaani", "before");
        await using var events = await EventReader.OpenAsync(server.Client(Role.Reader), "alerts/stream");
        var alert = await db.AddAlertAsync("qaani", "قاآني يزور بغداد");
        var raised = await events.NextAsync();
        Assert.Equal("alert.raised", raised.Type);
        Assert.Equal("قاآني يزور بغداد", raised.Data.GetProperty("alert").GetProperty("title").GetString());
        await server.Client(Role.Reviewer).PatchJsonAsync($"alerts/{alert.Id}", new { status = "confirmed" }).JsonAsync();
        var updated = await events.NextAsync();
        Assert.Equal("alert.updated", updated.Type);
        Assert.Equal("status", updated.Data.GetProperty("change").GetProperty("change").GetString());
        Assert.True(updated.Id > raised.Id);
    }

    [Fact]
    public async Task AClientThatComesBackMissesNothingAndGetsNothingTwice()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        long last;
        await using (var first = await ApiServer.StartAsync(postgres, database: database, keep: true))
        {
            await using var db = first.Database();
            await using var events = await EventReader.OpenAsync(first.Client(), "alerts/stream");
            await db.AddAlertAsync("qaani", "one");
            last = (await events.NextAsync()).Id;
        }

        await using (var away = database.CreateContext())
        {
            await away.AddAlertAsync("qaani", "two");
            await away.AddAlertAsync("qaani", "three");
        }

        await using var second = await ApiServer.StartAsync(postgres, database: database, keep: true);
        await using var again = await EventReader.OpenAsync(second.Client(), $"alerts/stream?lastEventId={last}");
        Assert.Equal("two", (await again.NextAsync()).Title);
        Assert.Equal("three", (await again.NextAsync()).Title);
        await using var late = second.Database();
        await late.AddAlertAsync("qaani", "four");
        Assert.Equal("four", (await again.NextAsync()).Title);
    }

    [Fact]
    public async Task AStreamEndsSoonAfterItsKeyIsRevoked()
    {
        await using var server = await ApiServer.StartAsync(postgres, new() { ["Monitor:Api:Heartbeat"] = "00:00:00.2" });
        await using var events = await EventReader.OpenAsync(server.Client(Role.Reader), "alerts/stream");
        await using var kept = await EventReader.OpenAsync(server.Client(Role.Reviewer), "alerts/stream");
        var keys = await server.Client().GetAsync("keys").JsonAsync();
        var reader = keys.GetProperty("items").EnumerateArray().Single(k => k.GetProperty("role").GetString() == "reader");
        await server.Client().DeleteAsync($"keys/{reader.GetProperty("id")}").JsonAsync(204);
        await Assert.ThrowsAsync<EndOfStreamException>(() => events.LineAsync(_ => false));
        await using var db = server.Database();
        await db.AddAlertAsync("qaani", "one");
        Assert.Equal("one", (await kept.NextAsync()).Title);
    }

    [Fact]
    public async Task ALineThatCommitsLateIsStreamedLateButNeverLost()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        await using var slow = server.Database();
        await using var events = await EventReader.OpenAsync(server.Client(), "alerts/stream");
        await using var transaction = await slow.Database.BeginTransactionAsync();
        await slow.AddAlertAsync("qaani", "slow, with the smaller id");
        await using var quick = server.Database();
        await quick.AddAlertAsync("qaani", "quick");
        Assert.Equal("quick", (await events.NextAsync()).Title);
        await transaction.CommitAsync();
        Assert.Equal("slow, with the smaller id", (await events.NextAsync()).Title);
    }

    [Fact]
    public async Task TheStreamTakesTheListsFilters()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        await using var db = server.Database();
        await using var events = await EventReader.OpenAsync(server.Client(), "alerts/stream?watch=sudani&severity=high");
        await db.AddAlertAsync("qaani", "other");
        await db.AddAlertAsync("sudani", "wanted");
        Assert.Equal("wanted", (await events.NextAsync()).Title);
        await server.Client().GetAsync("alerts/stream?severity=worst").ProblemAsync(400, "severity");
        await server.Client().GetAsync("alerts/stream?lastEventId=x").ProblemAsync(400, "Last-Event-ID");
    }

    [Fact]
    public async Task ASilentStreamBeats()
    {
        await using var server = await ApiServer.StartAsync(postgres, new() { ["Monitor:Api:Heartbeat"] = "00:00:00.2" });
        await using var events = await EventReader.OpenAsync(server.Client(), "alerts/stream");
        Assert.Contains("heartbeat", await events.LineAsync(l => l.Contains("heartbeat", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ManyAlertsAreTriagedAtOnceOrNotAtAll()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        await using var db = server.Database();
        var ids = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add((await db.AddAlertAsync(i < 3 ? "qaani" : "sudani", $"alert {i}", status: i == 0 ? AlertStatus.Dismissed
                : AlertStatus.New)).Id);
        }

        var client = server.Client(Role.Reviewer);
        var done = await client.PostAsJsonAsync("alerts/bulk", new { ids = ids.Take(3).Append(999), change = new { status = "dismissed" } })
            .JsonAsync();
        Assert.Equal([ids[1], ids[2]], done.GetProperty("changed").EnumerateArray().Select(e => e.GetInt64()));
        Assert.Equal([ids[0]], done.GetProperty("unchanged").EnumerateArray().Select(e => e.GetInt64()));
        Assert.Equal([999L], done.GetProperty("missing").EnumerateArray().Select(e => e.GetInt64()));
        var rest = await client.PostAsJsonAsync("alerts/bulk",
            new { filter = new { watch = new[] { "sudani" } }, change = new { assignee = "dana" } }).JsonAsync();
        Assert.Equal(2, rest.GetProperty("changed").GetArrayLength());
        await client.PostAsJsonAsync("alerts/bulk", new { ids = new[] { 1 } }).ProblemAsync(400, "change");
        await client.PostAsJsonAsync("alerts/bulk", new { change = new { status = "new" } }).ProblemAsync(400, "ids");
        await client.PostAsJsonAsync("alerts/bulk", new { ids = Array.Empty<long>(), change = new { status = "new" } })
            .ProblemAsync(400, "ids");
        await client.PostAsJsonAsync("alerts/bulk", new { ids, change = new { } }).ProblemAsync(400, "change.status");
        await server.Client(Role.Reader).PostAsJsonAsync("alerts/bulk", new { ids, change = new { status = "new" } }).ProblemAsync(403);
    }
}

/// <summary>Reads server-sent events.</summary>
sealed class EventReader : IAsyncDisposable
{
    readonly HttpResponseMessage _response;
    readonly StreamReader _reader;
    readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(60));

    EventReader(HttpResponseMessage response, StreamReader reader) => (_response, _reader) = (response, reader);

    public static async Task<EventReader> OpenAsync(HttpClient client, string path)
    {
        var response = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var reader = new EventReader(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
        await reader.LineAsync(line => line == ": connected");
        return reader;
    }

    public async Task<string> LineAsync(Func<string, bool> wanted)
    {
        while (true)
        {
            var line = await _reader.ReadLineAsync(_patience.Token) ?? throw new EndOfStreamException();
            if (wanted(line))
            {
                return line;
            }
        }
    }

    public async Task<(long Id, string Type, JsonElement Data, string? Title)> NextAsync()
    {
        var (id, type) = (0L, "");
        while (true)
        {
            var line = await LineAsync(l => l.Contains(": ", StringComparison.Ordinal));
            var value = line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..];
            if (line.StartsWith("id:", StringComparison.Ordinal))
            {
                id = long.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
            }
            else if (line.StartsWith("event:", StringComparison.Ordinal))
            {
                type = value;
            }
            else if (line.StartsWith("data:", StringComparison.Ordinal))
            {
                var data = JsonDocument.Parse(value).RootElement;
                return (id, type, data, data.GetProperty("alert").GetProperty("title").GetString());
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _response.Dispose();
        _patience.Dispose();
        return ValueTask.CompletedTask;
    }
}
