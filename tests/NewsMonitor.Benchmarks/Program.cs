using NewsMonitor.Benchmarks;

// dotnet run -c Release --project tests/NewsMonitor.Benchmarks -- feeds [--feeds 10000] [--interval 300] [--seconds 180] [--crash]
// dotnet run -c Release --project tests/NewsMonitor.Benchmarks -- deliveries [--alerts 10000] [--recipients 20] [--kills 30] [--restarts 3]
// dotnet run -c Release --project tests/NewsMonitor.Benchmarks -- load [--articles N] [--alerts N] [--folder F] [--only fill,search,backtest,wrk,paced]
switch (args.FirstOrDefault())
{
    case "feeds":
        return await PollingBenchmark.RunAsync(args);
    case "deliveries":
        return await DeliveryBenchmark.RunAsync(args);
    case "sender":
        return await DeliveryBenchmark.WorkAsync(args[1], args[2]);
    case "serve":
        return await Newsrooms.ServeAsync();
    case "load":
        return await LoadBenchmark.RunAsync(args);
    default:
        Console.Error.WriteLine(
            "Name a benchmark: feeds [--feeds N] [--interval SECONDS] [--seconds N] [--crash]; "
            + "deliveries [--alerts N] [--recipients N] [--kills N] [--restarts N]; load [--articles N] [--alerts N] [--folder F] [--only PARTS]");
        return 2;
}
