using System.Globalization;
using NewsMonitor.Benchmarks;

// dotnet run -c Release --project tests/NewsMonitor.Benchmarks -- NAME OPTIONS
(string Name, string Options, Func<string[], Task<int>> Run)[] benchmarks =
[
    ("feeds", "[--feeds 10000] [--interval 300] [--seconds 180] [--unchanged 80] [--crash]", PollingBenchmark.RunAsync),
    ("endtoend", "[--feeds 1000] [--interval 15] [--rate 20] [--seconds 60] [--burst-seconds 60]", EndToEndBenchmark.RunAsync),
    ("deliveries", "[--alerts 10000] [--recipients 20] [--kills 30] [--restarts 3] [--limit 500]", DeliveryChaos.RunAsync),
    ("delivery-speed", "[--recipients 100] [--alerts 200]", DeliverySpeed.RunAsync),
    ("delivery-latency", "[--rate 50] [--seconds 30] [--recipients 5]", DeliverySpeed.LatencyAsync),
    ("ingest", "FILE [--articles N] [--watches 1000] [--items 25] [--writers 8] [--folder F]", IngestBenchmark.RunAsync),
    ("retention", "--folder F [--articles DAYS] [--sketches DAYS]", RetentionBenchmark.RunAsync),
    ("load", "[--articles N] [--alerts N] [--days 90] [--words 70] [--folder F] [--only fill,search,backtest,wrk,paced]",
        LoadBenchmark.RunAsync),
    ("page", "[alerts, 100000]", PageBenchmark.RunAsync),
];
switch (args.FirstOrDefault())
{
    // Processes that the benchmarks start.
    case "sender":
        return await DeliveryChaos.WorkAsync(args[1], args[2]);
    case "serve":
        return await Newsrooms.ServeAsync(int.Parse(args[1], CultureInfo.InvariantCulture));
    case var name when benchmarks.FirstOrDefault(b => b.Name == name) is { Run: { } run }:
        return await run(args);
    default:
        Console.Error.WriteLine("Name a benchmark:");
        foreach (var (name, options, _) in benchmarks)
        {
            Console.Error.WriteLine($"  {name} {options}");
        }

        return 2;
}
