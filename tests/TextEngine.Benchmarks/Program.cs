using TextEngine.Benchmarks;

switch (args)
{
    case ["stories", .. var rest]:
        return StoriesBenchmark.Run(rest);
    case ["terms", .. var rest]:
        return TermsBenchmark.Run(rest);
    default:
        Console.Error.WriteLine("Name a benchmark: stories, terms.");
        return 2;
}
