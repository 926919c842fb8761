using System.Globalization;
using System.Text;
using NewsMonitor.Articles;

namespace NewsMonitor.Tests.Articles;

public class PageTextTests
{
    static readonly Uri Page = new("https://news.example/2025/a");

    const string Arabic = "أعلنت وزارة النقل العراقية، اليوم السبت، استئناف الرحلات الجوية بعد توقف دام ساعات بسبب عاصفة ترابية كثيفة.";
    const string Second = "وقال المتحدث باسم الوزارة إن المطارات عادت إلى العمل تدريجياً، مؤكداً أن الرؤية تحسنت في معظم المحافظات.";

    static PageContent Read(string html, string? contentType = "text/html; charset=utf-8") =>
        PageText.Read(Encoding.UTF8.GetBytes(html), contentType, Page);

    static string Site(string main) => $"""
        <!doctype html><html lang="ar" dir="rtl"><head><title>خبر - موقع</title></head><body>
        <header class="site-header"><nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/w">العالم</a></li></ul></nav></header>
        <div class="cookie-consent"><p>نستخدم ملفات تعريف الارتباط لتحسين تجربتك، هل توافق على ذلك يا زائرنا الكريم؟</p></div>
        {main}
        <div class="sidebar related"><h3>اقرأ أيضا</h3><ul><li><a href="/1">عنوان خبر آخر طويل بما يكفي ليبدو كالنص</a></li><li><a href="/2">عنوان ثان</a></li></ul></div>
        <div id="comments"><p>تعليق من أحد القراء، وهو نص طويل لا ينتمي إلى المقال أبداً ولا يجوز أن يظهر فيه.</p></div>
        <footer><p>جميع الحقوق محفوظة، ٢٠٢٥، لموقع الأخبار هذا ولمن يعمل فيه.</p></footer></body></html>
        """;

