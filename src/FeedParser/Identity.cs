using System.Security.Cryptography;
using System.Text;

namespace FeedParser;

/// <summary>Identifiers for items that have none of their own.</summary>
static class Identity
{
    /// <summary>Falls back to the link, then to a hash over what the item says.</summary>
    public static void Complete(FeedItem item)
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
