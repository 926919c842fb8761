using TextEngine.Normalisation;

namespace TextEngine.Tests.Normalisation;

/// <summary>Reading words many units at a time says the same as reading them letter by letter. A failure prints its seed.</summary>
public class PlainWordTests
{
    const string Units = "ابتنيكءئؤآأإةىیکپچژگەxyzABQ  \n.,،-'ـ\u064B\u0651\u200C\u200F#@_0٣ﷲﻻאшé«»&;😀";

    [Fact]
    public void EveryPlainLetterIsALetterOfItsOwn()
    {
        for (var unit = 0; unit < 0x10000; unit++)
        {
            Assert.True(!IsPlain((char)unit) || CharacterFolding.Fold((char)unit) != 0, $"U+{unit:X4}");
        }
    }

    [Fact]
    public void EveryUnitIsALetterASpaceOrNeither()
    {
        const int seed = 20261127;
        var random = new Random(seed);
        for (var round = 0; round < 20_000; round++)
        {
            var text = Text(random, random.Next(1, 200));
            var at = random.Next(text.Length);
            var (letters, spaces) = PlainWord.Read(text, at);
            for (var i = 0; i < PlainWord.Units; i++)
            {
                var unit = at + i < text.Length ? text[at + i] : '\0';
                Assert.True((letters >> i & 1) == (IsPlain(unit) ? 1UL : 0) && (spaces >> i & 1) == (unit == ' ' ? 1UL : 0),
                    $"seed {seed}, round {round}: {i} units after {at} in {text}");
            }
        }
    }

    [Fact]
    public void ATextThatIsSplitHasTheSameWordsAsOneThatIsRead()
    {
        const int seed = 20261128;
        var random = new Random(seed);
        var (split, read) = (new WordReader(), new WordReader());
        for (var round = 0; round < 5_000; round++)
        {
            var text = Text(random, random.Next(200));
            read.Read(text);
            split.Split(text);
            Assert.Equal(read.Count, split.Count);
            for (var asked = 0; asked < 3 * read.Count; asked++)
            {
                var word = random.Next(read.Count);
                var (expected, actual) = (read.Words[word], split.Folded(word));
                Assert.True((expected.Start, expected.End, expected.Gap, expected.Hash) == (actual.Start, actual.End, actual.Gap, actual.Hash)
                    && read.LettersOf(expected).SequenceEqual(split.LettersOf(word)), $"seed {seed}, round {round}: word {word} of {text}");
                var last = random.Next(word, Math.Min(read.Count, word + 3));
                Assert.True(read.LettersOf(word, last).SequenceEqual(split.LettersOf(word, last)), $"seed {seed}, round {round}: words {word} to {last} of {text}");
            }
        }
    }

    static bool IsPlain(char unit) => unit is (>= 'ء' and <= 'غ') or (>= 'ف' and <= 'ي') or (>= '\u0679' and <= '\u06D3') || char.IsAsciiLetter(unit);

    // Mostly letters, in words of common lengths.
    static string Text(Random random, int length) => string.Create(length, random, (units, source) =>
    {
        for (var i = 0; i < units.Length; i++)
        {
            units[i] = source.Next(6) == 0 ? ' ' : source.Next(4) > 0 ? Units[source.Next(27)] : Units[source.Next(Units.Length)];
        }
    });
}
