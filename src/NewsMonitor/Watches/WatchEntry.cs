using System.Text.Json;
using System.Text.Json.Serialization;
using NewsMonitor.Database;
using TextEngine.WatchTerms;

namespace NewsMonitor.Watches;

/// <summary>A watch as watches.yaml declares it: what to look for, how grave it is, whom to tell.</summary>
public sealed record WatchEntry(WatchDefinition Definition, string Severity, IReadOnlyList<string> Recipients)
{
    /// <summary>Null where the file does not say it. Not part of a definition: switching a watch off makes no new revision.</summary>
    [JsonIgnore]
    public bool? Enabled { get; init; }

    public static readonly IReadOnlyList<string> Severities = ["low", "medium", "high", "critical"];

    public const string DefaultSeverity = "medium";

    /// <summary>The form in which the database keeps it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, JsonColumn.Options);

    public static WatchEntry FromJson(string json) => JsonSerializer.Deserialize<WatchEntry>(json, JsonColumn.Options)!;
}
