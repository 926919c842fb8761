using NewsMonitor.Alerts;
using NewsMonitor.Review.Search;
using NewsMonitor.Watches;
using TextEngine.WatchTerms;

namespace NewsMonitor.Review.Archive;

/// <summary>An article as lists show it. <c>Hits</c> are those of the search, in the shape that alerts have.</summary>
public sealed record ArticleDocument(
    long Id, string Title, string? Url, string Source, string SourceHost, string? Author, string? Language, DateTimeOffset? PublishedAt,
    DateTimeOffset FetchedAt, DateTimeOffset UpdatedAt, long Feed, long Story, long? CopyOf, float? Similarity, int Revision,
    Excerpt Excerpt,
    IReadOnlyList<Hit> Hits)
{
    const int MostHits = 50;

    internal static ArticleDocument Of(Found found)
    {
        var a = found.Article;
        List<Hit> hits = [.. found.Hits.Take(MostHits).Select(HitOf)];
        return new(a.Id, a.Title, a.Url, a.Source, a.SourceHost, a.Author, a.Language, a.PublishedAt, a.FetchedAt, a.UpdatedAt, a.FeedId,
            a.StoryId,
            a.CopyOf, a.Similarity, a.Revision, Excerpt.Cut(a.Title, a.Text, hits), hits);
    }

    internal static Hit HitOf(WatchHit h) => new(
        h.Watch, h.Term, h.Field == HitField.Title ? "title" : "text", h.Start, h.Length, h.Surface, h.Why);
}

public sealed record ArticleDetail(ArticleDocument Article, string Text, IReadOnlyList<RevisionView> Revisions,
    IReadOnlyList<MatchView> Matches);

/// <summary>What the article said before it was changed.</summary>
public sealed record RevisionView(int Revision, string Title, string Text, DateTimeOffset SeenAt);

/// <summary>A watch that fired on the article.</summary>
public sealed record MatchView(string Watch, int WatchRevision, IReadOnlyList<Hit> Hits, DateTimeOffset MatchedAt);
