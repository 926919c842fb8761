using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TextEngine.WatchTerms;

namespace NewsMonitor.Watches;

/// <summary>Writes what monitor match found: JSON for programs, lines for people.</summary>
sealed class MatchOutput : IDisposable
{
    // Arabic stays readable; the output is no HTML.
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly StreamWriter writer;
    readonly bool asJson;

    public MatchOutput(Stream output, bool asJson)
    {
        writer = new StreamWriter(output, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
        this.asJson = asJson;
    }

    public void Write(in MatchDocument document, IReadOnlyList<WatchHit> hits)
    {
        if (asJson)
        {
            var found = hits.Select(hit => new
            {
                hit.Watch,
                hit.Term,
                Field = hit.Field == HitField.Title ? "title" : "text",
                hit.Start,
                hit.Length,
                hit.Surface,
                hit.Why,
            });
            writer.Write("{\"id\":");
            writer.Write(document.Id);
            writer.Write(",\"hits\":");
            writer.Write(JsonSerializer.Serialize(found, Json));
            writer.WriteLine("}");
            return;
        }

        writer.WriteLine($"{document.Id.Trim('"')}: {(hits.Count == 0 ? "nothing" : "")}");
        foreach (var hit in hits)
        {
            writer.WriteLine($"  {hit.Watch}: {hit.Surface} ({hit.Field.ToString().ToLowerInvariant()} {hit.Start}, term {hit.Term}: {hit.Why})");
        }
    }

    public void Explain(WatchSet set, IEnumerable<WatchEntry> watches)
    {
        foreach (var watch in watches)
        {
            writer.WriteLine($"{watch.Definition.Id} ({watch.Definition.Name})");
            foreach (var expansion in set.Explain(watch.Definition.Id))
            {
                writer.WriteLine($"  {expansion.Term}: {expansion.Spelling}: {expansion.Why}");
            }
        }
    }

    public void Dispose() => writer.Dispose();
}
