using System.Text;

namespace FeedParser.Tests;

public class RobustnessTests
{
    // One document after another of a hostile kind, large enough that anything quadratic would run for minutes.
    public static TheoryData<string, string> Hostile => new()
    {
        { "<a>", "" },
        { "<rss><channel><item>", "" },
        { "<rss><channel><item><title>", "" },
        { "</a>", "<rss><channel>" },
        { "<b></c>", "<rss><channel><item><description>" },
        { "<!--", "<rss><channel>" },
        { "<![CDATA[", "<rss><channel><title>" },
        { "<!--", "<rss><channel><item><description>&lt;!--" },
        { "&lt;!--", "<rss><channel><item><description>" },
        { "&lt;script&gt;", "<rss><channel><item><description>" },
        { "&lt;a href=&quot;", "<rss><channel><item><description>" },
        { "<a href=\"", "<rss><channel><item><description>" },
        { "<a b='", "<rss>" },
        { "&a", "<rss><channel><title>" },
        { "&#", "<rss><channel><title>" },
        { "&#99999999999;", "<rss><channel><title>" },
        { "<", "<rss><channel><title>" },
        { "<?", "<rss><channel>" },
        { "<?a>", "<rss><channel>" },
        { "<!DOCTYPE x [", "" },
        { "<!DOCTYPE x[>", "" },
        { "<!DOCTYPE x>", "" },
        { "] ", "<!DOCTYPE x [" },
        { " a='b'", "<rss" },
        { " xmlns:a='b'", "<rss" },
        { "<x xmlns:a='b'>", "<rss>" },
        { "<enclosure url='x'/>", "<rss><channel><item>" },
        { "<category>c</category>", "<rss><channel><item>" },
        { "<author>a</author>", "<rss><channel><item>" },
        { "<pubDate>no</pubDate>", "<rss><channel><item>" },
        { "\u00C3\u0083", "<rss><channel><item><title>" },
        { "<!--", "<rss><channel><title><![CDATA[" },
        { "<a ", "<rss><channel><title><![CDATA[" },
        { "& ", $"<rss><channel>{string.Concat(Enumerable.Range(0, 70).Select(i => $"<pubDate>no date {i}</pubDate>"))}<title>" },
        { "<image>", "<rss><channel>" },
        { "<source>", "<rss><channel><item>" },
        { "<content type='xhtml'>", "<feed><entry>" },
        { "[", "" },
        { "{\"a\":", "" },
        { "&e;", "<!DOCTYPE r [<!ENTITY e \"" + "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee" + "\">]><rss><channel><title>" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void AHostileRepetitionIsReadInLinearTime(string repeated, string before)
    {
        // Four million bytes: quadratic work would be sixteen trillion steps, which no test run could pass over.
        var text = new StringBuilder(before);
        while (text.Length < 4_000_000)
        {
            text.Append(repeated);
        }

        var result = FeedReader.Read(Encoding.UTF8.GetBytes(text.ToString()));
        Assert.True(result.Feed is not null ^ result.Error is not null);
    }

    [Fact]
    public void EntityExpansionIsBounded()
    {
        var text = new StringBuilder("<!DOCTYPE r [<!ENTITY a0 \"0123456789\">");
        for (int i = 1; i < 30; i++)
        {
            text.Append($"<!ENTITY a{i} \"{string.Concat(Enumerable.Repeat($"&a{i - 1};", 10))}\">");
        }

        text.Append("]><rss><channel><title>&a29;&a29;&a29;</title></channel></rss>");
        var feed = FeedReader.Read(Encoding.UTF8.GetBytes(text.ToString())).Feed!;
        Assert.True(feed.Title!.Length < 2_000_000);
    }

    [Fact]
    public void HalfOfASurrogatePairCostsAJsonFeedThatUnitAlone()
    {
        var json = """
            {"version":"https://jsonfeed.org/version/1.1","title":"T",
            "items":[{"id":"1","title":"a\ud83d \"\\\/#[b](c) \u00e9\ud83d\ude00\udc00."}]}
            """;
        var item = Assert.Single(FeedReader.Read(Encoding.UTF8.GetBytes(json)).Feed!.Items);
        Assert.Equal("a \"\\/#[b](c) é😀.", item.Title);
    }

    [Fact]
    public void TruncationAtEveryByteReadsTheItemsBeforeIt()
    {
        var bytes = """
            <?xml version="1.0"?><rss version="2.0"><channel><title>T</title>
            <item><title>أول</title><link>http://example.com/1</link><description><![CDATA[<p>A</p>]]></description></item>
            <item><title>B</title><guid isPermaLink="false">b</guid></item></channel></rss>
            """u8.ToArray();
        int seen = 0;
        for (int length = 0; length <= bytes.Length; length++)
        {
            var result = FeedReader.Read(bytes.AsMemory(0, length));
            int count = result.Feed?.Items.Count ?? 0;
            Assert.True(count >= seen, $"{count} items after {seen} at {length}");
            seen = count;
        }

        Assert.Equal(2, seen);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(5000)]
    public void AStreamInPiecesReadsLikeTheWhole(int piece)
    {
        var items = Enumerable.Range(0, 400).Select(i =>
            $"<item><title>خبر {i} &amp; more</title><description><![CDATA[<p>{new string('x', i)}</p>]]></description></item>");
        var bytes = Encoding.UTF8.GetBytes($"<rss><channel>{string.Concat(items)}</channel></rss>");
        var whole = FeedReader.Read(bytes).Feed!.Items.Select(i => (i.Title, i.Summary));
        var streamed = FeedReader.ReadItems(new Trickle(bytes, piece)).Select(i => (i.Title, i.Summary));
        Assert.Equal(whole, streamed);
    }

    // The first piece of a stream is 64 kB: it ends at every byte of these in turn.
    [Theory]
    [InlineData("<!DOCTYPE rss PUBLIC \"-//N 'RSS' 0.91\" \"a.dtd\" [<!ENTITY x \"y>z\"> ] ><rss><channel><item><title>&x;</title></item>")]
    [InlineData("<rss><channel><!-- > <item><title>no</title></item> -- > --><item><title>A</title></item>")]
    [InlineData("<rss><channel><?php echo '<item>' > ?><item><title>A</title></item>")]
    [InlineData("<rss><channel><item><title><![CDATA[A <b>]] > &amp; ]]>B</title></item>")]
    [InlineData("<rss><channel><item><enclosure url='a\">b' type=\"a'>b\" length=3/><title>A &amp;amp; &#233; < B</title ></item>")]
    [InlineData("<rss><channel><item><title>قا\uD83D\uDE00آني</title><link>http://example.com/&#x61;?b&c</link><!x><i a=b/c></item>")]
    public void AStreamCutAnywhereReadsLikeTheWhole(string document)
    {
        var bytes = Encoding.UTF8.GetBytes(document + "<item><title>Z</title></item></channel></rss>");
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            byte[] padded = [.. Encoding.ASCII.GetBytes("<?xml version='1.0'?>".PadRight((64 * 1024) - cut)), .. bytes];
            var whole = FeedReader.Read(padded).Feed!.Items.Select(Essence);
            Assert.Equal(whole, FeedReader.ReadItems(new MemoryStream(padded)).Select(Essence));
        }
    }

    [Fact]
    public void PrefixesThatNeverComeAgainAreForgotten()
    {
        const int Items = 300_000;
        var items = Enumerable.Range(0, Items).Select(i => $"<item xmlns:prefix{i}='x'/>");
        var bytes = Encoding.UTF8.GetBytes($"<rss><channel>{string.Concat(items)}</channel></rss>");
        long before = GC.GetTotalMemory(forceFullCollection: true), live = 0;
        int count = 0;
        foreach (var item in FeedReader.ReadItems(new MemoryStream(bytes)))
        {
            live = ++count == Items - 1000 ? GC.GetTotalMemory(forceFullCollection: true) - before : live;
        }

        Assert.Equal(Items, count);
        Assert.True(live < 5_000_000, $"{live} bytes are kept behind {count} items");
    }

    // Two names of HTML are shorter than what they stand for.
    [Fact]
    public void ReferencesThatGrowFillNoBufferTooSmall()
    {
        for (int count = 3000; count < 3400; count++)
        {
            var text = string.Concat(Enumerable.Repeat("&nGt;", count));
            var feed = FeedReader.Read(Encoding.UTF8.GetBytes($"<rss><channel><title>{text}</title></channel></rss>")).Feed!;
            Assert.Equal(string.Concat(Enumerable.Repeat("≫⃒", count)), feed.Title);
        }
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void AStreamWithAByteOrderMarkReadsLikeTheWhole(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        foreach (var text in new[]
        {
            "<rss><channel><item><title>خبر</title></item></channel></rss>",
            """{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"خبر"}]}""",
        })
        {
            byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
            Assert.Equal("خبر", FeedReader.Read(bytes).Feed!.Items[0].Title);
            Assert.Equal("خبر", Assert.Single(FeedReader.ReadItems(new MemoryStream(bytes))).Title);
        }
    }

    [Theory]
    [InlineData("C2")]
    [InlineData("C3A9C2")]
    [InlineData("E282")]
    [InlineData("80F0")]
    [InlineData("C3")]
    public void AStreamWithInvalidBytesReadsLikeTheWhole(string hex)
    {
        byte[] bytes =
            [.. "<rss><channel><item><title>A valid é and "u8, .. Convert.FromHexString(hex), .. "</title></item></channel></rss>"u8];
        var whole = FeedReader.Read(bytes).Feed!.Items.Select(i => i.Title);
        Assert.Equal(whole, FeedReader.ReadItems(new MemoryStream(bytes)).Select(i => i.Title));
    }

    [Fact]
    public void MutatedFeedsNeverThrowAndStreamsReadLikeTheWhole()
    {
        int seed = Environment.TickCount;
        Console.WriteLine($"mutation seed {seed}");
        var mutator = new Benchmarks.Mutator([.. RealFeeds.All().Select(f => f.Bytes), .. Own()], new Random(seed));
        for (int i = 0; i < 10_000; i++)
        {
            var document = mutator.Next(longest: 6000);
            var failure = Record.Exception(() => FeedReader.Read(document));
            Assert.True(failure is null, $"seed {seed}, input {i}: {failure}\n{Convert.ToBase64String(document)}");
            List<string?> streamed = [];
            failure = Record.Exception(() => streamed.AddRange(FeedReader.ReadItems(new MemoryStream(document)).Select(Essence)));
            Assert.True(failure is null, $"seed {seed}, stream {i}: {failure}\n{Convert.ToBase64String(document)}");
            var whole = FeedReader.Read(document).Feed?.Items.Select(Essence) ?? [];
            Assert.True(whole.SequenceEqual(streamed), $"seed {seed}, stream {i}: {string.Join(" / ", streamed)}\n"
                + $"instead of {string.Join(" / ", whole)}\n{Convert.ToBase64String(document)}");
        }
    }

    static string Essence(FeedItem item) => $"{item.Id} {item.Title} {item.Link} {item.Summary} {item.Content} {item.Published:O}";

    static IEnumerable<byte[]> Own() =>
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Conformance"), "*.txt").Select(f => Path.GetFileName(f))
            .SelectMany(Conformance.Case.Load).Select(c => c.Document()).Where(d => d.Length > 0);

    sealed class Trickle(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(piece, buffer.Length)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(piece, count));
    }
}
