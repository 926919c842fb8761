using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace NewsMonitor.Operations.Telemetry;

/// <summary>
/// <c>/metrics</c>: what the meters of this process recorded, in Prometheus' text format 0.0.4. It listens from its construction on, so it
/// is made before the first work.
/// </summary>
sealed class PrometheusText : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    static readonly HashSet<string> Meters =
    [
        Measured.Name, "Npgsql", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
    ];

    readonly ConcurrentDictionary<Instrument, MetricSeries> series = [];
    readonly MeterListener listener = new();

    public PrometheusText()
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (Meters.Contains(instrument.Meter.Name))
                self.EnableMeasurementEvents(instrument, series.GetOrAdd(instrument, made => new(made)));
        };
        listener.MeasurementsCompleted = (instrument, _) => series.TryRemove(instrument, out MetricSeries? _);
        listener.SetMeasurementEventCallback<byte>(Record);
        listener.SetMeasurementEventCallback<short>(Record);
        listener.SetMeasurementEventCallback<int>(Record);
        listener.SetMeasurementEventCallback<long>(Record);
        listener.SetMeasurementEventCallback<float>(Record);
        listener.SetMeasurementEventCallback<double>(Record);
        listener.SetMeasurementEventCallback<decimal>(Record);
        listener.Start();
    }

    public string Write()
    {
        foreach (var one in series.Values)
            one.ForgetObserved();
        listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var family in series.Values.GroupBy(one => FullName(one.Instrument)).OrderBy(family => family.Key, StringComparer.Ordinal))
        {
            var instrument = family.First().Instrument;
            text.Append(CultureInfo.InvariantCulture, $"# HELP {family.Key} {Help(instrument)}\n# TYPE {family.Key} {Kind(instrument)}\n");
            foreach (var one in family)
                one.Write((labels, point, bounds) => Write(text, family.Key, labels, point, bounds));
        }
        return text.ToString();
    }

    public void Dispose() => listener.Dispose();

    static void Record<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
        where T : struct, IConvertible => ((MetricSeries)state!).Record(value.ToDouble(CultureInfo.InvariantCulture), Labels(tags));

    static void Write(StringBuilder text, string name, string labels, MetricSeries.Point point, double[] bounds)
    {
        if (point.Buckets.Length == 0)
        {
            Line(text, name, labels, point.Value);
            return;
        }
        var below = 0L;
        for (var i = 0; i < point.Buckets.Length; i++)
        {
            below += point.Buckets[i];
            var bound = i < bounds.Length ? Number(bounds[i]) : "+Inf";
            Line(text, name + "_bucket", $"{labels}{(labels.Length > 0 ? "," : "")}le=\"{bound}\"", below);
        }
        Line(text, name + "_sum", labels, point.Value);
        Line(text, name + "_count", labels, point.Count);
    }

    static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
            text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
            return "";
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in tags)
            labels[Identifier(name)] = Escape(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
        return string.Join(',', labels.Select(label => $"{label.Key}=\"{label.Value}\""));
    }

    /// <summary>The name as OpenTelemetry's rules for Prometheus write it: the unit spelled out, counters ending in _total.</summary>
    static string FullName(Instrument instrument)
    {
        var name = Identifier(instrument.Name);
        var unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "ms" => "_milliseconds",
            "By" => "_bytes",
            "1" when Kind(instrument) == "gauge" => "_ratio",
            _ => "",
        };
        if (!name.EndsWith(unit, StringComparison.Ordinal))
            name += unit;
        return MetricSeries.IsCounter(instrument) && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    static string Kind(Instrument instrument) =>
        MetricSeries.IsHistogram(instrument) ? "histogram" : MetricSeries.IsCounter(instrument) ? "counter" : "gauge";

    static string Help(Instrument instrument) =>
        (instrument.Description ?? instrument.Name).Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);

    static string Escape(string value) => value
        .Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    static string Identifier(string name) => string.Create(name.Length, name, (span, from) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = char.IsAsciiLetterOrDigit(from[i]) ? from[i] : '_';
    });

    static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
