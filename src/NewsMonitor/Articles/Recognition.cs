namespace NewsMonitor.Articles;

/// <summary>An article of the same feed that is stored already, as far as recognition needs it.</summary>
public sealed record KnownArticle(long Id, string ItemId, string? CanonicalUrl, byte[] ContentHash);

/// <summary>Which stored article an item of a feed is, where its id is not known. Pure.</summary>
/// <remarks>
/// Feeds change their ids: a new system, a new domain, a program that makes up ids at every visit. Raising everything again would bury the
/// news, and taking two stories for one would lose it. So an unknown id is an old article only on good grounds: it has the page of exactly
/// one stored article and no other item shares that page; or most of the document is unknown by id yet known word for word.
/// </remarks>
public static class Recognition
{
    const int FewestForRenumbering = 3;

    /// <summary>For every item the stored article that it is, or null for a new one.</summary>
    public static IReadOnlyList<KnownArticle?> Match(IReadOnlyList<ArticleIdentity> items, IReadOnlyList<KnownArticle> stored)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(stored);
        var byId = stored.ToDictionary(s => s.ItemId, StringComparer.Ordinal);
        var current = items.Select(i => i.ItemId).ToHashSet(StringComparer.Ordinal);
        // An article whose own id still stands in the document is nobody else.
        var free = stored.Where(s => !current.Contains(s.ItemId)).ToList();
        var byPage = free.Where(s => s.CanonicalUrl is not null).ToLookup(s => s.CanonicalUrl!, StringComparer.Ordinal);
        var pagesInDocument = items.Where(i => i.CanonicalUrl is not null).CountBy(i => i.CanonicalUrl!)
            .ToDictionary(StringComparer.Ordinal);
        var byContent = free.ToLookup(s => Convert.ToHexString(s.ContentHash), StringComparer.Ordinal);

        var unknown = items.Where(i => !byId.ContainsKey(i.ItemId)).ToList();
        var knownByContent = unknown.Count(i => byContent[Convert.ToHexString(i.ContentHash)].Any());
        var renumbered = knownByContent >= FewestForRenumbering && knownByContent * 2 >= items.Count;

        var taken = new HashSet<long>();
        return [.. items.Select(item => byId.GetValueOrDefault(item.ItemId) ?? Take(ByPage(item))
            ?? (renumbered ? Take(ByContent(item)) : null))];

        KnownArticle? ByPage(ArticleIdentity item) =>
            item.CanonicalUrl is { } page && CanonicalUrl.NamesAPage(page) && pagesInDocument[page] == 1
            && byPage[page].Take(2).ToList() is [var only] ? only : null;

        KnownArticle? ByContent(ArticleIdentity item) =>
            byContent[Convert.ToHexString(item.ContentHash)].FirstOrDefault(s => !taken.Contains(s.Id));

        KnownArticle? Take(KnownArticle? article) => article is not null && taken.Add(article.Id) ? article : null;
    }
}
