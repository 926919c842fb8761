using System.Text.Json;
using NewsMonitor.Alerts;
using NewsMonitor.Watches;

namespace NewsMonitor.Tests.Alerts;

public class AlertDocumentTests
{
    [Fact]
    public void TheJsonHasTheFieldsOfTheContractAndWhatWasAdded()
    {
        var alert = new AlertDocument
        {
            Id = 7,
            Watch = new("qaani", "Esmail Qaani", Severity.High),
            Title = "قاآني في بغداد",
            RaisedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(3)),
            Story = new(5, 3, 2),
            Excerpt = new("قاآني", [new(0, 5)]),
            Hits = [new("qaani", "قاآني", "title", 0, 5, "قاآني", "exact")],
        };
        var json = JsonSerializer.SerializeToElement(alert, AlertJson.Options);
        Assert.Equal(
            ["id", "watch", "status", "title", "url", "source", "language", "publishedAt", "raisedAt", "updatedAt", "assignee", "story",
                "excerpt", "hits", "fromArchive"],
            json.EnumerateObject().Select(p => p.Name));
        Assert.Equal("""{"id":"qaani","name":"Esmail Qaani","severity":"high"}""", json.GetProperty("watch").GetRawText());
        Assert.Equal("new", json.GetProperty("status").GetString());
        Assert.Equal("2026-03-01T09:00:00Z", json.GetProperty("raisedAt").GetString());
        Assert.Equal("""{"id":5,"articleCount":3,"sourceCount":2}""", json.GetProperty("story").GetRawText());
        Assert.Equal("""{"text":"قاآني","highlights":[{"start":0,"length":5}]}""", json.GetProperty("excerpt").GetRawText());
        Assert.Equal(
            ["watch", "term", "field", "start", "length", "surface", "why"],
            json.GetProperty("hits")[0].EnumerateObject().Select(p => p.Name));
        var back = json.Deserialize<AlertDocument>(AlertJson.Options)!;
        Assert.Equal(alert.RaisedAt, back.RaisedAt);
        Assert.Equal(alert.Watch, back.Watch);
    }
}
