using NewsMonitor.Database;
using Npgsql;

namespace NewsMonitor.Articles;

/// <summary>Stores new articles as bulk copies. Changed ones go through the context, which keeps their words true.</summary>
public static class ArticleWriter
{
    /// <summary>What the articles are found by. It needs no story, and is the larger part of the work: write it before the stories' lock.</summary>
    /// <param name="connection">Inside the transaction that stores the articles afterwards.</param>
    /// <param name="articles">With their ids.</param>
    /// <param name="stop">Gives up.</param>
    public static Task WriteWordsAsync(NpgsqlConnection connection, IReadOnlyList<Article> articles, CancellationToken stop)
        => connection.CopyAsync("article_words (article_id, words)", articles.Select(a => new object?[] { a.Id, ArticleWords.Bytes(a.Title, a.Text) }), stop);

    /// <param name="connection">Inside the transaction that assigned the stories.</param>
    /// <param name="articles">With their stories.</param>
    /// <param name="stop">Gives up.</param>
    public static Task WriteAsync(NpgsqlConnection connection, IEnumerable<Article> articles, CancellationToken stop) => connection.CopyAsync(
        """
        articles (id, feed_id, item_id, url, canonical_url, title, text, author, source, source_host, language, published_at, fetched_at,
            updated_at, content_hash, revision, story_id, copy_of, similarity)
        """,
        articles.Select(a => new object?[]
        {
            a.Id, a.FeedId, a.ItemId, a.Url, a.CanonicalUrl, a.Title, a.Text, a.Author, a.Source, a.SourceHost, a.Language,
            a.PublishedAt?.UtcDateTime, a.FetchedAt.UtcDateTime, a.UpdatedAt.UtcDateTime, a.ContentHash, a.Revision, a.StoryId, a.CopyOf, a.Similarity,
        }), stop);
}
