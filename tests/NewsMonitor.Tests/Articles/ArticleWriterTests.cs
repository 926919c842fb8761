using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Articles;
using NewsMonitor.Tests.Database;
using Npgsql;

namespace NewsMonitor.Tests.Articles;

/// <summary>Bulk copies say by hand what the model says too; PostgreSQL says whether they agree.</summary>
public sealed class ArticleWriterTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task EveryColumnOfAnArticleIsWritten()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        Article[] articles = [Full(1), Bare(2)];
        await WriteAsync(database, articles);
        await using var db = database.CreateContext();
        var read = await db.Set<Article>().OrderBy(a => a.Id).ToListAsync();
        Assert.Equal(articles.Select(a => JsonSerializer.Serialize(a)), read.Select(a => JsonSerializer.Serialize(a)));
        // Were a column added to the model, it would be null in the full article, and the copy would have forgotten it.
        Assert.All(typeof(Article).GetProperties(), property => Assert.NotNull(property.GetValue(read[0])));
    }

    [Fact]
    public async Task TheWordsAreTheSameByCopyAsByParsing()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        Article[] articles = [Full(1), Bare(2), Long(3)];
        await WriteAsync(database, articles);
        foreach (var article in articles)
        {
            var same = await database.ScalarAsync<bool>($"""
                SELECT words = '{ArticleWords.Text(article.Title, article.Text).Replace("'", "''", StringComparison.Ordinal)}'::tsvector
                FROM article_words WHERE article_id = {article.Id}
                """);
            Assert.True(same, article.Title);
        }

        Assert.Equal(1, await database.ScalarAsync<long>("SELECT count(*) FROM article_words WHERE words @@ 'بغداد'::tsquery"));
        Assert.Equal(1, await database.ScalarAsync<long>("SELECT count(*) FROM article_words WHERE words @@ 'زياره:A'::tsquery"));
    }

    static async Task WriteAsync(TestDatabase database, Article[] articles)
    {
        await using var db = database.CreateContext();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await ArticleWriter.WriteWordsAsync(connection, articles, CancellationToken.None);
        await using var batch = new NpgsqlBatch(connection);
        ArticleWriter.AddTo(batch, articles);
        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    static Article Full(long id) => new()
    {
        Id = id, FeedId = 7, ItemId = "item", Url = "https://news.example/1", CanonicalUrl = "https://news.example/1?", Title = "زيارة لقاآني",
        Text = "وصل إلى بغداد. Kata'ib said 😀 it's \\ a visit, a visit.", Author = "Author", Source = "News", SourceHost = "news.example", Language = "ar",
        PublishedAt = Noon, FetchedAt = Noon.AddMinutes(1), UpdatedAt = Noon.AddMinutes(2), ContentHash = [1, 2, 3], Revision = 3, StoryId = 9,
        CopyOf = 8, Similarity = .5f,
    };

    static Article Bare(long id) => new()
    {
        Id = id, FeedId = 7, ItemId = "bare", Title = "", Text = "", Source = "News", SourceHost = "news.example", FetchedAt = Noon, UpdatedAt = Noon,
        ContentHash = [], StoryId = 10,
    };

    // More places of one word than PostgreSQL keeps, and places beyond its last.
    static Article Long(long id)
    {
        var article = Bare(id);
        (article.ItemId, article.Text) = ("long", string.Join(' ', Enumerable.Range(0, 20_000).Select(n => n % 50 == 0 ? "again" : $"word{n}")));
        return article;
    }
}
