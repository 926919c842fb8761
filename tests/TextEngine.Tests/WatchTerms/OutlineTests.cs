using TextEngine.WatchTerms;

namespace TextEngine.Tests.WatchTerms;

/// <summary>No outline says that a word cannot be meant when it is taken for misspelt. A failure prints its seed.</summary>
public class OutlineTests
{
    const string Letters = "ابتنيجحخدذرسشصعغفقكلمهو";

    [Fact]
    public void AMisspeltWordMeetsTheWordThatIsMeant()
    {
        const int seed = 20261128;
        var random = new Random(seed);
        var (taken, told) = (0, 0);
        for (var round = 0; round < 200_000; round++)
        {
            var word = Word(random, random.Next(3, 9));
            var written = Misspell(random, word);
            var outlines = default(Outlines).With(word);
            if (written != word && IsTaken(written, word))
            {
                taken++;
                var proclitic = Proclitics[random.Next(Proclitics.Length)];
                Assert.True(outlines.Meets(Outline.Of(written)), $"seed {seed}, round {round}: {written} for {word}");
                Assert.True(outlines.Meets(Outline.Of(proclitic + written)) || Edits.IsArticleTypo(written, word),
                    $"seed {seed}, round {round}: {proclitic}{written} for {word}");
            }

            Assert.True(outlines.Meets(Outline.None.With(OutlineKey.Frame(word))), $"seed {seed}, round {round}: {word}");
            told += outlines.Meets(Outline.Of(Word(random, random.Next(3, 9)))) ? 0 : 1;
        }

        Assert.True(taken > 50_000, $"only {taken} misspelt words were taken for the word");
        Assert.True(told > 150_000, $"only {told} of 200,000 other words were told from the word");
    }

    [Fact]
    public void TheEndOfAWordThatASpaceBrokeMeetsIt()
    {
        const int seed = 20261129;
        var random = new Random(seed);
        for (var round = 0; round < 20_000; round++)
        {
            var word = Word(random, random.Next(5, 9));
            Assert.True(default(Outlines).WithFirst(word).Meets(Outline.Of(word.AsSpan()[^random.Next(2, 4)..])), $"seed {seed}, round {round}: {word}");
        }
    }

    [Fact]
    public void OutlinesOfNoWordMeetNone() => Assert.False(default(Outlines).Meets(Outline.Of("القدس")));

    static readonly string[] Proclitics = ["و", "ب", "وب", "ال", "وال", "ك", "فل"];

    // All that the scanner accepts, whichever of it depends on the length or on an article before the word.
    static bool IsTaken(string written, string word) => Edits.IsTypo(written, word) || Edits.IsDotTypo(written, word) || Edits.IsSwap(written, word)
        || Edits.IsArticleTypo(written, word) || Edits.LacksLetter(written, word) || (word.Length == 4 && Edits.IsLongAlefTypo(written, "قاآني", word));

    static string Misspell(Random random, string word)
    {
        var at = random.Next(word.Length);
        return random.Next(6) switch
        {
            0 => word.Remove(at, 1),
            1 => word.Insert(at, Word(random, 1)),
            2 => word.Insert(at, word[at].ToString()),
            3 => at + 1 < word.Length ? word[..at] + word[at + 1] + word[at] + word[(at + 2)..] : word,
            4 => (string[])["لا", "الل", "ا"] is var articles ? articles[random.Next(3)] + word : word,
            _ => word[..at] + Word(random, 1) + word[(at + 1)..],
        };
    }

    static string Word(Random random, int length) => string.Create(length, random, (letters, source) =>
    {
        for (var i = 0; i < letters.Length; i++)
        {
            letters[i] = Letters[source.Next(Letters.Length)];
        }
    });
}
