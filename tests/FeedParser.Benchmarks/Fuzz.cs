namespace FeedParser.Benchmarks;

/// <summary>Reads mutated feeds and says what broke a promise: an exception, more than a second, more than 50 MB.</summary>
static class Fuzz
{
    const double MostSeconds = 1;
    const long MostBytes = 50_000_000;

    public static int Run(int count, int seed, string? folder)
    {
        var corpus = Corpus.Load(folder).Select(f => f.Bytes).ToList();
        Console.WriteLine($"{count:N0} inputs, seed {seed}");
        var mutator = new Mutator(corpus, new Random(seed));
        int feeds = 0, failures = 0;
        double slowest = 0;
        long largest = 0;
        for (int i = 0; i < count; i++)
        {
            var document = mutator.Next(longest: 5_000);
            long before = GC.GetAllocatedBytesForCurrentThread();
            double start = CpuClock.Seconds();
            try
            {
                feeds += FeedReader.Read(document).Feed is null ? 0 : 1;
                _ = FeedReader.ReadItems(new MemoryStream(document)).Count();
            }
            catch (Exception e)
            {
                failures++;
                var file = Path.Combine(Path.GetTempPath(), $"feed-fuzz-{seed}-{i}.bin");
                File.WriteAllBytes(file, document);
                Console.WriteLine($"input {i}: {e.GetType().Name}: {e.Message} ({file})\n{e.StackTrace}");
            }

            double seconds = CpuClock.Seconds() - start;
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            (slowest, largest) = (Math.Max(slowest, seconds), Math.Max(largest, allocated));
            if (seconds > MostSeconds || allocated > MostBytes)
            {
                failures++;
                Console.WriteLine($"input {i}: {seconds:F2} s, {allocated:N0} bytes");
            }
        }

        Console.WriteLine($"{feeds:N0} read as feeds, {failures} failures");
        Console.WriteLine($"slowest {slowest * 1000:F1} ms, most allocated {largest / 1e6:F1} MB");
        return failures == 0 ? 0 : 1;
    }
}
