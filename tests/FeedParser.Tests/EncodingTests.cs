using System.Text;

namespace FeedParser.Tests;

public class EncodingTests
{
    static EncodingTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("windows-1256", 1256, "أخبار العالم اليوم")]
    [InlineData("iso-8859-6", 28596, "أخبار العالم اليوم")]
    [InlineData("windows-1255", 1255, "חדשות היום")]
    [InlineData("iso-8859-8", 28598, "חדשות היום")]
    [InlineData("windows-1251", 1251, "Новости дня")]
    [InlineData("koi8-r", 20866, "Новости дня")]
    [InlineData("koi8-u", 21866, "Новини дня")]
    [InlineData("iso-8859-5", 28595, "Новости дня")]
    [InlineData("cp866", 866, "Новости дня")]
    [InlineData("x-mac-cyrillic", 10007, "Новости дня")]
    [InlineData("windows-1252", 1252, "Smart “quotes” – café")]
    [InlineData("iso-8859-1", 1252, "Smart “quotes” – café")]
    [InlineData("us-ascii", 1252, "Smart “quotes” – café")]
    [InlineData("iso-8859-15", 28605, "10 € café")]
    [InlineData("iso-8859-2", 28592, "Zażółć gęślą jaźń")]
    [InlineData("windows-1250", 1250, "Zażółć gęślą jaźń")]
    [InlineData("iso-8859-7", 28597, "Νέα της ημέρας")]
    [InlineData("windows-1253", 1253, "Νέα της ημέρας")]
    [InlineData("iso-8859-9", 1254, "Günün haberleri")]
    [InlineData("windows-1254", 1254, "Günün haberleri")]
    [InlineData("windows-1257", 1257, "Dienos žinios")]
    [InlineData("windows-1258", 1258, "Đà")]
    [InlineData("windows-874", 874, "ข่าววันนี้")]
    [InlineData("tis-620", 874, "ข่าววันนี้")]
    [InlineData("gb2312", 54936, "今日新闻")]
    [InlineData("gbk", 54936, "今日新闻")]
    [InlineData("gb18030", 54936, "今日新闻𠀀")]
    [InlineData("hz-gb-2312", 52936, "今日新闻")]
    [InlineData("big5", 950, "今日新聞")]
    [InlineData("Big5-HKSCS", 950, "今日新聞")]
    [InlineData("x-gbk", 54936, "今日新闻")]
    [InlineData("EUC_CN", 54936, "今日新闻")]
    [InlineData("s-jis", 932, "今日のニュース")]
    [InlineData("MS_Kanji", 932, "今日のニュース")]
    [InlineData("u-jis", 51932, "今日のニュース")]
    [InlineData("iso2022jp", 50220, "今日のニュース")]
    [InlineData("ks_c_5601-1989", 949, "오늘의 뉴스")]
    [InlineData("KS_X_1001", 949, "오늘의 뉴스")]
    [InlineData("euckr", 949, "오늘의 뉴스")]
    [InlineData("shift_jis", 932, "今日のニュース")]
    [InlineData("Shift-JIS", 932, "今日のニュース")]
    [InlineData("euc-jp", 51932, "今日のニュース")]
    [InlineData("iso-2022-jp", 50220, "今日のニュース")]
    [InlineData("iso-2022-jp-2004", 50220, "今日のニュース")]
    [InlineData("iso2022_jp_ext", 50220, "今日のニュース")]
    [InlineData("euc_jisx0213", 51932, "今日のニュース")]
    [InlineData("euc-kr", 949, "오늘의 뉴스")]
    [InlineData("ks_c_5601-1987", 949, "오늘의 뉴스")]
    [InlineData("johab", 1361, "오늘의 뉴스")]
    [InlineData("macintosh", 10000, "café")]
    [InlineData("cp437", 437, "café")]
    [InlineData("cp850", 850, "café")]
    [InlineData("ibm037", 37, "cafe")]
    [InlineData("cp500", 500, "cafe")]
    [InlineData("cp1026", 1026, "cafe")]
    public void ADeclaredEncodingIsRead(string label, int codePage, string title) =>
        Assert.Equal(title, Title(Encoding.GetEncoding(codePage).GetBytes(Document(label, title))));

    [Theory]
    [InlineData("iso-8859-10", 0xA1, "Ą")]
    [InlineData("iso-8859-14", 0xA1, "Ḃ")]
    [InlineData("iso8859_16", 0xA1, "Ą")]
    [InlineData("cp1006", 0xB0, "ﺍ")]
    [InlineData("cp856", 0x80, "א")]
    [InlineData("cp1125", 0x80, "А")]
    [InlineData("koi8-t", 0xC1, "а")]
    [InlineData("kz1048", 0x8D, "Қ")]
    [InlineData("ptcp154", 0xA1, "Ў")]
    [InlineData("hp-roman8", 0xA1, "À")]
    [InlineData("cp1251", 0xC0, "А")]
    [InlineData("windows1251", 0xC0, "А")]
    [InlineData("win-1251", 0xC0, "А")]
    [InlineData("cp-1251", 0xC0, "А")]
    [InlineData("iso8859-5", 0xB0, "А")]
    [InlineData("iso_8859_1", 0xE9, "é")]
    [InlineData("ISO_8859-1:1987", 0xE9, "é")]
    [InlineData("iso8859_6", 0xC7, "ا")]
    [InlineData("ISO_8859-7:1987", 0xD9, "Ω")]
    [InlineData("iso-8859-7", 0xA4, "€")]
    [InlineData("ELOT_928", 0xA4, "€")]
    [InlineData("greek", 0xA4, "€")]
    [InlineData("csISOLatinGreek", 0xA4, "€")]
    [InlineData("latin-6", 0xA1, "Ą")]
    [InlineData("iso-celtic", 0xA1, "Ḃ")]
    [InlineData("ISO_8859-16:2001", 0xA1, "Ą")]
    [InlineData("l7", 0xE0, "ą")]
    [InlineData("TIS-620.2529", 0xA1, "ก")]
    [InlineData("KZ-1048", 0x8D, "Қ")]
    [InlineData("Cyrillic-Asian", 0xA1, "Ў")]
    [InlineData("ruscii", 0x80, "А")]
    [InlineData("cp866", 0x80, "А")]
    [InlineData("mac_cyrillic", 0x80, "А")]
    public void ASingleByteIsReadUnderEveryNameOfItsEncoding(string label, byte value, string title)
    {
        var parts = Document(label, "@").Split('@');
        Assert.Equal(title, Title([.. Encoding.ASCII.GetBytes(parts[0]), value, .. Encoding.ASCII.GetBytes(parts[1])]));
    }

    // Index Big5 of the WHATWG Encoding Standard: C6E7 and C77A, C77B and C7F2, C7F3 and C875.
    [Theory]
    [InlineData("C6E7C6E8C77A", "ぁあん")]
    [InlineData("C77BC77CC7F2", "ァアヶ")]
    [InlineData("C7F3C7F9C854C875", "АЁЯя")]
    [InlineData("A4A4C6EFC867", "中ぉс")]
    public void KanaAndCyrillicOfBig5AreRead(string hex, string title)
    {
        var parts = Document("big5", "@").Split('@');
        byte[] bytes = [.. Encoding.ASCII.GetBytes(parts[0]), .. Convert.FromHexString(hex), .. Encoding.ASCII.GetBytes(parts[1])];
        Assert.Equal(title, Title(bytes));
    }

    [Fact]
    public void KanaOfBig5AreReadFromAStreamWhereverItsPiecesEnd()
    {
        var items = string.Concat(Enumerable.Repeat("<item><title>\u00A4\u00A4\u00C6\u00E7</title></item>", 10_000));
        var document = Encoding.Latin1.GetBytes($"<?xml version='1.0' encoding='big5'?><rss><channel>{items}</channel></rss>");
        Assert.Equal("中ぁ", Assert.Single(FeedReader.ReadItems(new MemoryStream(document)).Select(i => i.Title).Distinct()));
    }

    [Theory]
    [InlineData("cp99999")]
    [InlineData("cp-5")]
    [InlineData("0")]
    [InlineData("cp1")]
    [InlineData("utf-7")]
    [InlineData("x-user-defined")]
    [InlineData("_________")]
    [InlineData("windows-")]
    public void ALabelOfNoEncodingIsPassedOver(string label) => Assert.Equal("T", Title(Encoding.ASCII.GetBytes(Document(label, "T"))));

    [Theory]
    [InlineData("windows-1256", 1256, "أخبار")]
    [InlineData("big5", 950, "今日新聞")]
    [InlineData("\"koi8-r\"", 20866, "Новости")]
    public void TheCharsetOfTheContentTypeIsRead(string charset, int codePage, string title) =>
        Assert.Equal(title, Title(Encoding.GetEncoding(codePage).GetBytes(Document(null, title)), $"text/xml; charset={charset}"));

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-32", false)]
    [InlineData("utf-32BE", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-32", true)]
    [InlineData("utf-32BE", true)]
    public void UnicodeIsReadWithAndWithoutByteOrderMark(string name, bool mark)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(Document(name, "أخبار 𠀀"))];
        Assert.Equal("أخبار 𠀀", Title(bytes));
    }

    [Fact]
    public void AByteOrderMarkCountsMoreThanCharsetAndDeclaration() => Assert.Equal("أخبار",
        Title([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Document("windows-1251", "أخبار"))],
            "text/xml; charset=iso-8859-1"));

    [Fact]
    public void TheCharsetCountsMoreThanTheDeclaration() => Assert.Equal("Новости",
        Title(Encoding.GetEncoding(1251).GetBytes(Document("koi8-r", "Новости")), "application/xml; charset=windows-1251"));

    [Fact]
    public void TheDeclarationCountsWhenTheContentTypeHasNoCharset() => Assert.Equal("Новости",
        Title(Encoding.GetEncoding(20866).GetBytes(Document("koi8-r", "Новости")), "text/xml"));

    [Fact]
    public void TheDeclarationHelpsWhenTheCharsetIsUtf8AndTheBytesAreNot() => Assert.Equal("Новости",
        Title(Encoding.GetEncoding(1251).GetBytes(Document("windows-1251", "Новости")), "text/xml; charset=utf-8"));

    [Fact]
    public void ADeclarationOfUtf16OverEightBitTextIsPassedOver() =>
        Assert.Equal("T", Title(Encoding.UTF8.GetBytes(Document("utf-16", "T"))));

    [Fact]
    public void Utf8UnderALegacyLabelIsReadAsUtf8AndSaid()
    {
        var result = FeedReader.Read(Encoding.UTF8.GetBytes(Document("windows-1256", "أخبار العالم")));
        Assert.Equal("أخبار العالم", result.Feed!.Title);
        Assert.Contains("declared as windows-1256 but written in UTF-8", result.Feed.Problems.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Windows1252UnderTheLabelOfUtf8IsReadAndSaid()
    {
        var result = FeedReader.Read(Encoding.GetEncoding(1252).GetBytes(Document("utf-8", "“café”")));
        Assert.Equal("“café”", result.Feed!.Title);
        Assert.Contains("not UTF-8", result.Feed.Problems.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SingleInvalidBytesAreReplacedAndSaid()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("<rss><channel>\n<title>أخ"), 0xFF,
            .. Encoding.UTF8.GetBytes("بار</title></channel></rss>")];
        var result = FeedReader.Read(bytes);
        Assert.Equal("أخ\uFFFDبار", result.Feed!.Title);
        Assert.Equal("line 2: 1 invalid UTF-8 byte replaced", result.Feed.Problems.Single().ToString());
    }

    [Fact]
    public void AnUnknownEncodingIsSaidAndUtf8Tried()
    {
        var result = FeedReader.Read(Encoding.UTF8.GetBytes(Document("klingon", "أخبار")));
        Assert.Equal("أخبار", result.Feed!.Title);
        Assert.Contains("unknown encoding 'klingon'", result.Feed.Problems.Single().Message, StringComparison.Ordinal);
    }

    // Nothing tells the encoding: no mark, no label, no charset.
    [Theory]
    [InlineData(1256, "أعلنت وزارة الخارجية اليوم عن لقاء جديد في بغداد")]
    [InlineData(1256, "اخبار العالم")]
    [InlineData(1251, "Новости дня: президент провёл встречу")]
    [InlineData(1251, "Последние новости")]
    [InlineData(20866, "Новости дня: президент провёл встречу")]
    [InlineData(20866, "Последние новости")]
    [InlineData(1255, "חדשות היום מירושלים")]
    [InlineData(1253, "Τα νέα της ημέρας από την Αθήνα")]
    [InlineData(874, "ข่าววันนี้จากกรุงเทพมหานคร")]
    [InlineData(949, "오늘의 주요 뉴스와 정부의 발표")]
    [InlineData(51932, "今日のニュースをお届けします。政府は発表した")]
    [InlineData(932, "今日のニュースをお届けします。政府は発表した")]
    [InlineData(54936, "国务院总理在北京会见了来访的外国代表团，双方就合作问题进行了会谈")]
    [InlineData(950, "行政院長今天在台北會見來訪的外國代表團，雙方就合作問題進行了會談")]
    [InlineData(1252, "L’été à Besançon : “ça va très bien”, dit-il")]
    [InlineData(1252, "Über Österreichs größte Städte")]
    [InlineData(1252, "Ação já é notícia em São Paulo")]
    [InlineData(1252, "El año pasado en España")]
    [InlineData(1252, "På mødet i Århus")]
    [InlineData(1252, "café")]
    public void AnEncodingThatNothingTellsIsFoundByItsText(int codePage, string title)
    {
        var bytes = Encoding.GetEncoding(codePage).GetBytes(Document(null, title));
        Assert.Equal(title, Title(bytes));
        Assert.Equal(title, Title(Encoding.GetEncoding(codePage).GetBytes(Document("us-ascii", title))));
        Assert.Equal(title, Title(bytes, "text/xml; charset=us-ascii"));
    }

    [Fact]
    public void ACharsetOfUsAsciiGivesWayToTheDeclaration() => Assert.Equal("Новости",
        Title(Encoding.GetEncoding(20866).GetBytes(Document("koi8-r", "Новости")), "text/xml; charset=us-ascii"));

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("windows-1256")]
    [InlineData("gb18030")]
    public void AStreamIsDecodedLikeADocument(string label)
    {
        var encoding = Encoding.GetEncoding(label);
        var items = string.Concat(Enumerable.Range(0, 3000).Select(i => $"<item><title>خبر رقم {i}</title></item>"));
        byte[] bytes = [.. encoding.GetPreamble(),
            .. encoding.GetBytes($"<?xml version=\"1.0\" encoding=\"{label}\"?><rss><channel>{items}</channel></rss>")];
        var read = FeedReader.ReadItems(new MemoryStream(bytes)).Select(i => i.Title).ToList();
        Assert.Equal(3000, read.Count);
        Assert.Equal("خبر رقم 2999", read[^1]);
    }

    static string Document(string? label, string title) =>
        $"<?xml version=\"1.0\"{(label is null ? "" : $" encoding=\"{label}\"")}?>\n"
        + $"<rss version=\"2.0\"><channel><title>{title}</title></channel></rss>";

    static string? Title(byte[] bytes, string? contentType = null) => FeedReader.Read(bytes, contentType).Feed?.Title;
}
