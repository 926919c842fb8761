using TextEngine.Normalisation;

namespace TextEngine.Tests.Normalisation;

public class NormalisedTextTests
{
    [Theory]
    [InlineData("قاآني", "قاني")]
    [InlineData("قآني", "قاني")]
    [InlineData("قأني", "قاني")]
    [InlineData("قااني", "قاني")]
    [InlineData("قاءاني", "قاني")]
    [InlineData("قائانی", "قاني")]
    [InlineData("قا\u0653ني", "قاني")]
    [InlineData("ﻗﺂﻧﻲ", "قاني")]
    [InlineData("قـــاآنـي", "قاني")]
    [InlineData("قَاآنِيّ", "قاني")]
    [InlineData("قا\u200Fآ\u200Bني", "قاني")]
    [InlineData("كتائب", "كتايب")]
    [InlineData("کتائب", "كتايب")]
    [InlineData("ﷲ", "الله")]
    [InlineData("ﻻ", "لا")]
    [InlineData("مدرسة", "مدرسه")]
    [InlineData("على", "علي")]
    [InlineData("١٢٣ ۴۵۶", "123 456")]
    [InlineData("Qa'ani", "qa ani")]
    [InlineData("Kata’ib", "kata ib")]
    [InlineData("İSMAİL ılık", "ismail ilik")]
    [InlineData("Kataëb Kudüs", "kataeb kudus")]
    [InlineData("Straße Æsir", "strasse aesir")]
    [InlineData("𝐐𝐚𝐚𝐧𝐢", "qaani")]
    [InlineData("ＱＡＡＮＩ", "qaani")]
    [InlineData("קוּדְס כוחם", "קודס כוחמ")]
    [InlineData("Ёлка Каани", "елка каани")]
    [InlineData("中国 人", "中 国 人")]
    [InlineData("حزب\u200Cالله", "حزب الله")]
    public void FoldsWhatNewsroomsWriteDifferently(string written, string folded) =>
        Assert.Equal(folded, NormalisedText.Of(written).Text);

    [Fact]
    public void FoldedLettersFoldToThemselves()
    {
        for (var i = 0; i < 0x10000; i++)
        {
            var folded = CharacterFolding.Fold((char)i);
            Assert.True(folded == '\0' || CharacterFolding.Fold(folded) == folded, $"U+{i:X4} folds to U+{(int)folded:X4}, which folds on");
        }
    }

    [Fact]
    public void TheOriginalStretchOfAFoldedWordIsTheWordAsWritten()
    {
        const string text = "زيارة  سرية ثانية لقَاآني.. رجل";
        var folded = NormalisedText.Of(text);
        var at = folded.Text.IndexOf("لقاني", StringComparison.Ordinal);
        var (start, length) = folded.Original(at, 5);
        Assert.Equal("لقَاآني", text.Substring(start, length));
    }
}