    [Theory]
    [InlineData("""{"@type":"NewsArticle","headline":"Half of a pair \ud83d","articleBody":"\ud83d"}""", "text/html; charset=utf-8")]
    [InlineData("""{"@type":["\ud83d","NewsArticle"],"author":[{"name":"\ud83d"},"\ud83d"],"headline":"x"}""", "text/html; charset=utf-8")]
    [InlineData("""{"\ud83d":1,"@type":"NewsArticle","\udc00x":{"@graph":[]},"headline":"x"}""", "text/html; charset=utf-8")]
    [InlineData("""[{"@\ud83dtype":"NewsArticle"},{"@grap\ud83d":1}]""", "text/html; charset=utf-8")]
    [InlineData("""{"@type":"NewsArticle","datePublished":"99999-99-99","author":[[],{"name":[]},null,1]}""", "text/html; charset=utf-8")]
    [InlineData("{}", "text/html; charset=utf-7")]
    public void APageThatIsNotQuiteRightIsReadAllTheSame(string data, string contentType) => Assert.Contains(
        Arabic,
        Read(Site($"<article><p>{Arabic}</p><p>{Second}</p></article><script type='application/ld+json'>{data}</script>"), contentType).Text,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("<article><h1>عنوان</h1><p>{0}</p><p>{1}</p></article>")]
    [InlineData("<main><div class='story'><p>{0}</p><div class='share-bar'><a href='#'>شارك</a></div><p>{1}</p></div></main>")]
    [InlineData("<div id='x'><div class='c1'><p>{0}</p></div><div class='c1'><p>{1}</p></div></div>")]
    [InlineData("<div class='layout-with-sidebar'><h1>عنوان</h1><div class='post-content'>{0}<br><br>{1}</div></div>")]
    [InlineData("<table><tr><td class='menu'><a href='/'>x</a></td><td><p>{0}</p><p>{1}</p></td></tr></table>")]
    [InlineData("<div><span>{0}</span><p>{1}</p></div>")]
    public void TheMainTextIsFoundOnPagesInArabic(string shape)
    {
        var read = Read(Site(string.Format(CultureInfo.InvariantCulture, shape, Arabic, Second)));
        Assert.Equal(PageTextSource.Extraction, read.Source);
        Assert.Contains(Arabic, read.Text, StringComparison.Ordinal);
        Assert.Contains(Second, read.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("ملفات تعريف", read.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("تعليق من", read.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("عنوان خبر آخر", read.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("جميع الحقوق", read.Text, StringComparison.Ordinal);
        Assert.Equal("ar", read.Metadata.Language);
    }

    [Fact]
    public void ParagraphsStayApart()
    {
        var read = Read(Site($"<article><p>{Arabic}</p><p>{Second}</p></article>"));
        Assert.Equal($"{Arabic}\n\n{Second}", read.Text);
    }

    [Theory]
    [InlineData("""{"@type":"NewsArticle","headline":"H &amp; K","articleBody":"BODY","author":{"name":"N"},"datePublished":"2025-03-01T10:00:00+03:00"}""")]
    [InlineData("""[{"@type":"WebPage"},{"@type":["Article","Thing"],"headline":"H & K","articleBody":"BODY","author":[{"name":"N"}],"datePublished":"2025-03-01T07:00:00Z"}]""")]
    [InlineData("""{"@graph":[{"@type":"ReportageNewsArticle","headline":"H & K","articleBody":"<p>BODY</p>","author":"N","datePublished":"2025-03-01T07:00:00Z"}]}""")]
    [InlineData("""<!-- {"@type":"BlogPosting","headline":"H & K","articleBody":"BODY","author":["N"],"datePublished":"2025-03-01T07:00:00Z",} -->""")]
    [InlineData("{\"@type\":\"NewsArticle\",\"headline\":\"H\n& K\",\"articleBody\":\"BODY\",\"author\":{\"name\":\"N\"},\"datePublished\":\"2025-03-01T07:00:00Z\"};")]
    public void StructuredDataComesFirst(string json)
    {
        var body = string.Join(' ', Enumerable.Repeat(Arabic, 4));
        var read = Read(Site($"<script type='application/ld+json'>{json.Replace("BODY", body, StringComparison.Ordinal)}</script><p>{Arabic}</p>"));
        Assert.Equal(PageTextSource.JsonLd, read.Source);
        Assert.Equal(body, read.Text);
        Assert.Equal(("H & K", "N", new DateTimeOffset(2025, 3, 1, 7, 0, 0, TimeSpan.Zero)),
            (read.Metadata.Title, read.Metadata.Author, read.Metadata.Published));
    }

    [Fact]
    public void ATeaserInTheStructuredDataDoesNotBeatTheWholeText()
    {
        var whole = string.Concat(Enumerable.Range(0, 12).Select(i => $"<p>{Arabic} {i}</p>"));
        var read = Read(Site($"<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"articleBody\":\"{Arabic} {Second} ...\"}}</script><article>{whole}</article>"));
        Assert.Equal(PageTextSource.Extraction, read.Source);
        Assert.Contains($"{Arabic} 11", read.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void MetadataFillsWhatAFeedLacks()
    {
        var read = Read("""
            <html><head><meta property="og:title" content="The title"><meta name="author" content="A. Writer">
            <meta property="article:published_time" content="2025-03-01T10:00:00+03:00"><link rel="canonical" href="/2025/the-title"></head><body></body></html>
            """);
        Assert.Equal(new PageMetadata("The title", "A. Writer", new(2025, 3, 1, 7, 0, 0, TimeSpan.Zero),
            "https://news.example/2025/the-title", null), read.Metadata);
        Assert.Equal(("", PageTextSource.None), (read.Text, read.Source));
    }

    [Theory]
    [InlineData("<link rel=canonical href='https://news.example/'>")]
    [InlineData("<link rel=canonical href='javascript:x'>")]
    [InlineData("<meta name=author content='https://social.example/profile'>")]
    public void MetadataThatCannotBeMeantIsLeft(string head)
    {
        var read = Read($"<html><head>{head}</head><body></body></html>");
        Assert.Equal((null, null), (read.Metadata.CanonicalUrl, read.Metadata.Author));
    }

    [Fact]
    public void TheCharsetOfHeaderOrPageIsHonoured()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var bytes = Encoding.GetEncoding(1256).GetBytes($"<html><head><meta charset='windows-1256'></head><body><article><p>{Arabic}</p><p>{Second}</p></article></body></html>");
        Assert.Contains("وزارة النقل", PageText.Read(bytes, "text/html", Page).Text, StringComparison.Ordinal);
        Assert.Contains("وزارة النقل", PageText.Read(bytes, "text/html; charset=windows-1256", Page).Text, StringComparison.Ordinal);
        Assert.Contains("وزارة النقل", PageText.Read(bytes, "text/html; charset=nonsense", Page).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void APagesTextStandsInOnlyWhereItSaysMoreOfTheSame()
    {
        var text = string.Join("\n\n", Enumerable.Repeat($"{Arabic} {Second}", 3));
        Assert.True(PageText.IsBetter(text, "استئناف الرحلات الجوية في المطارات", "أعلنت وزارة النقل العراقية استئناف الرحلات"));
        Assert.False(PageText.IsBetter(text, "", text + " والمزيد"));
        Assert.False(PageText.IsBetter("قصير", "قصير", ""));
        var wall = string.Join(' ', Enumerable.Repeat("We value your privacy and use cookies to improve this site.", 20));
        Assert.False(PageText.IsBetter(wall, "استئناف الرحلات الجوية", "أعلنت وزارة النقل"));
    }

    [Theory]
    [InlineData("<div>", 40_000)]
    [InlineData("<div/>", 40_000)]
    [InlineData("<b><i>", 20_000)]
    [InlineData("<table><tr><td>", 5_000)]
    [InlineData("<p>x, y, z", 40_000)]
    [InlineData("<script type='application/ld+json'>[[[[[", 2_000)]
    public void AMaliciousPageEnds(string piece, int times)
    {
        Read(string.Concat(Enumerable.Repeat(piece, times)));
    }
}
