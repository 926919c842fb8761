namespace FeedParser.Benchmarks;

/// <summary>Writes a feed as it was read, to compare by eye.</summary>
static class Dump
{
    public static void Write(string file, FeedResult result)
    {
        Console.WriteLine($"== {Path.GetFileName(file)} {result.Error}");
        if (result.Feed is not { } feed)
        {
            return;
        }

        Console.WriteLine($"{feed.Format.ToName()} | {feed.Title} | {feed.Link} | {feed.Description}");
        Console.WriteLine($"{feed.Language} | {feed.Updated:O} | {feed.Items.Count} items");
        foreach (var item in feed.Items)
        {
            Console.WriteLine($"  - {item.Title} | {item.Id} | {item.Link} | {item.Published:O} | {item.Updated:O} | {item.Language}");
            Console.WriteLine($"    by {string.Join("; ", item.Authors)} in {string.Join("; ", item.Categories.Select(c => c.Term))}");
            Console.WriteLine($"    with {string.Join("; ", item.Enclosures)}");
            Console.WriteLine($"    S: {Short(item.Summary)}");
            Console.WriteLine($"    C: {Short(item.Content)}");
        }

        foreach (var problem in feed.Problems)
        {
            Console.WriteLine($"  ! {problem}");
        }
    }

    static string? Short(string? text) => text?.Length > 160 ? text[..160].Replace("\n", "⏎") + "…" : text?.Replace("\n", "⏎");
}
