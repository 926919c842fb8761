using TextEngine.WatchTerms;

namespace TextEngine.Tests.WatchTerms;

/// <summary>What a set remembers of words and pairs of words that it has read never changes what it finds. A failure prints its seed.</summary>
public class WordMemoTests
{
    static readonly string[] Words =
    [
        "قاآني", "قااني", "قاني", "لقاآني", "كتائب", "كتايب", "كتائِب", "کتائب", "حزب", "الله", "حزب\u200Cالله", "فيلق", "فليق", "القدس", "Qaani", "QAANI", "qaani",
        "Qaani's", "Quds", "Force", "the", "Kata'ib", "Hezbollah", "Каани", "בקאאני", "بەغدا", "سپاه", "سپاهی", "وللقدس", "(", ".", "،", "Constantinopolitan",
        "كتا", "ئب", "ئيب", "ال", "إسماعيل", "اسماعل", "عبد", "علي", "Esmail", "al", "Hizbullah", "Forec",
    ];

    [Fact]
    public void AWarmSetFindsWhatANewOneFinds()
    {
        const int seed = 20261127;
        var random = new Random(seed);
        IReadOnlyList<WatchDefinition> definitions = [.. Watches.Owner, new() { Id = "query", Query = "Qaani* OR =كتايب OR sepah~ OR القدس~" }];
        var warm = WatchSet.Compile(definitions);
        for (var round = 0; round < 150; round++)
        {
            // Words of their own fill and refill the memory between the texts that are compared.
            warm.Match(new ArticleText(null, string.Join(' ', Enumerable.Range(0, 1000).Select(i => $"{(char)('ب' + random.Next(20))}{round * 1000 + i}"))));
            var text = string.Join(' ', Enumerable.Range(0, 30).Select(_ => Words[random.Next(Words.Length)]));
            var expected = WatchSet.Compile(definitions).Match(new ArticleText(null, text)).Select(hit => hit.ToString()).ToList();
            for (var time = 0; time < 2; time++)
            {
                Assert.True(expected.SequenceEqual(warm.Match(new ArticleText(null, text)).Select(hit => hit.ToString())), $"seed {seed}, round {round}: {text}");
            }
        }
    }
}
