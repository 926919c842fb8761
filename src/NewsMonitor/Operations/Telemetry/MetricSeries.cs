using System.Diagnostics.Metrics;

namespace NewsMonitor.Operations.Telemetry;

/// <summary>The numbers of one instrument, one series for each set of tags, added up as Prometheus wants them.</summary>
sealed class MetricSeries(Instrument instrument)
{
    // An instrument that tags by something unbounded must not fill the memory: what comes later shares one series.
    public const int MostSeries = 1000;
    static readonly string Overflow = "overflow=\"true\"";
    static readonly double[] DefaultBounds = [.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60];

    readonly Lock gate = new();
    readonly SortedDictionary<string, Point> points = new(StringComparer.Ordinal);
    readonly double[] bounds = Bounds(instrument);

    public Instrument Instrument { get; } = instrument;

    public void Record(double value, string labels)
    {
        lock (gate)
        {
            if (!points.TryGetValue(labels, out var point))
            {
                if (points.Count >= MostSeries)
                    labels = Overflow;
                if (!points.TryGetValue(labels, out point))
                    points[labels] = point = new(IsHistogram(Instrument) ? new long[bounds.Length + 1] : []);
            }
            if (point.Buckets.Length > 0)
            {
                point.Buckets[Bucket(value)]++;
                point.Count++;
                point.Value += value;
            }
            else
            {
                point.Value = IsAbsolute(Instrument) ? value : point.Value + value;
            }
        }
    }

    /// <summary>Observed values are taken anew at each look, so a series that is no longer observed goes.</summary>
    public void ForgetObserved()
    {
        lock (gate)
        {
            if (Instrument.IsObservable)
                points.Clear();
        }
    }

    public void Write(Action<string, Point, double[]> write)
    {
        lock (gate)
        {
            foreach (var (labels, point) in points)
                write(labels, point, bounds);
        }
    }

    public static bool IsHistogram(Instrument instrument) => Is(instrument, "Histogram`1");

    public static bool IsCounter(Instrument instrument) => Is(instrument, "Counter`1") || Is(instrument, "ObservableCounter`1");

    static bool IsAbsolute(Instrument instrument) => instrument.IsObservable || Is(instrument, "Gauge`1");

    static bool Is(Instrument instrument, string name) => instrument.GetType().Name == name;

    int Bucket(double value)
    {
        var index = Array.BinarySearch(bounds, value);
        return index < 0 ? ~index : index;
    }

    static double[] Bounds(Instrument instrument) => instrument switch
    {
        Instrument<double> { Advice.HistogramBucketBoundaries: { } given } => [.. given],
        Instrument<long> { Advice.HistogramBucketBoundaries: { } given } => [.. given.Select(bound => (double)bound)],
        _ => DefaultBounds,
    };

    public sealed class Point(long[] buckets)
    {
        public long[] Buckets { get; } = buckets;
        public long Count { get; set; }
        public double Value { get; set; }
    }
}
