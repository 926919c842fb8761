using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using TextEngine.WatchTerms;

namespace NewsMonitor.Watches;

/// <summary>A text to match, or why it cannot be. The id is kept as the JSON it was given as.</summary>
readonly record struct MatchDocument(string Id, ArticleText Article, string? Error = null);

/// <summary>Reads documents for monitor match. A document that cannot be read is reported in its place; the others go on.</summary>
static class MatchInput
{
    public static IEnumerable<MatchDocument> Read(FileInfo[] files, Stream input) => files.Length > 0 ? Files(files) : Lines(input);

    static IEnumerable<MatchDocument> Files(FileInfo[] files)
    {
        foreach (var file in files)
        {
            yield return TextFile(file);
        }
    }

    static MatchDocument TextFile(FileInfo file)
    {
        try
        {
            return new MatchDocument(Quote(file.Name), new ArticleText(null, File.ReadAllText(file.FullName)));
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return new MatchDocument("", default, wrong.Message);
        }
    }

    static IEnumerable<MatchDocument> Lines(Stream input)
    {
        using var reader = new StreamReader(input, Encoding.UTF8);
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Document(line, number);
            }
        }
    }

    static MatchDocument Document(string line, int number)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "text") is not { } text)
            {
                return Wrong(number, "expected an object with \"id\" and \"text\"");
            }

            var id = root.TryGetProperty("id", out var given) && given.ValueKind is JsonValueKind.String or JsonValueKind.Number
                ? given.ValueKind == JsonValueKind.String ? Quote(Text(root, "id")!) : given.GetRawText()
                : Quote(number.ToString(CultureInfo.InvariantCulture));
            return new MatchDocument(id, new ArticleText(Text(root, "title"), text, Text(root, "source"), Text(root, "language") ?? Text(root, "lang")));
        }
        catch (JsonException wrong)
        {
            return Wrong(number, $"not readable as JSON: {wrong.Message}");
        }
    }

    static MatchDocument Wrong(int number, string message) => new("", default, $"standard input, line {number}: {message}");

    static string? Text(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair is no character, yet feeds have them; the text is kept as it is, so that offsets are those of the
            // sender. Regular expressions have all the escapes of JSON.
            return Regex.Unescape(value.GetRawText()[1..^1]);
        }
    }

    static string Quote(string text) => JsonSerializer.Serialize(text, MatchOutput.Json);
}
