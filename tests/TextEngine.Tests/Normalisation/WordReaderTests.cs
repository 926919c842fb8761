using TextEngine.Normalisation;

namespace TextEngine.Tests.Normalisation;

public class WordReaderTests
{
    [Theory]
    [InlineData("a b", WordGap.Space)]
    [InlineData("a\nb", WordGap.Line)]
    [InlineData("a\r\nb", WordGap.Line)]
    [InlineData("a\n\nb", WordGap.Line | WordGap.Stop)]
    [InlineData("a-b", WordGap.Joint)]
    [InlineData("a_b", WordGap.Joint)]
    [InlineData("a\u200Cb", WordGap.Joint)]
    [InlineData("a’b", WordGap.Joint | WordGap.Apostrophe)]
    [InlineData("a 'b", WordGap.Space | WordGap.Quote)]
    [InlineData("a - b", WordGap.Space | WordGap.Break)]
    [InlineData("a – b", WordGap.Space | WordGap.Break)]
    [InlineData("a, b", WordGap.Space | WordGap.Break)]
    [InlineData("a، b", WordGap.Space | WordGap.Break)]
    [InlineData("a. b", WordGap.Space | WordGap.Stop)]
    [InlineData("a.b", WordGap.Stop | WordGap.Dot)]
    [InlineData("a؟ b", WordGap.Space | WordGap.Stop)]
    [InlineData("a «b", WordGap.Space | WordGap.Quote)]
    [InlineData("a (b", WordGap.Space | WordGap.Quote)]
    [InlineData("a 🔥 b", WordGap.Space | WordGap.Quote)]
    [InlineData("a 🇮🇶 b", WordGap.Space | WordGap.Quote)]
    [InlineData("a ✌️ b", WordGap.Space | WordGap.Quote)]
    [InlineData("a 🔴 b", WordGap.Space | WordGap.Break)]
    public void SaysWhatStandsBetweenTwoWords(string text, WordGap gap)
    {
        var reader = new WordReader();
        reader.Read(text);
        Assert.Equal(2, reader.Count);
        Assert.Equal(gap, reader.Words[1].Gap);
    }

    [Fact]
    public void EqualWordsHaveEqualHashesWhereverTheyStand()
    {
        var reader = new WordReader();
        reader.Read("قاآني، وقال قأني");
        Assert.Equal(reader.Words[0].Hash, reader.Words[2].Hash);
        Assert.Equal(WordHash.Of("قاني"), reader.Words[0].Hash);
    }

    [Fact]
    public void RandomUnitsNeverThrowAndOffsetsStayInOrder()
    {
        const int seed = 20261122;
        var random = new Random(seed);
        var reader = new WordReader();
        for (var round = 0; round < 2000; round++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(60)).Select(_ => (char)random.Next(0x10000))]);
            reader.Read(text);
            var end = 0;
            foreach (var word in reader.Words)
            {
                Assert.True(word.Start >= end && word.End > word.Start && word.End <= text.Length && word.FoldedLength > 0, $"seed {seed}, round {round}");
                end = word.End;
            }

            var once = NormalisedText.Of(text).Text;
            Assert.Equal(once, NormalisedText.Of(once).Text);
        }
    }

    // A word of plain letters is read by another loop than one with an invisible control in it.
    [Fact]
    public void AlefsAreDoubledAlikeInPlainWordsAndOthers()
    {
        const int seed = 20261127;
        const string units = "ااآأإٱئؤءبوـﺎé";
        var random = new Random(seed);
        for (var round = 0; round < 5000; round++)
        {
            var rest = new string([.. Enumerable.Range(0, 1 + random.Next(7)).Select(_ => units[random.Next(units.Length)])]);
            Assert.True(NormalisedText.Of("ب" + rest).Text == NormalisedText.Of("ب\u200D" + rest).Text, $"seed {seed}, round {round}: {rest}");
        }
    }

    [Fact]
    public void AWordOfTenMegabytesAndAMillionMarksAreRead()
    {
        var reader = new WordReader();
        reader.Read(new string('ق', 10_000_000));
        Assert.Equal(10_000_000, Assert.Single(reader.Words.ToArray()).FoldedLength);
        reader.Read("ق" + new string('\u064E', 1_000_000) + "ا");
        Assert.Equal(2, Assert.Single(reader.Words.ToArray()).FoldedLength);
    }
}
