using NewsMonitor.Articles;
using TextEngine.NearDuplicates;

namespace NewsMonitor.Stories;

/// <summary>A new article with all that the stories need of it, worked out before their lock is taken.</summary>
public sealed class SketchedArticle
{
    SketchedArticle(Article article)
    {
        (Article, Sketch, Origin) = (article, Sketcher.Sketch(article.Title, article.Text), AgencyCredit.OriginOf(article));
        Bytes = Sketch.ToBytes();
    }

    public Article Article { get; }

    public ArticleSketch Sketch { get; }

    /// <summary>The sketch as it is stored.</summary>
    public byte[] Bytes { get; }

    /// <summary>Whose text it is: the agency that it credits, or the newsroom's host.</summary>
    public string Origin { get; }

    public static SketchedArticle Of(Article article) => new(article);
}
