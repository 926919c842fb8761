using System.Security.Cryptography;
using System.Text;

namespace FeedParser;

/// <summary>What an item that is read to its end still lacks, out of what it has.</summary>
static class Identity
{
    /// <summary>
    /// The identifier, which RSS 2.0 leaves to the writer and RFC 4287 section 4.2.6 demands, falls back to the link, then to a hash over
    /// what the item says; the summary to the content.
    /// </summary>
    public static void Complete(FeedItem item)
    {
        Identify(item);
        item.Summary ??= item.Content;
    }

    static void Identify(FeedItem item)
    {
        if (item.Id.Length > 0)
        {
            return;
        }

        item.IdIsDerived = true;
        item.Id = item.Link ?? Hash($"{item.Title}\n{item.Summary ?? item.Content}\n{item.Published:O}");
    }

    static string Hash(string text) =>
        string.Concat("urn:sha256:", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16)));
}
