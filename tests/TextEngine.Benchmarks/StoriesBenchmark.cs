using System.Diagnostics;
using System.Text.Json;
using TextEngine.NearDuplicates;

namespace TextEngine.Benchmarks;

/// <summary>
/// `stories FILE...`: quality and speed of grouping NDJSON {"id","text","copyOf","edit"} into stories, on one thread, from text to story.
/// `stories scale [N]`: time an article at 20,000 and at N (default 1,000,000) stored articles, and bytes an article.
/// </summary>
static class StoriesBenchmark
{
    public static int Run(ReadOnlySpan<string> arguments)
    {
        if (arguments is ["scale", ..])
        {
            Scale(arguments.Length > 1 ? int.Parse(arguments[1], System.Globalization.CultureInfo.InvariantCulture) : 1_000_000);
            return 0;
        }

        foreach (var file in arguments)
        {
            var documents = File.ReadLines(file).Select(Document.Read).ToList();
            Quality(file, documents);
        }

        return 0;
    }

    static void Scale(int last)
    {
        const int Batch = 10_000, First = 20_000;
        var workload = new StoriesWorkload();
        var index = new StoryIndex();
        var texts = new string[Batch];
        var (early, late) = (new List<double>(), new List<double>());
        while (index.Count < last)
        {
            for (var i = 0; i < Batch; i++)
            {
                texts[i] = workload.Next();
            }

            var watch = Stopwatch.StartNew();
            foreach (var text in texts)
            {
                index.Add(Sketcher.Sketch(null, text));
            }

            var each = watch.Elapsed.TotalMicroseconds / Batch;
            if (index.Count is > First and <= First * 4)
            {
                early.Add(each);
            }
            else if (index.Count > last - (First * 3))
            {
                late.Add(each);
            }
        }

        // The best of several batches: other programs on the machine only ever add time.
        Console.WriteLine($"{First:N0} stored: {early.Min():F1} us an article ({1e6 / early.Min():N0}/s)");
        Console.WriteLine($"{last:N0} stored: {late.Min():F1} us an article ({1e6 / late.Min():N0}/s), {late.Min() / early.Min():F2} times as long");
        Console.WriteLine($"{(double)index.ByteCount / index.Count:N0} bytes an article");
    }

    static void Quality(string name, List<Document> documents)
    {
        var stories = new int[documents.Count];
        var best = double.MaxValue;
        var bytes = 0L;
        for (var round = 0; round < 4; round++)
        {
            var index = new StoryIndex(documents.Count);
            var watch = Stopwatch.StartNew();
            foreach (var document in documents)
            {
                index.Add(Sketcher.Sketch(null, document.Text));
            }

            best = Math.Min(best, watch.Elapsed.TotalSeconds);
            stories = [.. Enumerable.Range(0, documents.Count).Select(index.StoryOf)];
            bytes = index.ByteCount;
        }

        Console.WriteLine($"{name}: {documents.Count / best:N0} articles/s, {(double)bytes / documents.Count:N0} bytes an article");
        Console.WriteLine(Score.Of(documents, stories));
    }

    internal sealed record Document(string Id, string Text, string? CopyOf, string Edit)
    {
        public static Document Read(string line)
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            return new Document(root.GetProperty("id").GetString()!, root.GetProperty("text").GetString()!,
                root.GetProperty("copyOf").GetString(), root.GetProperty("edit").GetString()!);
        }
    }

    internal sealed record Score(double Precision, double Recall, double RandIndex, string Found, double TeaserCeiling)
    {
        public static Score Of(List<Document> documents, int[] stories)
        {
            var place = documents.Select((d, i) => (d.Id, i)).ToDictionary(p => p.Id, p => p.i);
            var truth = documents.Select((d, i) => d.CopyOf is null ? i : place[d.CopyOf]).ToArray();
            var cells = Pairs(stories.Zip(truth));
            var ours = Pairs(stories);
            var theirs = Pairs(truth);
            var all = Choose2(stories.Length);
            var expected = ours * theirs / all;
            var found = documents.Select((d, i) => (d.Edit, Found: stories[i] == stories[truth[i]])).Where(d => d.Edit != "original")
                .GroupBy(d => d.Edit).OrderBy(g => g.Key).Select(g => $"{g.Key} {g.Average(d => d.Found ? 1.0 : 0):F4}");
            return new Score(cells / ours, cells / theirs, (cells - expected) / (((ours + theirs) / 2) - expected), string.Join(", ", found), CeilingOfTeasers(documents));
        }

        /// <summary>
        /// The share of teasers that anybody could place: one that is word for word the beginning of n originals (their common background) is
        /// placed by chance once in n.
        /// </summary>
        static double CeilingOfTeasers(List<Document> documents)
        {
            const int Shortest = 25;
            var beginnings = documents.Where(d => d.CopyOf is null).ToLookup(d => string.Join(' ', d.Text.Split(' ').Take(Shortest)));
            return documents.Where(d => d.Edit == "teaser").Select(teaser => 1.0 / Math.Max(1,
                beginnings[string.Join(' ', teaser.Text.Split(' ').Take(Shortest))].Count(o => (o.Text + ' ').StartsWith(teaser.Text + ' ', StringComparison.Ordinal))))
                .DefaultIfEmpty().Average();
        }

        static double Pairs<T>(IEnumerable<T> labels)
            where T : notnull
            => labels.CountBy(l => l).Sum(g => Choose2(g.Value));

        static double Choose2(double n) => n * (n - 1) / 2;

        public override string ToString()
            => $"  precision {Precision:F4}, recall {Recall:F4}, adjusted Rand index {RandIndex:F4}; found: {Found}"
                + (TeaserCeiling > 0 ? $" (at best {TeaserCeiling:F4}: the others are the beginning of several originals)" : "");
    }
}
