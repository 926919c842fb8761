using FeedParser;

namespace NewsMonitor.Articles;

public static class ItemText
{
    /// <summary>
    /// All that the feed says of an item beside its title. Some newsrooms put the lead only into the summary: nothing that a watch could
    /// find may be dropped.
    /// </summary>
    public static string Of(FeedItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return (item.Summary, item.Content) switch
        {
            (null or "", var content) => content ?? "",
            (var summary, null or "") => summary,
            var (summary, content) when content.Contains(summary, StringComparison.Ordinal) => content,
            var (summary, content) when summary.Contains(content, StringComparison.Ordinal) => summary,
            var (summary, content) => summary + "\n\n" + content,
        };
    }
}
