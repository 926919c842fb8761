using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace NewsMonitor.Operations.Logs;

/// <summary>
/// One event, one line, one JSON object: time, level, source, message, then the message's own values under their names (feed, article,
/// alert, delivery), so that a line leads to what it speaks of.
/// </summary>
sealed class JsonLines(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "json-lines";

    static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartObject();
            json.WriteString("time", time.GetUtcNow().UtcDateTime);
            json.WriteString("level", Level(entry.LogLevel));
            json.WriteString("source", entry.Category);
            json.WriteString("message", entry.Formatter(entry.State, null));
            var written = new HashSet<string>(StringComparer.Ordinal) { "time", "level", "source", "message", "exception", "trace" };
            Values(json, entry.State, written);
            scopeProvider?.ForEachScope((scope, state) => Values(state.json, scope, state.written), (json, written));
            if (Activity.Current is { } activity)
                json.WriteString("trace", activity.TraceId.ToHexString());
            if (entry.Exception is { } exception)
                json.WriteString("exception", exception.ToString());
            json.WriteEndObject();
        }
        textWriter.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
        textWriter.Write('\n');
    }

    static void Values(Utf8JsonWriter json, object? state, HashSet<string> written)
    {
        if (state is not IEnumerable<KeyValuePair<string, object?>> values)
            return;
        foreach (var (key, value) in values)
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(key);
            if (key == "{OriginalFormat}" || !written.Add(name))
                continue;
            json.WritePropertyName(name);
            switch (value)
            {
                case null: json.WriteNullValue(); break;
                case bool yes: json.WriteBooleanValue(yes); break;
                case int or long or short or byte or uint: json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
                case double number when double.IsFinite(number): json.WriteNumberValue(number); break;
                case decimal number: json.WriteNumberValue(number); break;
                case DateTimeOffset at: json.WriteStringValue(at.UtcDateTime); break;
                case string text: json.WriteStringValue(text); break;
                case System.Collections.IEnumerable many:
                    json.WriteStringValue(string.Join(", ", many.Cast<object?>()));
                    break;
                default: json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
            }
        }
    }

    static string Level(LogLevel level) => level switch
    {
        LogLevel.Information => "info",
        LogLevel.Critical => "fatal",
        LogLevel.Warning => "warning",
        _ => level.ToString().ToLowerInvariant(),
    };
}
