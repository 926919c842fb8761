using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NewsMonitor.Stories;

/// <summary>A document to group, or why it cannot be. The id is kept as the JSON it was given as.</summary>
readonly record struct DedupDocument(string Id, string? Title, string Text, DateTimeOffset? Published, string? Error = null);

/// <summary>Reads documents for monitor dedup. A line that cannot be read is reported in its place; the others go on.</summary>
static class DedupInput
{
    public static IEnumerable<DedupDocument> Read(Stream input, string name)
    {
        using var reader = new StreamReader(input, Encoding.UTF8, true, 1 << 16, leaveOpen: true);
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Parse(line, $"{name}, line {number}");
            }
        }
    }

    static DedupDocument Parse(string line, string place)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "text") is not { } text)
            {
                return Wrong(place, "expected an object with \"id\" and \"text\"");
            }

            if (!root.TryGetProperty("id", out var id) || id.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
            {
                return Wrong(place, "\"id\" is missing; give every document a string or a number of its own");
            }

            var published = Text(root, "published");
            if (published is not null && !TryTime(published, out _))
            {
                return Wrong(place, $"\"published\" is {published}; expected a time such as 2026-01-31T12:00:00Z");
            }

            return new DedupDocument(
                id.ValueKind == JsonValueKind.String ? JsonSerializer.Serialize(id.GetString(), DedupOutput.Json) : id.GetRawText(),
                Text(root, "title"), text, published is null ? null : TryTime(published, out var time) ? time : null);
        }
        catch (JsonException wrong)
        {
            return Wrong(place, $"not readable as JSON: {wrong.Message}");
        }
        catch (InvalidOperationException)
        {
            return Wrong(place, "a text has half of a surrogate pair, which is no character");
        }
    }

    static bool TryTime(string text, out DateTimeOffset time)
        => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    static DedupDocument Wrong(string place, string message) => new("", null, "", null, $"{place}: {message}");

    static string? Text(JsonElement root, string name)
        => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
