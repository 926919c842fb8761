using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NewsMonitor.Stories;

/// <summary>Writes what monitor dedup found: JSON for programs, lines for people.</summary>
static class DedupOutput
{
    // Arabic stays readable; the output is no HTML.
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(DedupGrouping grouping, Stream output, bool json)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        var stories = 0;
        foreach (var row in grouping.Rows())
        {
            stories += row.Story == row.Id ? 1 : 0;
            var similarity = row.Similarity?.ToString(CultureInfo.InvariantCulture);
            var copy = row.CopyOf is null ? "" : $"copy of {row.CopyOf.Trim('"')} ({similarity}), ";
            writer.WriteLine(json
                ? $"{{\"id\":{row.Id},\"story\":{row.Story},\"copyOf\":{row.CopyOf ?? "null"},\"similarity\":{similarity ?? "null"}}}"
                : $"{row.Id.Trim('"')}: {copy}story {row.Story.Trim('"')}");
        }

        if (!json)
        {
            writer.WriteLine($"{grouping.Count} documents, {stories} stories");
        }
    }
}
