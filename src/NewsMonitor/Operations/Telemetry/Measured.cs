using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace NewsMonitor.Operations.Telemetry;

/// <summary>
/// What the service counts and times, under one meter, and the source of its traces. Names follow OpenTelemetry; <c>/metrics</c> shows
/// <c>monitor.polls</c> as <c>monitor_polls_total</c>. Tags have few values each: an outcome, a stage, never a feed or a title.
/// </summary>
public static class Measured
{
    public const string Name = "NewsMonitor";

    static readonly InstrumentAdvice<double> Latencies = new()
    {
        HistogramBucketBoundaries = [.05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900, 3600, 21600, 86400],
    };

    static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60],
    };

    static readonly Meter Meter = new(Name);

    static readonly Counter<long> Polls = Meter.CreateCounter<long>("monitor.polls", "{poll}", "Looks at feeds, by outcome.");
    static readonly Histogram<double> PollDuration = Meter.CreateHistogram(
        "monitor.poll.duration", "s", "From the request for a feed to its commit.", null, Durations);
    static readonly Counter<long> Articles = Meter.CreateCounter<long>("monitor.articles", "{article}", "Articles stored, by kind: new, copy or revised.");
    static readonly Counter<long> Matches = Meter.CreateCounter<long>("monitor.matches", "{match}", "Watches that fired on an article.");
    static readonly Counter<long> Alerts = Meter.CreateCounter<long>("monitor.alerts", "{alert}", "Alerts raised, by severity.");
    static readonly Counter<long> Deliveries = Meter.CreateCounter<long>(
        "monitor.deliveries", "{attempt}", "Attempts to deliver, by kind of recipient and outcome: sent, retried or dead.");
    static readonly Histogram<double> Latency = Meter.CreateHistogram(
        "monitor.latency", "s",
        "How long news took, by stage: published_to_fetched, fetched_to_alerted, alerted_to_delivered, published_to_delivered.", null, Latencies);

    /// <summary>Spans of the pipeline; the HTTP client and Npgsql add their own below them.</summary>
    public static ActivitySource Traces { get; } = new(Name);

    public static void Polled(string outcome, TimeSpan took)
    {
        Polls.Add(1, Tag("outcome", outcome));
        PollDuration.Record(took.TotalSeconds, Tag("outcome", outcome));
    }

    public static void ArticlesStored(string kind, int count) => Add(Articles, count, "kind", kind);

    public static void Matched(int count)
    {
        if (count > 0)
            Matches.Add(count);
    }

    public static void AlertsRaised(string severity, int count) => Add(Alerts, count, "severity", severity);

    public static void DeliveryAttempted(string kind, string outcome) => Deliveries.Add(1, Tag("kind", kind), Tag("outcome", outcome));

    /// <summary>A source's clock may run ahead of ours: what would be negative counts as nothing.</summary>
    public static void Took(string stage, TimeSpan latency) => Latency.Record(Math.Max(0, latency.TotalSeconds), Tag("stage", stage));

    static void Add(Counter<long> counter, int count, string tag, string value)
    {
        if (count > 0)
            counter.Add(count, Tag(tag, value));
    }

    static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
