using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.RegularExpressions;
using NewsMonitor.Operations.Telemetry;

namespace NewsMonitor.Tests.Operations;

public sealed partial class PrometheusTextTests : IDisposable
{
    readonly PrometheusText text = new();
    readonly Meter meter = new(Measured.Name);
    readonly string unique = $"t{Guid.NewGuid():N}";

    public void Dispose()
    {
        meter.Dispose();
        text.Dispose();
    }

    [Fact]
    public void ACounterAddsUpByItsTags()
    {
        var counter = meter.CreateCounter<long>($"{unique}.seen", "{thing}", "Things seen.");
        counter.Add(2, Tag("kind", "a"));
        counter.Add(3, Tag("kind", "a"));
        counter.Add(5, Tag("kind", "b"));

        var lines = Lines();

        Assert.Contains($"# HELP {unique}_seen_total Things seen.", lines);
        Assert.Contains($"# TYPE {unique}_seen_total counter", lines);
        Assert.Contains($"{unique}_seen_total{{kind=\"a\"}} 5", lines);
        Assert.Contains($"{unique}_seen_total{{kind=\"b\"}} 5", lines);
    }

    [Fact]
    public void AHistogramsBucketsAreCumulativeAndItsBoundsInclusive()
    {
        var histogram = meter.CreateHistogram(
            $"{unique}.took", "s", null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 10] });
        foreach (var value in (double[])[0.5, 1, 1.5, 10, 99])
            histogram.Record(value);

        Assert.Equal(
            [
                $"# HELP {unique}_took_seconds {unique}.took", $"# TYPE {unique}_took_seconds histogram",
                $"{unique}_took_seconds_bucket{{le=\"1\"}} 2", $"{unique}_took_seconds_bucket{{le=\"10\"}} 4",
                $"{unique}_took_seconds_bucket{{le=\"+Inf\"}} 5", $"{unique}_took_seconds_sum 112", $"{unique}_took_seconds_count 5",
            ],
            Lines());
    }

    [Fact]
    public void AnUpDownCounterAndAGaugeAreGauges()
    {
        var open = meter.CreateUpDownCounter<int>($"{unique}.open");
        open.Add(5);
        open.Add(-2);
        var gauge = meter.CreateGauge<double>($"{unique}.level", "By");
        gauge.Record(7);
        gauge.Record(4.5);

        var lines = Lines();

        Assert.Contains($"# TYPE {unique}_open gauge", lines);
        Assert.Contains($"{unique}_open 3", lines);
        Assert.Contains($"{unique}_level_bytes 4.5", lines);
    }

    [Fact]
    public void WhatIsObservedIsTakenAnewAtEachLook()
    {
        var seen = new List<Measurement<long>> { new(1, Tag("of", "x")), new(2, Tag("of", "y")) };
        meter.CreateObservableGauge($"{unique}.waiting", () => seen);
        meter.CreateObservableCounter($"{unique}.ever", () => 40L);
        Assert.Contains($"{unique}_waiting{{of=\"x\"}} 1", Lines());
        Assert.Contains($"{unique}_ever_total 40", Lines());

        seen.RemoveAt(0);

        Assert.DoesNotContain(Lines(), line => line.Contains("of=\"x\"", StringComparison.Ordinal));
        Assert.Contains($"{unique}_waiting{{of=\"y\"}} 2", Lines());
        Assert.Contains($"{unique}_ever_total 40", Lines());
    }

    [Fact]
    public void TagsAreOrderedAndEscaped()
    {
        meter.CreateCounter<long>($"{unique}.odd").Add(1, Tag("b.c", "\"quoted\"\nسطر\\"), Tag("a", null));

        Assert.Contains($"{unique}_odd_total{{a=\"\",b_c=\"\\\"quoted\\\"\\nسطر\\\\\"}} 1", Lines());
    }

    [Fact]
    public void AnInstrumentWithEndlessTagsSharesOneSeriesAtLast()
    {
        var counter = meter.CreateCounter<long>($"{unique}.endless");
        for (var i = 0; i < MetricSeries.MostSeries + 500; i++)
            counter.Add(1, Tag("url", $"https://{i}.example.org"));

        var lines = Lines();

        Assert.Contains($"{unique}_endless_total{{overflow=\"true\"}} 500", lines);
        Assert.Equal(MetricSeries.MostSeries + 3, lines.Count);
    }

    [Fact]
    public async Task RecordingFromManyThreadsLosesNothing()
    {
        var counter = meter.CreateCounter<long>($"{unique}.busy");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
                counter.Add(1, Tag("half", thread % 2));
        })));

        Assert.Contains($"{unique}_busy_total{{half=\"0\"}} 40000", Lines());
        Assert.Contains($"{unique}_busy_total{{half=\"1\"}} 40000", Lines());
    }

    /// <summary>The names that dashboards and alert rules are written with.</summary>
    [Fact]
    public void TheServicesOwnNumbersHaveTheirNames()
    {
        Measured.Polled("fetched", TimeSpan.FromSeconds(0.2));
        Measured.ArticlesStored("new", 3);
        Measured.Matched(2);
        Measured.AlertsRaised("high", 1);
        Measured.DeliveryAttempted("webhook", "sent");
        Measured.Took("published_to_delivered", TimeSpan.FromSeconds(-3));

        var whole = text.Write();

        string[] names =
        [
            "monitor_polls_total{outcome=\"fetched\"}", "monitor_poll_duration_seconds_bucket{outcome=\"fetched\",le=\"0.25\"}",
            "monitor_articles_total{kind=\"new\"}", "monitor_matches_total ", "monitor_alerts_total{severity=\"high\"}",
            "monitor_deliveries_total{kind=\"webhook\",outcome=\"sent\"}", "monitor_latency_seconds_bucket{stage=\"published_to_delivered\",le=\"0.05\"}",
        ];
        Assert.All(names, name => Assert.Contains("\n" + name, whole, StringComparison.Ordinal));
    }

    [Fact]
    public void EveryLineFollowsTheFormat()
    {
        Measured.Polled("failed", TimeSpan.FromSeconds(1));
        GC.Collect();

        foreach (var line in text.Write().Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Assert.Matches(line[0] == '#' ? Comment() : Sample(), line);
    }

    [GeneratedRegex("""^# (HELP [a-z_][a-zA-Z0-9_]* .+|TYPE [a-z_][a-zA-Z0-9_]* (counter|gauge|histogram))$""")]
    private static partial Regex Comment();

    [GeneratedRegex("""^[a-z_][a-zA-Z0-9_]*(\{[a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\.)*"(,[a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\.)*")*\})? (-?[0-9.]+(E[+-]?[0-9]+)?|NaN|[+-]Inf)$""")]
    private static partial Regex Sample();

    List<string> Lines() => [.. text.Write().Split('\n').Where(line => line.Contains(unique, StringComparison.Ordinal))];

    static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, Convert.ToString(value, CultureInfo.InvariantCulture));
}
