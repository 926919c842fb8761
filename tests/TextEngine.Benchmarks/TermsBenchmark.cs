using System.Buffers;
using System.Diagnostics;
using System.Text;
using TextEngine.WatchTerms;

namespace TextEngine.Benchmarks;

/// <summary>
/// Watch-term matching on the workload of shared/bench/terms.py (made into a folder first), against SearchValues over the same terms in
/// the same run, and 225,000 boolean queries over the same vocabulary. Ratios within one run are what counts.
/// </summary>
static class TermsBenchmark
{
    const int Rounds = 5;

    public static int Run(string[] args)
    {
        if (args.Length == 0 || !File.Exists(Path.Combine(args[0], "text.txt")))
        {
            Console.Error.WriteLine("usage: terms FOLDER [queries], where FOLDER was filled by shared/bench/terms.py");
            return 2;
        }

        var folder = args[0];
        var lines = File.ReadAllLines(Path.Combine(folder, "text.txt"));
        var megabytes = lines.Sum(line => Encoding.UTF8.GetByteCount(line) + 1) / 1e6;
        if (args.Length == 1 || args[1] == "terms")
        {
            foreach (var count in new[] { 100, 10_000, 100_000 })
            {
                Compare(lines, megabytes, File.ReadAllLines(Path.Combine(folder, $"terms-{count}.txt")));
            }
        }

        if (args.Length == 1 || args[1] == "queries")
        {
            Queries(lines, File.ReadAllLines(Path.Combine(folder, "terms-100000.txt")));
        }

        return 0;
    }

    static void Compare(string[] lines, double megabytes, string[] terms)
    {
        var before = GC.GetTotalMemory(true);
        var clock = Stopwatch.StartNew();
        var set = WatchSet.Compile([new WatchDefinition { Id = "all", Terms = terms }]);
        var compiled = clock.Elapsed;
        var memory = GC.GetTotalMemory(true) - before;
        var values = SearchValues.Create(terms, StringComparison.Ordinal);
        var (ours, theirs) = (double.MaxValue, double.MaxValue);
        long hits = 0, found = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var from = Processor();
            hits = Match(set, lines);
            var middle = Processor();
            found = Search(values, lines);
            (ours, theirs) = (Math.Min(ours, middle - from), Math.Min(theirs, Processor() - middle));
        }

        Console.WriteLine($"{terms.Length,7} terms: {megabytes / ours,6:F0} MB/s, {hits} hits; SearchValues {megabytes / theirs,6:F0} MB/s, {found} matches; "
            + $"ratio {theirs / ours:F2}; compiled in {compiled.TotalSeconds:F2} s into {memory / 1e6:F0} MB; "
            + $"{Allocated(set, lines)} bytes an article without hits");
    }

    // Processor time, not the clock's: the machine may be busy with other things.
    static double Processor() => Environment.CpuUsage.TotalTime.TotalSeconds;

    // Every hit is read: its place and its term.
    static long Match(WatchSet set, string[] lines)
    {
        long hits = 0, read = 0;
        foreach (var line in lines)
        {
            foreach (var hit in set.Match(new ArticleText(null, line)))
            {
                hits++;
                read += hit.Start + hit.Length + hit.Term.Length;
            }
        }

        return read > 0 ? hits : 0;
    }

    static long Search(SearchValues<string> values, string[] lines)
    {
        var found = 0L;
        foreach (var line in lines)
        {
            for (var at = 0; ; found++)
            {
                var next = line.AsSpan(at).IndexOfAny(values);
                if (next < 0)
                {
                    break;
                }

                at += next + 1;
            }
        }

        return found;
    }

    static long Allocated(WatchSet set, string[] lines)
    {
        var none = lines.Where(line => set.Match(new ArticleText(null, line)).Count == 0).Take(1000).ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var line in none)
        {
            set.Match(new ArticleText(null, line));
        }

        return none.Length == 0 ? 0 : (GC.GetAllocatedBytesForCurrentThread() - before) / none.Length;
    }

    static void Queries(string[] lines, string[] terms)
    {
        const int seed = 7;
        var random = new Random(seed);
        var definitions = new List<WatchDefinition>(225_000);
        for (var i = 0; i < 225_000; i++)
        {
            string Word() => terms[random.Next(terms.Length)] is var term && term.Contains(' ', StringComparison.Ordinal) ? $"\"{term}\"" : term;
            var query = (i % 4) switch
            {
                0 => $"{Word()} AND {Word()} AND {Word()}",
                1 => $"({Word()} OR {Word()}) AND ({Word()} OR {Word()})",
                2 => $"{Word()} AND ({Word()} OR {Word()} OR {Word()}) NOT {Word()}",
                _ => $"({Word()} OR {Word()} OR {Word()}) AND {Word()} AND {Word()} NOT {Word()}",
            };
            definitions.Add(new WatchDefinition { Id = $"q{i}", Query = query });
        }

        var articles = Articles(lines, 300, 20_000);
        var clock = Stopwatch.StartNew();
        var before = GC.GetTotalMemory(true);
        var set = WatchSet.Compile(definitions);
        Console.WriteLine($"225,000 queries compiled in {clock.Elapsed.TotalSeconds:F1} s into {(GC.GetTotalMemory(true) - before) / 1e6:F0} MB");
        foreach (var threads in new[] { 1, 2 })
        {
            var best = double.MaxValue;
            var hits = 0L;
            for (var round = 0; round < Rounds; round++)
            {
                hits = 0;
                clock.Restart();
                Parallel.ForEach(articles, new ParallelOptions { MaxDegreeOfParallelism = threads },
                    article => Interlocked.Add(ref hits, set.Match(new ArticleText(null, article)).Count));
                best = Math.Min(best, clock.Elapsed.TotalSeconds);
            }

            Console.WriteLine($"{threads} threads: {articles.Count / best:F0} articles of 300 words a second, {hits} hits");
        }
    }

    static List<string> Articles(string[] lines, int words, int count)
    {
        var articles = new List<string>(count);
        var current = new List<string>(words);
        foreach (var line in lines)
        {
            foreach (var word in line.Split(' '))
            {
                current.Add(word);
                if (current.Count == words)
                {
                    articles.Add(string.Join(' ', current));
                    current.Clear();
                }
            }

            if (articles.Count >= count)
            {
                break;
            }
        }

        return articles;
    }
}
