using System.Text.Json;
using System.Text.Json.Nodes;
using NewsMonitor.Alerts;
using NewsMonitor.Operations.Http;
using NewsMonitor.Review.Keys;
using NewsMonitor.Review.Triage;
using NewsMonitor.Review.WatchEditing;
using NewsMonitor.Watches;

namespace NewsMonitor.Review.Documentation;

/// <summary>Examples for the API's document, written by the types themselves, so that they cannot go out of date.</summary>
static class ApiExamples
{
    const string Title = "قاآني يصل إلى بغداد";
    const string Text = "وصل قائد فيلق القدس إسماعيل قاآني إلى بغداد مساء الأحد.";
    static readonly DateTimeOffset At = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);
    static readonly List<Hit> Hits = [new("qaani", "قاآني", "title", 0, 5, "قاآني", "as written")];

    static readonly AlertDocument Alert = new()
    {
        Id = 4711,
        Watch = new WatchRef("qaani", "Esmail Qaani", Severity.High),
        Title = Title,
        Url = "https://news.example/4711",
        Source = "Example News",
        Language = "ar",
        PublishedAt = At.AddMinutes(-12),
        RaisedAt = At,
        UpdatedAt = At,
        Story = new StoryRef(310, 4, 3),
        Excerpt = Excerpt.Cut(Title, Text, Hits),
        Hits = Hits,
    };

    static readonly WatchBody Watch = new()
    {
        Id = "qaani",
        Name = "Esmail Qaani",
        Severity = Severity.High,
        Terms = ["قاآني", "Qaani"],
        Context = ["فيلق القدس", "IRGC"],
        Not = ["أحمر قاني"],
        Examples = new ExampleBody(["زيارة لقاآني"], ["إبراهيم اللقاني"]),
        Recipients = ["desk"],
    };

    static readonly Dictionary<string, object> Requests = new(StringComparer.Ordinal)
    {
        ["updateAlert"] = new { status = "investigating", assignee = "dana", note = "Asked the Baghdad desk." },
        ["bulkUpdateAlerts"] = new { ids = new[] { 4711, 4712 }, change = new { status = "dismissed" } },
        ["createKey"] = new { name = "night desk", role = "reviewer", expiresAt = At.AddYears(1) },
        ["createView"] = new { name = "New and grave", filter = new { status = new[] { "new" }, severity = new[] { "high", "critical" } } },
        ["updateView"] = new { name = "New and grave", filter = new { status = new[] { "new" } } },
        ["createWatch"] = Watch,
        ["updateWatch"] = Watch,
        ["previewWatch"] = new { watch = Watch, text = Text },
        ["suggestTerms"] = new { name = "قاآني" },
        ["backtestWatch"] = new { watch = Watch, since = At.AddDays(-30) },
        ["raiseFromArchive"] = new { since = At.AddDays(-30), send = false },
    };

    static readonly Dictionary<string, object> Answers = new(StringComparer.Ordinal)
    {
        ["listAlerts"] = new Page<AlertDocument>([Alert], "NjM5MTMx"),
        ["getAlert"] = new AlertDetail(Alert) { WatchRevision = 3 },
        ["updateAlert"] = new AlertDetail(Alert with { Status = AlertStatus.Investigating, Assignee = "dana" }) { WatchRevision = 3 },
        ["bulkUpdateAlerts"] = new BulkResult([4711], [4712], [], false),
        ["createKey"] = new KeyCreated(new KeyView(3, "night desk", Role.Reviewer, "nm_Zk3vQ8aP", At, null, At.AddYears(1), null),
            "nm_Zk3vQ8aP…"),
        ["previewWatch"] = new PreviewResult(true, Hits, []),
    };

    public static JsonNode? Request(string? operation) => Of(Requests, operation);

    public static JsonNode? Answer(string? operation) => Of(Answers, operation);

    // Nulls are left out, as a person would write it.
    static JsonNode? Of(Dictionary<string, object> examples, string? operation) =>
        operation is not null && examples.TryGetValue(operation, out var value) ? JsonSerializer.SerializeToNode(value, Brief) : null;

    static readonly JsonSerializerOptions Brief =
        new(AlertJson.Options) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };
}
