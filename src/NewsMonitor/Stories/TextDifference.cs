using TextEngine.Normalisation;

namespace NewsMonitor.Stories;

/// <summary>What an article changed against the one that it is a copy of: sentences that only one of them has, as written.</summary>
/// <param name="TitleChanged">The headline differs in more than its spelling.</param>
/// <param name="Added">Sentences that the earlier article lacks.</param>
/// <param name="Removed">Sentences of the earlier article that are gone.</param>
public sealed record TextDifference(bool TitleChanged, IReadOnlyList<string> Added, IReadOnlyList<string> Removed)
{
    /// <summary>Longer lists help nobody; the articles themselves are there to be read.</summary>
    const int MostSentences = 20;

    /// <summary>Compares by folded words, so that spelling, vowel signs and punctuation are no change.</summary>
    public static TextDifference Between(string earlierTitle, string earlier, string laterTitle, string later)
    {
        var (was, now) = (Sentences(earlier), Sentences(later));
        var had = was.Select(s => s.Folded).ToHashSet(StringComparer.Ordinal);
        var has = now.Select(s => s.Folded).ToHashSet(StringComparer.Ordinal);
        return new TextDifference(
            Fold(earlierTitle) != Fold(laterTitle),
            [.. now.Where(s => !had.Contains(s.Folded)).Select(s => s.Written).Take(MostSentences)],
            [.. was.Where(s => !has.Contains(s.Folded)).Select(s => s.Written).Take(MostSentences)]);
    }

    static List<(string Written, string Folded)> Sentences(string text)
    {
        var reader = new WordReader();
        reader.Read(text);
        var sentences = new List<(string, string)>();
        var words = reader.Words;
        for (var (start, i) = (0, 1); i <= words.Length; i++)
        {
            if (i == words.Length || (words[i].Gap & (WordGap.Stop | WordGap.Line)) != 0 && (words[i].Gap & WordGap.Dot) == 0)
            {
                var written = text[words[start].Start..words[i - 1].End];
                sentences.Add((written, Fold(written)));
                start = i;
            }
        }

        return sentences;
    }

    static string Fold(string text) => NormalisedText.Of(text).Text;
}
