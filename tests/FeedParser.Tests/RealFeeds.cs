namespace FeedParser.Tests;

/// <summary>The real feeds beside the repository, where they are there.</summary>
static class RealFeeds
{
    public static IReadOnlyList<(string Name, byte[] Bytes)> All() => Folder("feeds", "real") is { } folder
        ? [.. Directory.EnumerateFiles(folder).Order().Select(f => (Path.GetFileName(f), File.ReadAllBytes(f)))]
        : [];

    public static string? Folder(params string[] below)
    {
        for (var from = new DirectoryInfo(AppContext.BaseDirectory); from is not null; from = from.Parent)
        {
            var candidate = Path.Combine([from.FullName, "shared", .. below]);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        Console.WriteLine("No shared folder beside the repository: real material is passed over.");
        return null;
    }
}
