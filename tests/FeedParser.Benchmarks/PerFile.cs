namespace FeedParser.Benchmarks;

/// <summary>The speed of each feed alone, to see which kind of feed is slow.</summary>
static class PerFile
{
    public static int Run(string? folder)
    {
        foreach (var (name, bytes) in Corpus.Load(folder))
        {
            double best = double.MaxValue;
            for (int i = 0; i < 60; i++)
            {
                double start = CpuClock.Seconds();
                FeedReader.Read(bytes);
                best = Math.Min(best, CpuClock.Seconds() - start);
            }

            Console.WriteLine($"{bytes.Length / 1e6 / best,8:F1} MB/s {bytes.Length,8} {name}");
        }

        return 0;
    }
}
