using NewsMonitor.Database;
using Npgsql;
using NpgsqlTypes;

namespace NewsMonitor.Articles;

/// <summary>Stores new articles, many at a time. Changed ones go through the context, which keeps their words true.</summary>
public static class ArticleWriter
{
    /// <summary>
    /// What the articles are found by. It needs no story, and is the larger part of the work: write it before the stories' lock.
    /// </summary>
    /// <param name="connection">Inside the transaction that stores the articles afterwards.</param>
    /// <param name="articles">With their ids.</param>
    /// <param name="stop">Gives up.</param>
    public static Task WriteWordsAsync(NpgsqlConnection connection, IReadOnlyList<Article> articles, CancellationToken stop)
        => connection.CopyAsync(
            "article_words (article_id, words)", articles.Select(a => new object?[] { a.Id, ArticleWords.Bytes(a.Title, a.Text) }), stop);

    /// <param name="batch">Inside the transaction that assigned the stories.</param>
    /// <param name="articles">With their stories.</param>
    public static void AddTo(NpgsqlBatch batch, IReadOnlyList<Article> articles)
    {
        batch.AddInsert(
            """
            articles (id, feed_id, item_id, url, canonical_url, title, text, author, source, source_host, language, published_at,
                fetched_at, updated_at, content_hash, revision, story_id, copy_of, similarity)
            """,
            Of(NpgsqlDbType.Bigint, a => a.Id), Of(NpgsqlDbType.Bigint, a => a.FeedId), Of(NpgsqlDbType.Text, a => a.ItemId),
            Of(NpgsqlDbType.Text, a => a.Url), Of(NpgsqlDbType.Text, a => a.CanonicalUrl), Of(NpgsqlDbType.Text, a => a.Title),
            Of(NpgsqlDbType.Text, a => a.Text), Of(NpgsqlDbType.Text, a => a.Author), Of(NpgsqlDbType.Text, a => a.Source),
            Of(NpgsqlDbType.Text, a => a.SourceHost), Of(NpgsqlDbType.Text, a => a.Language),
            Of(NpgsqlDbType.TimestampTz, a => a.PublishedAt?.UtcDateTime), Of(NpgsqlDbType.TimestampTz, a => a.FetchedAt.UtcDateTime),
            Of(NpgsqlDbType.TimestampTz, a => a.UpdatedAt.UtcDateTime), Of(NpgsqlDbType.Bytea, a => a.ContentHash),
            Of(NpgsqlDbType.Integer, a => a.Revision), Of(NpgsqlDbType.Bigint, a => a.StoryId), Of(NpgsqlDbType.Bigint, a => a.CopyOf),
            Of(NpgsqlDbType.Real, a => a.Similarity));

        Column Of<T>(NpgsqlDbType type, Func<Article, T> value) => new(type, articles.Select(value).ToArray());
    }
}
