using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace NewsMonitor.Watches;

/// <summary>Writes watches as a watches.yaml that reads back as the same watches; what is at its default is left out.</summary>
public static class WatchFileWriter
{
    public static string Write(IEnumerable<WatchEntry> watches)
    {
        var list = new YamlSequenceNode();
        foreach (var watch in watches)
        {
            list.Add(Watch(watch));
        }

        using var text = new StringWriter();
        new YamlStream(new YamlDocument(new YamlMappingNode { { "watches", list } })).Save(text, assignAnchors: false);
        var yaml = text.ToString();
        return yaml.EndsWith("...\n", StringComparison.Ordinal) ? yaml[..^4] : yaml;
    }

    static YamlMappingNode Watch(WatchEntry watch)
    {
        var definition = watch.Definition;
        var node = new YamlMappingNode { { "id", Text(definition.Id) }, { "name", Text(definition.Name) }, { "severity", watch.Severity } };
        Add(node, "terms", definition.Terms);
        Add(node, "context", definition.Context);
        Add(node, "not", definition.Not);
        if (!string.IsNullOrWhiteSpace(definition.Query))
        {
            node.Add("query", Text(definition.Query));
        }

        var examples = new YamlMappingNode();
        Add(examples, "match", definition.Examples.Match);
        Add(examples, "noMatch", definition.Examples.NoMatch);
        if (examples.Children.Count > 0)
        {
            node.Add("examples", examples);
        }

        Add(node, "recipients", watch.Recipients);
        if (!definition.CrossScript)
        {
            node.Add("crossScript", "false");
        }

        if (watch.Enabled == false)
        {
            node.Add("enabled", "false");
        }

        return node;
    }

    static void Add(YamlMappingNode node, string key, IReadOnlyList<string> texts)
    {
        if (texts.Count > 0)
        {
            node.Add(key, new YamlSequenceNode(texts.Select(Text)));
        }
    }

    static YamlScalarNode Text(string text) => new(text) { Style = ScalarStyle.DoubleQuoted };
}
