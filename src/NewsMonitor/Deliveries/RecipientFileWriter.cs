using System.Globalization;
using NewsMonitor.Database;
using NewsMonitor.Operations;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace NewsMonitor.Deliveries;

/// <summary>Recipients as a recipients.yaml that <see cref="RecipientFile"/> reads. What is secret is written only with the key.</summary>
public static class RecipientFileWriter
{
    public static string Write(IEnumerable<Recipient> recipients, Secrets? secrets = null)
    {
        var list = new YamlSequenceNode(recipients.Select(r => Node(r, secrets)));
        var writer = new StringWriter(CultureInfo.InvariantCulture);
        new YamlStream(new YamlDocument(new YamlMappingNode { { "recipients", list } })).Save(writer, assignAnchors: false);
        return writer.ToString().Replace("\n...", "", StringComparison.Ordinal);
    }

    static YamlMappingNode Node(Recipient recipient, Secrets? secrets)
    {
        var settings = recipient.Settings;
        var secret = secrets is null ? new() : RecipientSecret.Open(recipient, secrets);
        var node = new YamlMappingNode { { "id", Text(recipient.Id) }, { "kind", Names.Kebab(recipient.Kind) } };
        node.Add(RecipientDefinition.TargetField(recipient.Kind), Text(secret.Address ?? recipient.Target));
        Add(node, "secret", secret.Current);
        node.Add("mode", Names.Kebab(recipient.Mode));
        node.Add("minSeverity", Names.Kebab(recipient.MinSeverity));
        Add(node, "quietHours", settings.QuietHours);
        Add(node, "language", settings.Language);
        Add(node, "timeZone", settings.TimeZone);
        Add(node, "default", settings.Default ? "true" : null);
        Add(node, "dailyAt", settings.DailyAt?.ToString("HH:mm", CultureInfo.InvariantCulture));
        Add(node, "groupSeconds", settings.GroupSeconds?.ToString(CultureInfo.InvariantCulture));
        if (settings.Only is { } only)
        {
            var filter = new YamlMappingNode();
            Add(filter, "sources", only.Sources);
            Add(filter, "languages", only.Languages);
            Add(filter, "folders", only.Folders);
            Add(filter, "hours", only.Hours);
            node.Add("only", filter);
        }

        if (settings.Escalate is { } escalate)
        {
            node.Add("escalate", new YamlMappingNode
            {
                { "to", Text(escalate.To) }, { "afterMinutes", escalate.AfterMinutes.ToString(CultureInfo.InvariantCulture) },
            });
        }

        if (!recipient.Enabled)
        {
            node.Add("enabled", "false");
        }

        return node;
    }

    static void Add(YamlMappingNode node, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            node.Add(name, value is "true" ? value : Text(value));
        }
    }

    static void Add(YamlMappingNode node, string name, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            node.Add(name, new YamlSequenceNode(values.Select(Text)));
        }
    }

    // Quoted, so that no value can be taken for a number, a time or a mark of YAML's own.
    static YamlScalarNode Text(string value) => new(value) { Style = ScalarStyle.DoubleQuoted };
}
