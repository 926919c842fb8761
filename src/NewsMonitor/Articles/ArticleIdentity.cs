using System.Security.Cryptography;
using System.Text;
using FeedParser;

namespace NewsMonitor.Articles;

/// <summary>What makes an item of a feed the same item at the next look.</summary>
/// <param name="ItemId">Unique within the feed.</param>
/// <param name="CanonicalUrl">The page, comparable; null without a link.</param>
/// <param name="ContentHash">16 bytes over title and text as the feed gives them: a change is a new revision.</param>
public sealed record ArticleIdentity(string ItemId, string? CanonicalUrl, byte[] ContentHash)
{
    const int LongestId = 1000;

    /// <summary>PostgreSQL keeps no more than 2,704 bytes in a row of an index.</summary>
    const int LongestInBytes = 2500;

    /// <summary>
    /// The identities of a feed's items, in their order; null for an item that repeats an earlier one. Ids that are addresses are
    /// compared as pages, so a feed that turns to https or adds tracking to its ids changes none of them. One id for items of several
    /// pages (a mistake some programs make) is told apart by page and content.
    /// </summary>
    public static IReadOnlyList<ArticleIdentity?> Of(IReadOnlyList<FeedItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        var identities = items.Select(Of).ToList();
        var sharedIds = identities.Select(i => i!).GroupBy(i => i.ItemId, StringComparer.Ordinal)
            .Where(g => g.Select(i => i.CanonicalUrl).Distinct().Count() > 1).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < identities.Count; i++)
        {
            var identity = identities[i]!;
            if (sharedIds.Contains(identity.ItemId))
            {
                var page = identity.CanonicalUrl ?? Convert.ToHexStringLower(identity.ContentHash);
                identity = identity with { ItemId = Bounded($"{identity.ItemId} {page}") };
            }
            identities[i] = seen.Add(identity.ItemId) ? identity : null;
        }
        return identities;
    }

    static ArticleIdentity? Of(FeedItem item)
    {
        var canonical = Articles.CanonicalUrl.Of(item.Link);
        var hash = Hash(item.Title ?? "", ItemText.Of(item));
        var id = item.Id.Trim();
        return new ArticleIdentity(Articles.CanonicalUrl.Of(id)
            ?? (id.Length > 0 ? Bounded(id) : canonical ?? Convert.ToHexStringLower(hash)), canonical, hash);
    }

    /// <summary>Differences of spacing alone make no revision.</summary>
    public static byte[] Hash(string title, string text) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(Spaced(title) + "\n" + Spaced(text)))[..16];

    static string Spaced(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A text as it is, or of one that is too long for an index the beginning and a hash of the whole.</summary>
    internal static string Bounded(string text)
    {
        if (text.Length <= LongestId && Encoding.UTF8.GetByteCount(text) <= LongestInBytes) return text;
        var kept = Math.Min(text.Length, LongestId - 33);
        while (Encoding.UTF8.GetByteCount(text.AsSpan(0, kept)) > LongestInBytes - 33 || char.IsHighSurrogate(text[kept - 1])) kept--;
        return string.Concat(text.AsSpan(0, kept), " ",
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16)));
    }
}
