using TextEngine.Benchmarks;

switch (args)
{
    case ["stories", .. var rest]:
        return StoriesBenchmark.Run(rest);
    default:
        Console.Error.WriteLine("Name a benchmark: stories.");
        return 2;
}
