using System.Xml;

namespace FeedParser.Benchmarks;

/// <summary>Reads the same bytes both ways in one run, taking turns, so that a noisy machine disturbs both alike.</summary>
static class Speed
{
    // Long enough for the just-in-time compiler to have done its last step on both sides.
    const int WarmUp = 120;
    const int Rounds = 25;

    public static int Run(string? folder)
    {
        var corpus = Corpus.Load(folder);
        var shared = corpus.Where(f => LoadsAsXml(f.Bytes)).ToList();
        var all = corpus.Sum(f => (long)f.Bytes.Length);
        Console.WriteLine($"{corpus.Count} feeds, {all / 1e6:F2} MB; {shared.Count} of them are XML that XDocument loads");
        for (int i = 0; i < WarmUp; i++)
        {
            Ours(corpus);
            Theirs(shared);
        }

        var ours = new List<double>();
        var oursShared = new List<double>();
        var theirs = new List<double>();
        long allocated = 0;
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            ours.Add(Time(() => Ours(corpus)));
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            oursShared.Add(Time(() => Ours(shared)));
            theirs.Add(Time(() => Theirs(shared)));
        }

        long sharedBytes = shared.Sum(f => (long)f.Bytes.Length);
        Print("FeedReader.Read, all feeds", all, ours);
        Print("FeedReader.Read, the loadable", sharedBytes, oursShared);
        Print("XDocument.Load + extraction", sharedBytes, theirs);
        Console.WriteLine($"ratio (median of pairs)        {Median(theirs.Zip(oursShared, (t, o) => t / o)),8:F2}");
        Console.WriteLine($"allocation per byte of input   {(double)allocated / all,8:F2}");
        return 0;
    }

    static void Print(string name, long bytes, List<double> seconds) =>
        Console.WriteLine($"{name,-30} {bytes / 1e6 / Median(seconds),8:F1} MB/s median {bytes / 1e6 / seconds.Min(),8:F1} MB/s best");

    static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    static double Time(Action action)
    {
        double start = CpuClock.Seconds();
        action();
        return CpuClock.Seconds() - start;
    }

    static bool LoadsAsXml(byte[] bytes)
    {
        try
        {
            return XDocumentReader.Read(bytes) >= 0;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    static int Ours(IReadOnlyList<(string Name, byte[] Bytes)> corpus) =>
        corpus.Sum(f => FeedReader.Read(f.Bytes).Feed?.Items.Count ?? 0);

    static int Theirs(IReadOnlyList<(string Name, byte[] Bytes)> corpus) => corpus.Sum(f => XDocumentReader.Read(f.Bytes));
}
