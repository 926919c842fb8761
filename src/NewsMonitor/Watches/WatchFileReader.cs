using System.Text.RegularExpressions;
using TextEngine.WatchTerms;
using YamlDotNet.RepresentationModel;

namespace NewsMonitor.Watches;

/// <summary>Walks the YAML of a watches file; every fault is noted where it stands, and the walk goes on.</summary>
sealed partial class WatchFileReader
{
    const string Keys = "id, name, severity, terms, context, not, query, examples, recipients, crossScript, enabled";

    readonly Dictionary<string, long> lines = new(StringComparer.Ordinal);

    public List<WatchEntry> Watches { get; } = [];

    public List<WatchFileProblem> Problems { get; } = [];

    public WatchFilePlaces Places { get; } = new();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\z")]
    private static partial Regex Slug { get; }

    public void Read(YamlStream stream)
    {
        if (stream.Documents.Count == 0)
        {
            Problems.Add(new WatchFileProblem(1, 1, "the file is empty; expected watches: and a list"));
            return;
        }

        if (stream.Documents[0].RootNode is not YamlMappingNode root)
        {
            Refuse(stream.Documents[0].RootNode, "expected watches: and a list of watches");
            return;
        }

        foreach (var (key, value) in root.Children)
        {
            if (Text(key) != "watches")
            {
                Refuse(key, $"unknown key {Text(key)}; expected watches");
            }
            else if (value is YamlSequenceNode list)
            {
                foreach (var node in list)
                {
                    Watch(node);
                }
            }
            else if (!IsEmpty(value))
            {
                Refuse(value, "expected a list of watches, each starting with \"- id:\"");
            }
        }
    }

    void Watch(YamlNode node)
    {
        if (node is not YamlMappingNode map)
        {
            Refuse(node, "expected a watch: keys such as id, name and terms");
            return;
        }

        var id = Id(map);
        string? name = null, query = null;
        var severity = WatchEntry.DefaultSeverity;
        IReadOnlyList<string> terms = [], context = [], not = [], recipients = [];
        var examples = WatchExamples.None;
        var crossScript = true;
        bool? enabled = null;
        foreach (var (key, value) in map.Children)
        {
            switch (Text(key))
            {
                case "id": break;
                case "name": name = Scalar(value, "name"); break;
                case "severity": severity = Severity(value); break;
                case "terms": terms = List(id, "terms", value); break;
                case "context": context = List(id, "context", value); break;
                case "not": not = List(id, "not", value); break;
                case "query": query = Query(id, value); break;
                case "examples": examples = Examples(id, value); break;
                case "recipients": recipients = List(id, "recipients", value); break;
                case "crossScript": crossScript = Flag(value, "crossScript"); break;
                case "enabled": enabled = Flag(value, "enabled"); break;
                default: Refuse(key, $"unknown key {Text(key)}; a watch has {Keys}"); break;
            }
        }

        Watches.Add(new WatchEntry(new WatchDefinition
        {
            Id = id, Name = name ?? id, Terms = terms, Context = context, Not = not, Query = query, Examples = examples, CrossScript = crossScript,
        }, severity, recipients)
        { Enabled = enabled });
    }

    string Id(YamlMappingNode map)
    {
        var node = map.Children.FirstOrDefault(pair => Text(pair.Key) == "id").Value;
        if (node is null)
        {
            Refuse(map, "a watch needs an id");
            return "";
        }

        var id = Scalar(node, "id") ?? "";
        Places.Add(id, "id", node);
        if (!Slug.IsMatch(id))
        {
            Refuse(node, $"id \"{id}\" is no slug; expected letters, digits, - _ or . only, such as quds-force");
        }
        else if (!lines.TryAdd(id, node.Start.Line))
        {
            Refuse(node, $"id {id} is already used on line {lines[id]}; ids are unique");
        }

        return id;
    }

    string Severity(YamlNode node)
    {
        var severity = Scalar(node, "severity");
        if (severity is null || !WatchEntry.Severities.Contains(severity))
        {
            Refuse(node, $"severity \"{severity}\" is unknown; expected {string.Join(", ", WatchEntry.Severities)}");
        }

        return severity ?? WatchEntry.DefaultSeverity;
    }

    string? Query(string id, YamlNode node)
    {
        Places.Add(id, "query", node);
        return Scalar(node, "query");
    }

    WatchExamples Examples(string id, YamlNode node)
    {
        if (node is not YamlMappingNode map)
        {
            Refuse(node, "expected examples: {match: [...], noMatch: [...]}");
            return WatchExamples.None;
        }

        IReadOnlyList<string> match = [], noMatch = [];
        foreach (var (key, value) in map.Children)
        {
            switch (Text(key))
            {
                case "match": match = List(id, "examples.match", value); break;
                case "noMatch": noMatch = List(id, "examples.noMatch", value); break;
                default: Refuse(key, $"unknown key {Text(key)}; examples have match and noMatch"); break;
            }
        }

        return new WatchExamples(match, noMatch);
    }

    bool Flag(YamlNode node, string field)
    {
        var text = Scalar(node, field);
        if (text is not ("true" or "false"))
        {
            Refuse(node, $"{field} is \"{text}\"; expected true or false");
        }

        return text != "false";
    }

    List<string> List(string id, string field, YamlNode node)
    {
        var texts = new List<string>();
        if (node is not YamlSequenceNode list)
        {
            if (!IsEmpty(node))
            {
                Refuse(node, $"{field} is no list; expected [\"one\", \"two\"]");
            }

            return texts;
        }

        foreach (var item in list)
        {
            Places.Add(id, $"{field}[{texts.Count}]", item);
            texts.Add(Scalar(item, field) ?? "");
        }

        return texts;
    }

    string? Scalar(YamlNode node, string field)
    {
        if (node is not YamlScalarNode { Value: { } value })
        {
            Refuse(node, $"{field} needs a text here");
            return null;
        }

        if (value.Contains('\0', StringComparison.Ordinal))
        {
            Refuse(node, $"{field} holds U+0000, which cannot be kept");
        }

        return value;
    }

    void Refuse(YamlNode node, string message) => Problems.Add(new WatchFileProblem(node.Start.Line, node.Start.Column, message));

    static bool IsEmpty(YamlNode node) => node is YamlScalarNode { Value: null or "" or "~" or "null" };

    static string Text(YamlNode node) => node is YamlScalarNode { Value: { } value } ? value : "";
}
