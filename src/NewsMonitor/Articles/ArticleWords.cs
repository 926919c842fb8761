using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;
using TextEngine.WatchTerms;

namespace NewsMonitor.Articles;

/// <summary>
/// What an article is found by: the words of title (weight A) and text, folded by TextEngine, so that the index and the queries agree on
/// what one word is. PostgreSQL's own <c>arabic</c> configuration neither unifies قاآني with قآني nor takes ل off a name.
/// </summary>
public sealed class ArticleWords
{
    /// <summary>Words between title and text that are not there, so that no phrase runs from one into the other.</summary>
    const int Gap = 64;

    /// <summary>PostgreSQL keeps no position beyond this, and no more than 255 of a word.</summary>
    const int LastPosition = 16_383;
    const int MostPositions = 255;

    [ThreadStatic]
    static IndexWords? _reader;

    public long ArticleId { get; set; }
    public Article? Article { get; set; }
    public required NpgsqlTsVector Words { get; set; }

#pragma warning disable CS0618 // Parsing here is advised against for texts; these are words and numbers in quotes that this class wrote.
    public static NpgsqlTsVector Of(string title, string text) => NpgsqlTsVector.Parse(Text(title, text));
#pragma warning restore CS0618

    /// <summary>The same in PostgreSQL's own notation, for bulk loads.</summary>
    public static string Text(string title, string text)
    {
        var positions = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var reader = _reader ??= new IndexWords();
        var next = reader.Read(title, 1, (word, at) => Add(positions, word, at));
        reader.Read(text, next + Gap, (word, at) => Add(positions, word, at));
        var vector = new StringBuilder();
        foreach (var (word, places) in positions)
        {
            vector.Append(vector.Length == 0 ? "'" : " '").Append(word).Append("':");
            for (var i = 0; i < Math.Min(places.Count, MostPositions); i++)
            {
                vector.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"{Math.Min(places[i], LastPosition)}")
                    .Append(places[i] < next ? "A" : "");
            }
        }

        return vector.ToString();
    }

    static void Add(Dictionary<string, List<int>> positions, string word, int at)
    {
        if (!positions.TryGetValue(word, out var places))
        {
            positions[word] = places = [];
        }

        if (places.Count == 0 || places[^1] != at)
        {
            places.Add(at);
        }
    }
}

sealed class ArticleWordsTable : IEntityTypeConfiguration<ArticleWords>
{
    public void Configure(EntityTypeBuilder<ArticleWords> words)
    {
        words.ToTable("article_words");
        words.HasKey(w => w.ArticleId);
        words.HasOne(w => w.Article).WithOne().HasForeignKey<ArticleWords>(w => w.ArticleId);
    }
}
