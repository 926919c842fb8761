using TextEngine.NearDuplicates;

namespace TextEngine.Tests.NearDuplicates;

public class ArticleSketchTests
{
    const string Text = """
        افتتحت بلدية المدينة صباح الثلاثاء سوق الخضار الجديد عند المدخل الشمالي بعد أعمال ترميم استمرت 14 شهرا، وقال المهندس المشرف إن السوق يضم 220
        متجرا وساحة مسقوفة وموقفا للشاحنات، وإن الباعة القدامى سينتقلون إليه خلال الأسبوع المقبل دون رسوم إضافية.
        """;

    [Fact]
    public void ASketchComesBackFromItsBytesAsItWas()
    {
        var sketch = Sketcher.Sketch("سوق الخضار الجديد", Text);
        var back = ArticleSketch.FromBytes(sketch.ToBytes());
        Assert.Equal(sketch.ToBytes(), back.ToBytes());
        Assert.Equal(sketch.Bands.ToArray(), back.Bands.ToArray());
        Assert.Equal(new Similarity(SimilarityKind.Copy, 1, 1), ArticleSketch.Compare(sketch, back));
    }

    [Fact]
    public void BytesThatAreCutShortAreRefused()
    {
        var bytes = Sketcher.Sketch(null, Text).ToBytes();
        Assert.Throws<FormatException>(() => ArticleSketch.FromBytes(bytes.AsSpan(0, bytes.Length - 1)));
        Assert.Throws<FormatException>(() => ArticleSketch.FromBytes([]));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ... ")]
    public void AnArticleWithoutWordsIsLikeNoOther(string text)
    {
        var index = new StoryIndex();
        Assert.True(index.Add(Sketcher.Sketch(null, text)).IsNew);
        Assert.True(index.Add(Sketcher.Sketch(null, text)).IsNew);
    }

    [Fact]
    public void SpellingsOfOneWordGiveTheSameSketch()
    {
        var other = Text.Replace("أ", "ا", StringComparison.Ordinal).Replace("إ", "ا", StringComparison.Ordinal)
            .Replace("ة ", "ه ", StringComparison.Ordinal).Replace("14", "١٤", StringComparison.Ordinal).Replace("ي", "ى", StringComparison.Ordinal);
        Assert.Equal(Sketcher.Sketch(null, Text).ToBytes(), Sketcher.Sketch(null, other).ToBytes());
    }
}
