using NewsMonitor.Benchmarks;

// dotnet run -c Release --project tests/NewsMonitor.Benchmarks -- feeds [--feeds 10000] [--interval 300] [--seconds 180] [--crash]
switch (args.FirstOrDefault())
{
    case "feeds":
        return await PollingBenchmark.RunAsync(args);
    case "serve":
        return await Newsrooms.ServeAsync();
    default:
        Console.Error.WriteLine("Name a benchmark: feeds [--feeds N] [--interval SECONDS] [--seconds N] [--crash]");
        return 2;
}
