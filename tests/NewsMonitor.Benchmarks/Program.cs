using NewsMonitor.Benchmarks;

// dotnet run -c Release --project tests/NewsMonitor.Benchmarks -- feeds [--feeds 10000] [--interval 300] [--seconds 180] [--crash]
// dotnet run -c Release --project tests/NewsMonitor.Benchmarks -- deliveries [--alerts 10000] [--recipients 20] [--kills 30] [--restarts 3] [--limit 500]
// dotnet run -c Release --project tests/NewsMonitor.Benchmarks -- delivery-speed [--alerts 1000]
// dotnet run -c Release --project tests/NewsMonitor.Benchmarks -- delivery-latency [--rate 50] [--seconds 30] [--recipients 5]
// dotnet run -c Release --project tests/NewsMonitor.Benchmarks -- load [--articles N] [--alerts N] [--folder F] [--only fill,search,backtest,wrk,paced]
switch (args.FirstOrDefault())
{
    case "feeds":
        return await PollingBenchmark.RunAsync(args);
    case "deliveries":
        return await DeliveryChaos.RunAsync(args);
    case "delivery-speed":
        return await DeliverySpeed.RunAsync(args);
    case "delivery-latency":
        return await DeliverySpeed.LatencyAsync(args);
    case "sender":
        return await DeliveryChaos.WorkAsync(args[1], args[2]);
    case "serve":
        return await Newsrooms.ServeAsync();
    case "load":
        return await LoadBenchmark.RunAsync(args);
    default:
        Console.Error.WriteLine(
            "Name a benchmark: feeds [--feeds N] [--interval SECONDS] [--seconds N] [--crash]; "
            + "deliveries [--alerts N] [--recipients N] [--kills N] [--restarts N] [--limit SECONDS]; delivery-speed [--alerts N]; "
            + "delivery-latency [--rate N] [--seconds N] [--recipients N]; load [--articles N] [--alerts N] [--folder F] [--only PARTS]");
        return 2;
}
