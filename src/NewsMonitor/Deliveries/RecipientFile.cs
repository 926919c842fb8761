using System.Globalization;
using NewsMonitor.Database;
using NewsMonitor.Operations;
using NewsMonitor.Watches;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace NewsMonitor.Deliveries;

/// <summary>recipients.yaml: every recipient in it, or every problem. A file with a problem gives no recipients, so nothing half is stored.</summary>
public sealed record RecipientFile(IReadOnlyList<RecipientDefinition> Recipients, IReadOnlyList<FileProblem> Problems)
{
    /// <param name="known">What is stored, by id: a secret that is stored need not stand in the file.</param>
    public static RecipientFile Read(string yaml, IReadOnlyDictionary<string, Recipient>? known = null)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException e)
        {
            return new([], [new((int)e.Start.Line, (int)e.Start.Column, $"this is no YAML: {e.InnerException?.Message ?? e.Message}")]);
        }
        var reading = new Reading(known ?? new Dictionary<string, Recipient>());
        if (stream.Documents.Count > 0)
        {
            reading.Root(stream.Documents[0].RootNode);
        }
        return reading.Problems.Count > 0 ? new([], [.. reading.Problems.OrderBy(p => (p.Line, p.Column))]) : new(reading.Recipients, []);
    }

    sealed class Reading(IReadOnlyDictionary<string, Recipient> known)
    {
        static readonly string[] Fields =
        [
            "id", "kind", "to", "url", "secret", "mode", "minSeverity", "quietHours", "language", "timeZone", "default", "dailyAt",
            "groupSeconds", "only", "escalate", "enabled",
        ];

        public List<RecipientDefinition> Recipients { get; } = [];
        public List<FileProblem> Problems { get; } = [];

        public void Root(YamlNode root)
        {
            if (root is not YamlMappingNode map)
            {
                // A file of comments alone is one empty scalar.
                if (root is not YamlScalarNode { Value: null or "" })
                {
                    Bad(root, "the file must start with 'recipients:'.");
                }
                return;
            }
            var list = Known(map, "recipients").GetValueOrDefault("recipients");
            foreach (var item in Items(list, "recipients"))
            {
                if (item is YamlMappingNode recipient)
                {
                    Recipient(recipient);
                }
                else
                {
                    Bad(item, "a recipient is a block of fields such as 'id: desk' and 'kind: email'.");
                }
            }
        }

        void Recipient(YamlMappingNode node)
        {
            var fields = Known(node, Fields);
            var before = Problems.Count;
            if (Text(fields, "id") is not { Length: > 0 } id)
            {
                Bad(node, "the recipient has no id.");
                return;
            }
            if (Text(fields, "kind") is null && Problems.Count == before)
            {
                Bad(node, $"'{id}' has no kind: one of {Values<RecipientKind>()}.");
            }
            var kind = Enum<RecipientKind>(fields, "kind");
            var other = RecipientDefinition.TargetField(kind) == "to" ? "url" : "to";
            if (fields.TryGetValue(other, out var misplaced) && Problems.Count == before)
            {
                Bad(misplaced, $"{Names.Kebab(kind)} takes '{RecipientDefinition.TargetField(kind)}', not '{other}'.");
            }
            var definition = new RecipientDefinition
            {
                Id = id,
                Kind = kind,
                Target = Text(fields, RecipientDefinition.TargetField(kind)) ?? "",
                Secrets = Texts(fields, "secret"),
                Mode = Enum<DeliveryMode>(fields, "mode"),
                MinSeverity = Enum<Severity>(fields, "minSeverity"),
                Settings = new RecipientSettings
                {
                    QuietHours = Text(fields, "quietHours"),
                    Language = Text(fields, "language"),
                    TimeZone = Text(fields, "timeZone"),
                    Default = Flag(fields, "default") ?? false,
                    DailyAt = Read(fields, "dailyAt", "a time such as \"08:00\"", t => TimeOnly.TryParseExact(
                        t, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : (TimeOnly?)null),
                    GroupSeconds = Number(fields, "groupSeconds"),
                    Only = Only(fields),
                    Escalate = Escalate(fields),
                },
                Enabled = Flag(fields, "enabled"),
            };
            if (Problems.Count > before)
            {
                return;
            }
            foreach (var (field, message) in definition.Problems(known.GetValueOrDefault(id)))
            {
                Bad(fields.GetValueOrDefault(field.Split('.')[0], node), $"{field}: {message}");
            }
            if (Recipients.Any(r => r.Id == id))
            {
                Bad(fields["id"], $"there are two recipients with the id '{id}'.");
            }
            Recipients.Add(definition);
        }

        RecipientFilter? Only(Dictionary<string, YamlNode> fields)
        {
            if (Map(fields, "only", "sources", "languages", "folders", "hours") is not { } only)
            {
                return null;
            }
            return new RecipientFilter
            {
                Sources = Texts(only, "sources"),
                Languages = Texts(only, "languages"),
                Folders = Texts(only, "folders"),
                Hours = Text(only, "hours"),
            };
        }

        Escalation? Escalate(Dictionary<string, YamlNode> fields) => Map(fields, "escalate", "to", "afterMinutes") is { } escalate
            ? new(Text(escalate, "to") ?? "", Number(escalate, "afterMinutes") ?? 0)
            : null;

        Dictionary<string, YamlNode>? Map(Dictionary<string, YamlNode> fields, string name, params string[] known)
        {
            if (!fields.TryGetValue(name, out var node))
            {
                return null;
            }
            if (node is YamlMappingNode map)
            {
                return Known(map, known);
            }
            Bad(node, $"'{name}' is a block of {string.Join(", ", known)}.");
            return null;
        }

        Dictionary<string, YamlNode> Known(YamlMappingNode map, params string[] known)
        {
            var fields = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
            foreach (var (key, value) in map.Children)
            {
                var name = (key as YamlScalarNode)?.Value ?? "";
                if (known.Contains(name, StringComparer.Ordinal))
                {
                    fields[name] = value;
                }
                else
                {
                    Bad(key, $"'{name}' is no field here; known are {string.Join(", ", known)}.");
                }
            }
            return fields;
        }

        IEnumerable<YamlNode> Items(YamlNode? node, string name)
        {
            if (node is YamlSequenceNode list)
            {
                return list.Children;
            }
            if (node is not (null or YamlScalarNode { Value: null or "" }))
            {
                Bad(node, $"'{name}' is a list: each entry starts with '-'.");
            }
            return [];
        }

        string? Text(Dictionary<string, YamlNode> fields, string name)
        {
            if (!fields.TryGetValue(name, out var node))
            {
                return null;
            }
            if (node is YamlScalarNode scalar)
            {
                if (scalar.Value?.Contains('\0', StringComparison.Ordinal) == true)
                {
                    Bad(node, $"'{name}' holds U+0000, which cannot be kept.");
                }
                return scalar.Value is { Length: > 0 } value && !(value is "null" or "~" && scalar.Style == ScalarStyle.Plain) ? value : null;
            }
            Bad(node, $"'{name}' is one value.");
            return null;
        }

        IReadOnlyList<string> Texts(Dictionary<string, YamlNode> fields, string name)
        {
            if (fields.GetValueOrDefault(name) is not YamlSequenceNode)
            {
                return Text(fields, name) is { } one ? [one] : [];
            }
            return [.. Items(fields[name], name).Select(n => Text(new() { [name] = n }, name)).OfType<string>()];
        }

        bool? Flag(Dictionary<string, YamlNode> fields, string name) =>
            Read(fields, name, "true or false", t => bool.TryParse(t, out var flag) ? flag : (bool?)null);

        int? Number(Dictionary<string, YamlNode> fields, string name) => Read(fields, name, "a whole number", t =>
            int.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : (int?)null);

        T Enum<T>(Dictionary<string, YamlNode> fields, string name) where T : struct, Enum =>
            Read(fields, name, $"one of {Values<T>()}", t => Names.TryParse<T>(t, out var v) ? v : (T?)null) ?? default;

        T? Read<T>(Dictionary<string, YamlNode> fields, string name, string wanted, Func<string, T?> read) where T : struct
        {
            if (Text(fields, name) is not { } text)
            {
                return null;
            }
            var value = read(text);
            if (value is null)
            {
                Bad(fields[name], $"{name}: '{text}' is not {wanted}.");
            }
            return value;
        }

        static string Values<T>() where T : struct, Enum => string.Join(", ", System.Enum.GetValues<T>().Select(v => Names.Kebab(v)));

        void Bad(YamlNode at, string message) => Problems.Add(new((int)at.Start.Line, (int)at.Start.Column, message));
    }
}
