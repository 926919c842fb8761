namespace FeedParser.Benchmarks;

/// <summary>Feed files to measure with: those of a folder named on the command line, or the shared ones beside the repository.</summary>
static class Corpus
{
    public static IReadOnlyList<(string Name, byte[] Bytes)> Load(string? folder)
    {
        folder ??= Find(new DirectoryInfo(AppContext.BaseDirectory)) ?? throw new DirectoryNotFoundException(
            "No folder shared/feeds/real beside the repository; name a folder of feed files.");
        return [.. Directory.EnumerateFiles(folder).Order().Select(f => (Path.GetFileName(f), File.ReadAllBytes(f)))];
    }

    static string? Find(DirectoryInfo? from)
    {
        for (; from is not null; from = from.Parent)
        {
            var candidate = Path.Combine(from.FullName, "shared", "feeds", "real");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
